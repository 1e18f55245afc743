"""A story with a slide for each construct that an article can have, in English and in Arabic."""

from __future__ import annotations

from pathlib import Path

CONSTRUCTS = {
    "table": """| Fish | Where it is landed | Price a kilo | Since |
|---|---|--:|:-:|
| Herring | at the first stall, right behind the new wall | 3.20 € | 1954 |
| *Brown* crab | at the fourth | 12.50 € | 1987 |
""",
    "program": """```python
def tide(hour: int) -> float:
    return 2.1 * sin(hour / 6.2)  # metres above the mean level of the sea, at the old quay
```
""",
    "formula": """The height is $h(t) = a \\sin(\\omega t)$, and over a day

$$
\\int_0^{24} h(t)\\,dt = \\frac{a}{\\omega}\\left(1 - \\cos 24\\omega\\right) + \\sum_k k^2
$$
""",
    "footnotes": """The wall was raised.[^wall] Nobody noticed.[^nobody]

[^wall]: By two metres, in three weeks, as the minutes of the council of 4 May have it.
[^nobody]: But for the *gulls*.
""",
    "admonitions": """> [!WARNING]
> The quay is slippery after rain.

!!! tip "Come early"
    The best place is beside the lamp.

    - bring a scarf

::: details Why so early?
Because of the light.
:::
""",
    "definitions": """Neap tide
: The smallest of the fortnight.

Spring tide
: The largest, at new moon and at full moon.
: Nothing to do with the season.
""",
    "lists": """1. First the ropes
   - the long one
     - coiled
   - the short one
2. Then the lamps
   1. port
   2. starboard

- [x] engine
- [ ] ~~sails~~
""",
    "chapter": "",
}
LEAD = "\n\n".join(
    f"On the {day} morning the boats came back to the quay, one after the other, under a thin rain "
    "and to the sound of a single bell, while the whole town stood along the new wall and counted."
    for day in ("first", "second", "third", "fourth")
)
NOTE = "نص عربي يُقرأ من اليمين إلى اليسار."


def constructs(folder: Path) -> Path:
    """Write the stories, each in two languages, into a folder."""
    for language, title in (("en", "Everything"), ("ar", "كل شيء")):
        words = NOTE if language == "ar" else "And so it goes on."
        slides = "".join(
            f"## {name.title()}\n\n{text}\n{words if text else ''}\n\n"
            for name, text in CONSTRUCTS.items()
        )
        slug = f"constructs-{language}"
        (folder / f"{slug}.{language}.md").write_text(f"# {title}\n\n{LEAD}\n\n{slides}")
        first, second, *_ = LEAD.split("\n\n")
        lead = f"# {title}\n\n{first}\n\n{second}\n\n## Then\n\n{words}\n"
        (folder / f"lead-{language}.{language}.md").write_text(lead)
        plain = f"---\ntitle: {title}\n---\n\n{words}\n\n---\n\n{LEAD}\n"
        (folder / f"plain-{language}.{language}.md").write_text(plain)
    return folder


def addresses() -> list[str]:
    """List the addresses of the pages, without a language: covers and every slide."""
    total = len(CONSTRUCTS) + 1  # with the long lead
    slides = [f"constructs-{{0}}/{position}/" for position in range(1, total + 1)]
    return [
        "constructs-{0}/",
        *slides,
        "constructs-{0}/all/",
        "lead-{0}/",
        "lead-{0}/all/",
        "plain-{0}/1/",
    ]
