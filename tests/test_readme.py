"""README and manual say what the code does, and no more (check D12)."""

import re
from dataclasses import fields
from pathlib import Path

import click
import polib
import pytest

from slideshow.brand import Brand
from slideshow.cli import cli
from slideshow.errors import variable_of
from slideshow.paths import BUNDLED, shipped
from slideshow.scripts import Scripts
from slideshow.settings import variables
from slideshow.story.filenames import parse_file_name
from slideshow.story.formats.registry import SUFFIXES
from tests.readme import EVERYTHING, MANUAL, README, blocks, rows, section
from tests.web.conftest import ARTICLE, write

TOP = Path(__file__).resolve().parent.parent
STATIC = shipped("static")
SCRIPT = (STATIC / "embed.js").read_text()
OF_ELEMENT = "DOM events of the element"
FRAME = (STATIC / "js" / "embed-messages.js").read_text()


def between(text: str, start: str, end: str) -> str:
    """Return the part of a script between two pieces of it, which must be there."""
    return text.split(start, 1)[1].split(end, 1)[0]


def quoted(text: str) -> set[str]:
    return set(re.findall(r'"([\w:]+)"', text))


def test_every_field_of_a_message_is_documented() -> None:
    message = between(FRAME, "parent.postMessage({", "}, ")

    assert set(rows("Messages of a plain iframe", "field", "events")) == set(
        re.findall(r"^\s+(\w+)\b", message, re.M)
    )


def test_every_event_is_documented() -> None:
    told = set(re.findall(r'\btell\("(\w+)"\)', FRAME))
    fired = quoted(between(SCRIPT, "EVENTS = [", "]"))
    detail = between(SCRIPT, "const detail = {", "}")

    assert quoted(rows("Messages of a plain iframe", "field", "events")["event"]) == told
    assert {
        name.removeprefix("slideshow:") for name in rows(OF_ELEMENT, "event", "events")
    } == fired
    assert told == fired | {"height"}
    before_the_table = section(OF_ELEMENT, "events").split("|")[0].replace("`detail`", "")
    named = set(re.findall(r"`(\w+)`", before_the_table))
    assert named == set(re.findall(r"\w+", detail))


def test_every_command_is_documented() -> None:
    known = set(re.findall(r"^    (\w+): \(", between(FRAME, "commands = {", "\n  };"), re.M))
    methods = set(re.findall(r"^    (\w+)\(\w*\) \{ this\.#tell", SCRIPT, re.M))
    sent = between(SCRIPT, "const message = {", "}")

    assert known == methods == {"next", "previous", "go", "language"}
    assert quoted(rows("Commands", "field", "events")["command"]) == known
    assert set(rows("Commands", "field", "events")) == set(re.findall(r"(\w+)(?=[:,]| $)", sent))
    assert set(re.findall(r"`(\w+)\(", section("Commands", "events"))) == methods


def test_every_attribute_is_documented() -> None:
    observed = quoted(between(SCRIPT, "observedAttributes = [", "]"))

    assert set(rows("Attributes of the element", "attribute", "embed")) == observed | {"title"}


def test_the_app_is_mounted_as_the_manual_has_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, {"stories/essai.fr.txt": ARTICLE})
    monkeypatch.chdir(tmp_path)
    names: dict[str, object] = {}
    (example,) = blocks("Inside a Python site", "python", "publish")

    exec(example, names | {"__name__": "site"}, names)
    client = names["app"].test_client()  # type: ignore[attr-defined]

    shelf = client.get("/stories/fr/").text
    assert "The Night Post" in shelf
    assert 'href="/stories/fr/essai/"' in shelf
    assert client.get("/fr/").status_code == 404


def settings() -> list[list[str]]:
    """Return the rows of the tables of settings, each as its cells."""
    tables = MANUAL["settings"].split("| option |", 1)[1]
    lines = re.findall(r"^\|((?! option |-).*)\|$", tables, re.M)
    return [[cell.strip().replace("`", "") for cell in line.split("|")] for line in lines]


def options_of(command: str) -> set[str]:
    return {
        name
        for parameter in cli.commands[command].params
        if isinstance(parameter, click.Option)
        for name in parameter.opts
    }


def test_every_setting_is_documented_with_its_default() -> None:
    documented = {variable: default for _, variable, default, _ in settings() if variable}

    assert set(documented) == {variable_of(setting.name) for setting in variables()}
    for setting in variables():
        if isinstance(setting.default, int | float) and not isinstance(setting.default, bool):
            assert documented[variable_of(setting.name)] == str(setting.default)


@pytest.mark.parametrize(
    ("heading", "table"), [("A look of your own", Brand), ("Scripts of your own", Scripts)]
)
def test_every_name_in_a_table_of_settings_is_documented(heading: str, table: type) -> None:
    documented = ",".join(rows(heading, "name", "publish"))

    assert set(re.findall(r"\w+", documented)) == {each.name for each in fields(table)}


