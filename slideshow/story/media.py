"""The kinds of figures, by the suffixes of their files, and the places that authors choose."""

from __future__ import annotations

PICTURE, FILM, SOUND = "picture", "film", "sound"
# Those that the library reads; a test holds them to its formats.
PICTURES = (
    ".avif", ".webp", ".jpg", ".jpeg", ".png", ".gif", ".tif", ".tiff", ".bmp", ".heic", ".heif",
    ".svg",
)  # fmt: skip
FILMS = (".mp4", ".m4v", ".webm", ".ogv", ".mov")
SOUNDS = (".mp3", ".m4a", ".ogg", ".oga", ".opus", ".wav", ".flac", ".aac")

BLEED = "bleed"  # across the screen
SIDES = ("left", "right")  # of the text; of a picture across the screen, the one kept in sight


def kind_of(file: str) -> str:
    """Return the kind of figure in a file, by its suffix."""
    name = file.lower()
    return FILM if name.endswith(FILMS) else SOUND if name.endswith(SOUNDS) else PICTURE
