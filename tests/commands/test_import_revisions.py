"""Tracked changes and comments of documents stay out of the article, and are counted."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.commands.test_import import DATA, run
from tests.support.documents import changed

pytestmark = pytest.mark.trial

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
WHO = 'w:id="90{}" w:author="Ada" w:date="2026-11-01T10:00:00Z"'
DOCX_TRACKED = (
    f'<w:p {W}><w:r><w:t xml:space="preserve">The bell </w:t></w:r>'
    f"<w:del {WHO.format(1)}><w:r><w:delText>never </w:delText></w:r></w:del>"
    f"<w:ins {WHO.format(2)}><w:r><w:t>always</w:t></w:r></w:ins>"
    '<w:commentRangeStart w:id="7"/><w:r><w:t xml:space="preserve"> rings.</w:t></w:r>'
    '<w:commentRangeEnd w:id="7"/><w:r><w:commentReference w:id="7"/></w:r></w:p>'
)
DOCX_COMMENTS = (
    f'<w:comments {W}><w:comment w:id="7" w:author="Bo" w:date="2026-11-01T10:00:00Z">'
    "<w:p><w:r><w:t>Does it?</w:t></w:r></w:p></w:comment></w:comments>"
)
RELATION = (
    '<Relationship Id="rId970" Target="comments.xml" Type="http://schemas.openxmlformats.org/'
    'officeDocument/2006/relationships/comments"/></Relationships>'
)
KIND = (
    '<Override PartName="/word/comments.xml" ContentType="application/vnd.openxmlformats-'
    'officedocument.wordprocessingml.comments+xml"/></Types>'
)
DOCX = {
    "word/document.xml": {"</w:body>": f"{DOCX_TRACKED}</w:body>"},
    "word/_rels/document.xml.rels": {"</Relationships>": RELATION},
    "[Content_Types].xml": {"</Types>": KIND},
}
# The same paragraph, as LibreOffice writes it.
ODT_REGIONS = (
    "<text:tracked-changes><text:changed-region xml:id='c1' text:id='c1'><text:deletion>"
    "<text:p>never</text:p></text:deletion></text:changed-region>"
    "<text:changed-region xml:id='c2' text:id='c2'><text:insertion/></text:changed-region>"
    "</text:tracked-changes>"
)
ODT_TRACKED = (
    "<text:p>The bell <text:change text:change-id='c1'/><text:change-start text:change-id='c2'/>"
    "always<text:change-end text:change-id='c2'/><office:annotation office:name='a1'>"
    "<text:p>Does it?</text:p></office:annotation> rings."
    "<office:annotation-end office:name='a1'/></text:p></office:text>"
)
ODT = {
    "<text:sequence-decls>": f"{ODT_REGIONS}<text:sequence-decls>",
    "</office:text>": ODT_TRACKED,
}
RTF_TRACKED = (
    rb"\pard\plain {\loch The bell }{\deleted\revauthdel1\revdttmdel132844160 \loch {\i never}}"
    rb"{\revised\revauth1\revdttm132844160 \loch always}{{\*\atrfstart 0}\loch  rings.}"
    rb"{\loch{\*\atrfend 0}{{\*\atnid }{\*\atnauthor Bo}\chatn{\*\annotation{\*\atnref 0}"
    rb"\loch Does it?}}}\par }"
)


def tracked(form: str) -> bytes:
    """Return a document with a deletion, an insertion and a comment."""
    if form == "docx":
        return changed(DATA / "harbour.docx", DOCX, **{"word/comments.xml": DOCX_COMMENTS})
    if form == "odt":
        return changed(DATA / "harbour.odt", {"content.xml": ODT})
    return (DATA / "harbour.rtf").read_bytes().rstrip().removesuffix(b"}") + RTF_TRACKED


@pytest.mark.parametrize("form", ["docx", "odt", "rtf"])
def test_tracked_changes_and_comments_stay_out_and_are_counted(form: str, tmp_path: Path) -> None:
    (tmp_path / f"report.{form}").write_bytes(tracked(form))

    result = run(tmp_path / f"report.{form}", "--to", tmp_path / "out", "--lang", "en")

    text = (tmp_path / "out" / "report.en.md").read_text()
    assert "The bell always rings." in text
    assert "never" not in text
    assert "Does it?" not in text
    assert "left out: 1 comment\n" in result.output
    assert "left out: 1 tracked deletion\n" in result.output
    assert "left out: 1 tracked insertion, taken as accepted\n" in result.output
