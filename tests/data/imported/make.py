"""Write the documents of this folder anew, by LibreOffice and Pandoc, from its sources.

usage: python tests/data/imported/make.py (needs soffice on the PATH)
"""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path

import pypandoc
from PIL import Image, ImageDraw

HERE = Path(__file__).resolve().parent
SOFFICE = ("soffice", "--headless", "--norestore")


def pictures() -> None:
    """Draw the two pictures."""
    for name, colour in (("wall.png", "#38506b"), ("boats.jpg", "#a0522d")):
        image = Image.new("RGB", (96, 60), "#dfe6ea")
        ImageDraw.Draw(image).rectangle((0, 36, 96, 60), fill=colour)
        image.save(HERE / name)


def convert(source: Path, form: str, folder: Path, *options: str) -> Path:
    """Convert a document by LibreOffice; return the file that it wrote."""
    command = [*SOFFICE, *options, "--convert-to", form, "--outdir", str(folder), str(source)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return folder / f"{source.stem}.{form.partition(':')[0]}"


def main() -> None:
    """Write every document."""
    pictures()
    program = pypandoc.get_pandoc_path()
    with tempfile.TemporaryDirectory() as top:
        scratch = Path(top)
        # Pandoc makes the first document: LibreOffice links to pictures of HTML, it has none.
        docx = scratch / "harbour.docx"
        command = [program, "-f", "html", "--resource-path", str(HERE), str(HERE / "harbour.html")]
        subprocess.run([*command, "-o", str(docx)], check=True)
        for form in ("docx", "odt", "rtf", "epub"):
            made = convert(docx, form, scratch / "out")
            (HERE / f"harbour.{form}").write_bytes(made.read_bytes())
        odt = convert(HERE / "quay.html", "odt:writer8", scratch, "--infilter=HTML (StarWriter)")
        for form in ("rtf", "epub"):
            (HERE / f"quay.{form}").write_bytes(convert(odt, form, scratch / "out").read_bytes())
        slides = scratch / "harbour-slides.pptx"
        subprocess.run([*command, "-o", str(slides), "--slide-level=1"], check=True)
        fleet = scratch / "fleet.pptx"
        sources = ["--resource-path", str(HERE), str(HERE / "fleet.md")]
        subprocess.run([program, *sources, "-o", str(fleet)], check=True)
        for deck, name in ((slides, "harbour.pptx"), (fleet, "fleet.pptx")):
            odp = convert(deck, "odp", scratch)
            (HERE / name).write_bytes(convert(odp, "pptx", scratch / "out").read_bytes())


if __name__ == "__main__":
    main()
