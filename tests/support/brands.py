"""Brands of twenty imaginary sites: light, dark, loud and pale ones."""

from __future__ import annotations

import json
import random
from dataclasses import fields

from slideshow.brand import CHOICES, COLOURS, Brand

COUNT = 20


def brands() -> list[Brand]:
    """Return the brands, which are the same in every run."""
    chance = random.Random(7)
    kinds = {
        "light": (190, 255),
        "dark": (0, 70),
        "loud": (0, 255),
        "pale": (150, 220),
    }
    found = []
    for number in range(COUNT):
        low, high = list(kinds.values())[number % len(kinds)]
        colours = {
            name: "#" + "".join(f"{chance.randint(low, high):02x}" for _ in range(3))
            for name in COLOURS
            if name == "accent" or chance.random() < 0.6
        }
        shapes = {name: chance.choice(choices) for name, choices in CHOICES.items()}
        found.append(Brand(**colours, **shapes))
    return found


def toml_of(brand: Brand) -> str:
    """Format a brand as its table in the file of settings."""
    values = {each.name: getattr(brand, each.name) for each in fields(brand)}
    return "\n".join(
        ["[brand]", *(f"{key} = {json.dumps(value)}" for key, value in values.items())]
    )
