"""French typography in texts of others (check B11)."""

import pytest

from slideshow.story.typography import french_problems, unbroken


@pytest.mark.parametrize(
    ("text", "message", "place"),
    [
        ("Vraiment ?", "a plain space before ; ! or ?", 8),
        ("Vite ! Tôt ; là !", "a plain space before ; ! or ?, 3 times", 4),
        ("Ceci : cela", "a plain space before :", 4),
        ("Il dit « oui\u00a0»", "a plain space inside « »", 7),
        ("Il dit «\u00a0oui »", "a plain space inside « »", 12),
        ("L'île", "a straight apostrophe between letters", 1),
        ("[l'île](a.html)", "a straight apostrophe between letters", 2),
    ],
)
def test_a_slip_is_found_where_it_stands(text: str, message: str, place: int) -> None:
    assert [(problem.message, at) for at, problem in french_problems(text)] == [(message, place)]
    assert all(problem.fix for _, problem in french_problems(text))


@pytest.mark.parametrize(
    "text",
    [
        "Vraiment\u202f? «\u00a0Oui\u00a0»\u00a0: c’est dit\u202f!",
        "À 18:30, ou à 18 :30 ?!".replace(" ?", "\u202f?").replace(" :", "\u00a0:"),
        "https://example.org/a?b='c'd;e http://x :80",
        "Écrivez à l'auteur@example.org".replace("l'", "l’"),
        "`a ; b` et ```\nc ? d ! e'f\n```",
        '[lien](<a ; b> "l\'île")',
        "[a]: b 'l'île' ;",
        "Vue %(position)s sur %(total)s\u00a0: %(headline)s",
        "rock 'n' roll, '80",
        "",
    ],
)
def test_what_is_right_or_no_french_is_left_alone(text: str) -> None:
    assert list(french_problems(text)) == []


def test_each_rule_is_named_once_in_a_text() -> None:
    assert len(list(french_problems("L'un ; l'autre ! « eux » : d'accord ?"))) == 4


@pytest.mark.parametrize(
    ("html", "shown"),
    [
        ("achète-t-elle des armes", "achète‑t‑elle des armes"),
        (
            "Va-t-on, <em>dira-t-il</em>, où vont-ils ?",
            "Va‑t‑on, <em>dira‑t‑il</em>, où vont-ils ?",
        ),
        ("A-T-ELLE", "A‑T‑ELLE"),
        ('<a href="/a-t-il/">a-t-il</a>', '<a href="/a-t-il/">a‑t‑il</a>'),
        ("pull-t-online", "pull-t-online"),
        ("dit-on, est-il, vas-y, celui-ci", "dit‑on, est‑il, vas‑y, celui‑ci"),
        ("Dit-<em>on</em> ?", "Dit-<em>on</em> ?"),
        ("Jean-le-Bon, vingt-et-un, est-ouest", "Jean-le-Bon, vingt-et-un, est-ouest"),
        ("<code>dit-on</code> est-ce", "<code>dit-on</code> est‑ce"),
        ("<pre><code>a-la</code>\nb-y</pre>", "<pre><code>a-la</code>\nb-y</pre>"),
        ("www.dit-on.fr/est-il", "www.dit-on.fr/est-il"),
    ],
)
def test_no_line_begins_with_the_euphonic_t_or_a_short_pronoun(html: str, shown: str) -> None:
    assert unbroken(html, "fr-CA") == shown
    assert unbroken(html, "en") == html