def test_every_option_is_documented() -> None:
    of_serve = {name for option, *_ in settings() for name in option.split(", ")}
    commands = rows("Commands", "command", "settings")

    assert of_serve - {"", "STORIES"} == options_of("serve")
    works_on = dict.fromkeys(cli.commands, "[STORIES]")
    works_on |= {"import": "SOURCES", "pages": "STORIES", "counts": "[FILE]"}
    works_on["preview"] = "STORY [STORIES]"
    assert {f"slideshow {name} {place}" for name, place in works_on.items()} == set(commands)
    for name in set(cli.commands) - {"serve"}:
        takes = commands[f"slideshow {name} {works_on[name]}"]
        assert set(re.findall(r"--[a-z-]+", takes)) == options_of(name)


def test_every_option_that_the_manual_uses_is_there() -> None:
    calls = re.findall(rf"\bslideshow ({'|'.join(cli.commands)})\b([^`\n]*)", EVERYTHING)

    assert {command for command, _ in calls} == {*cli.commands}
    for command, arguments in calls:
        assert set(re.findall(r"(?<!\S)\[?(--[a-z-]+)", arguments)) <= options_of(command)


def test_the_names_of_files_make_the_addresses_that_the_manual_says() -> None:
    table = rows("Names of files", "name of the file", "write")

    for name, cells in table.items():
        found = parse_file_name(name, SUFFIXES)
        assert found is not None
        slug, language = (cell.strip(" `") for cell in cells.split("|"))
        assert found.slug == slug
        assert language.startswith(found.language or "that of the front matter")


def test_the_readme_is_short_and_its_comparison_is_dated() -> None:
    comparison = section("How it compares")

    assert len(README.split()) < 1000
    assert re.search(r"As of \d+ \w+ 20\d\d", comparison)
    assert len(re.findall(r"^\| [^|-]", comparison, re.M)) == 6


# A test of each claim of the README; what its table says of others is measured by `make bench`.
PROOFS = {
    "An address for each slide.": "test_after_an_edit_a_link_leads_to_the_same_slide",
    "Every language.": "test_untranslated_text_stands_in_its_own_lang",
    "A polite embed.": "test_history_focus_and_scroll_stay_the_hosts",
    "Light.": "test_the_figures_of_the_readme_are_those_that_the_manual_measures",
    "Serve it or export it.": "test_exported_bytes_are_served_bytes",
    "made from": "test_every_word_of_a_source_is_shown",
    "an address for each slide": "test_each_address_is_exported_once_whatever_answers_there",
    "without JavaScript": "test_without_javascript_every_slide_is_reached_by_its_links",
    "languages": "test_switching_language_stays_on_the_slide",
}


def test_every_claim_of_the_readme_has_its_proof() -> None:
    claims = re.findall(r"^- \*\*(.+?)\*\*", section("Why"), re.M)
    table = re.findall(r"^\| ?([^|]+?) \| [^|-]", section("How it compares"), re.M)
    tests = "\n".join(path.read_text() for path in TOP.glob("tests/**/test_*.py"))

    assert {*claims, *table} - {"made for"} == {*PROOFS}
    for claim, test in PROOFS.items():
        assert f"def {test}(" in tests, claim


def test_the_figures_of_the_readme_are_those_that_the_manual_measures() -> None:
    figures = re.findall(r"\d[\d,]* (?:ms|KB|slides)", section("Why") + section("How fast"))

    assert len(figures) >= 4
    for figure in figures:
        number, unit = figure.split()
        assert re.search(rf"\b{number}\b", MANUAL["limits"]), figure
        assert unit in MANUAL["limits"]


def test_links_of_readme_and_manual_lead_to_files_that_exist() -> None:
    for folder, text in [(TOP, README), *((BUNDLED, text) for text in MANUAL.values())]:
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", re.sub(r"`[^`]*`", "", text)):
            if not target.startswith("clock.jpg"):
                assert (folder / target.split(" ")[0]).exists(), target


def test_prose_names_its_nouns_in_plain_words() -> None:
    stilted = re.compile(
        r"\b(amiss|at hand|mend(s|ed|ing)?|stands? (in|at|for|below|beside)|is said|is told)\b"
    )
    for name, text in {"README": README, **MANUAL}.items():
        prose = re.sub(r"```.*?```|`[^`]*`", "", text, flags=re.S)
        assert not stilted.findall(prose), name


@pytest.mark.parametrize("name", MANUAL)
def test_every_story_of_the_manual_is_all_in_french(name: str) -> None:
    (path,) = shipped("translations").glob(f"fr/LC_MESSAGES/manual-?-{name}.po")
    entries = polib.pofile(str(path))
    programs = re.findall(r"^```\w+\n(.*?)\n```$", MANUAL[name], re.S | re.M)
    code = [each for each in entries if each.msgid in programs and not each.obsolete]

    assert [each.msgid for each in entries if not each.translated() and not each.obsolete] == []
    assert len(code) == len({*programs})
    assert [each.msgid for each in code if each.msgid != each.msgstr] == []
    for entry in entries:  # options, settings and addresses are the same in both
        if not entry.obsolete:
            assert quoted_code(entry.msgid) == quoted_code(entry.msgstr), entry.msgid


def quoted_code(text: str) -> list[str]:
    return sorted(re.findall(r"`([^`]+)`", text))
