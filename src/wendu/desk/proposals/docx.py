"""A proposal as a Word file that can be worked on: real headings, tables whose head repeats, numbered pages."""

from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.section import WD_SECTION
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from wendu.desk.proposals.marks import Block
from wendu.desk.proposals.paper import Chapter, Paper

INK, PALE, EMBER = RGBColor(0x1F, 0x27, 0x33), RGBColor(0x6B, 0x72, 0x80), RGBColor(0xB4, 0x53, 0x1F)
SANS, SERIF = ("Arial", "Microsoft YaHei"), ("Georgia", "SimSun")
BODY, SMALL = Pt(10.5), Pt(9.5)
HEADINGS = {"Heading 1": (Pt(16), SERIF), "Heading 2": (Pt(11.5), SANS)}


def docx(paper: Paper) -> bytes:
    """Write a paper as a Word file."""
    document = Document()
    _styles(document)
    _cover(document, paper)
    for chapter in paper.chapters:
        _chapter(document, chapter)
    core = document.core_properties
    core.title, core.author, core.language = paper.title[:250], paper.firm[:250], paper.language
    core.comments = ""
    written = BytesIO()
    document.save(written)
    return written.getvalue()


def _styles(document: Any) -> None:
    normal = document.styles["Normal"]
    _font(normal.font, SANS, BODY, INK)
    normal.paragraph_format.space_after, normal.paragraph_format.line_spacing = Pt(5), 1.35
    _language(normal.element)
    for name, (size, faces) in HEADINGS.items():
        style = document.styles[name]
        _font(style.font, faces, size, INK)
        style.font.bold = True
        style.paragraph_format.space_before, style.paragraph_format.space_after = (
            Pt(20 if size > BODY * 1.2 else 12),
            Pt(6),
        )
        style.paragraph_format.keep_with_next = True
    page = document.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin = page.right_margin = Mm(24)
    page.top_margin, page.bottom_margin = Mm(27), Mm(24)


def _cover(document: Any, paper: Paper) -> None:
    """The title page stands in a section of its own, without head and foot."""
    _line(document, paper.firm, Pt(11), PALE, after=Pt(150), before=Pt(60))
    _line(document, paper.kicker, Pt(11), EMBER, after=Pt(8))
    _line(document, paper.title, Pt(28), INK, faces=SERIF, bold=True, after=Pt(14))
    _line(document, paper.customer, Pt(15), INK, after=Pt(80))
    told = document.add_table(rows=0, cols=2)
    told.alignment, told.autofit = WD_TABLE_ALIGNMENT.LEFT, False
    for word, value in paper.lines:
        cells = told.add_row().cells
        for cell, text, width, colour in zip(cells, (word, value), (Mm(32), Mm(130)), (PALE, INK), strict=True):
            cell.width = width
            _text(cell.paragraphs[0], text, Pt(10), colour)
    body = document.add_section(WD_SECTION.NEW_PAGE)
    body.header.is_linked_to_previous = body.footer.is_linked_to_previous = False
    head = body.header.paragraphs[0]
    _text(head, f"{paper.firm}  ·  {paper.title}"[:120], Pt(8), PALE)
    foot = body.footer.paragraphs[0]
    _text(foot, f"{paper.confidential[:90]}    ", Pt(8), PALE)
    before, between, after = paper.page_words
    for words, field in ((before, "PAGE"), (between, "NUMPAGES"), (after, "")):
        _text(foot, words, Pt(8), PALE)
        if field:
            _field(foot, field)
    foot.alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _chapter(document: Any, chapter: Chapter) -> None:
    title = document.add_heading(level=1)
    number = title.add_run(f"{chapter.number}  ")
    number.font.color.rgb = EMBER
    title.add_run(chapter.title)
    _underline(title)
    for block in chapter.blocks:
        _block(document, block)


def _block(document: Any, block: Block) -> None:
    if block.kind == "heading":
        document.add_heading(block.lines[0], level=2)
    elif block.kind == "items":
        for line in block.lines:
            document.add_paragraph(line, style="List Bullet").paragraph_format.space_after = Pt(2)
    elif block.kind == "table":
        _table(document, block)
    else:
        document.add_paragraph(block.lines[0])


def _table(document: Any, block: Block) -> None:
    drawn = document.add_table(rows=0, cols=len(block.head))
    _borders(drawn)
    for place, row in enumerate(block.rows):
        line = drawn.add_row()
        _mark(line._tr.get_or_add_trPr(), "w:cantSplit")  # noqa: SLF001  python-docx has no word for it
        if place == 0:
            _mark(line._tr.get_or_add_trPr(), "w:tblHeader")  # noqa: SLF001
        for cell, text in zip(line.cells, row, strict=True):
            _text(cell.paragraphs[0], text, SMALL, INK, bold=place == 0)
            cell.paragraphs[0].paragraph_format.space_after = Pt(3)
            cell.paragraphs[0].paragraph_format.space_before = Pt(3)
            if place == 0:
                _shade(cell)
    document.add_paragraph().paragraph_format.space_after = Pt(2)


def _line(
    document: Any,
    text: str,
    size: Any,
    colour: Any,
    *,
    faces: tuple[str, str] = SANS,
    bold: bool = False,
    before: Any = None,
    after: Any = None,
) -> None:
    added = document.add_paragraph()
    added.paragraph_format.space_before, added.paragraph_format.space_after = before, after
    _text(added, text, size, colour, faces=faces, bold=bold)


def _text(
    paragraph: Any, text: str, size: Any, colour: Any, *, faces: tuple[str, str] = SANS, bold: bool = False
) -> None:
    run = paragraph.add_run(text)
    _font(run.font, faces, size, colour)
    run.font.bold = bold


def _font(font: Any, faces: tuple[str, str], size: Any, colour: Any) -> None:
    """Latin and Chinese have a face each; Word asks for both."""
    latin, chinese = faces
    font.name, font.size = latin, size
    font.color.rgb = colour
    fonts = font.element.get_or_add_rPr().get_or_add_rFonts()
    for name, face in (("ascii", latin), ("hAnsi", latin), ("cs", latin), ("eastAsia", chinese)):
        fonts.set(qn(f"w:{name}"), face)
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)


def _language(style: Any) -> None:
    tongue = OxmlElement("w:lang")
    tongue.set(qn("w:val"), "en-GB")
    tongue.set(qn("w:eastAsia"), "zh-CN")
    style.get_or_add_rPr().append(tongue)


def _field(paragraph: Any, code: str) -> None:
    """A number Word works out itself."""
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), code)
    run, text = OxmlElement("w:r"), OxmlElement("w:t")
    size = OxmlElement("w:sz")
    size.set(qn("w:val"), "16")
    about = OxmlElement("w:rPr")
    about.append(size)
    text.text = "1"
    run.extend([about, text])
    field.append(run)
    paragraph._p.append(field)  # noqa: SLF001


def _mark(about: Any, name: str) -> None:
    about.append(OxmlElement(name))


def _shade(cell: Any) -> None:
    shade = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", "EEF0F3")):
        shade.set(qn(f"w:{name}"), value)
    cell._tc.get_or_add_tcPr().append(shade)  # noqa: SLF001


def _borders(drawn: Any) -> None:
    """Hairlines between the rows and nothing else."""
    borders = OxmlElement("w:tblBorders")
    for side, size, colour in (("top", 0, ""), ("bottom", 6, "1F2733"), ("insideH", 4, "C9CED6")):
        line = OxmlElement(f"w:{side}")
        for name, value in (("val", "single" if size else "nil"), ("sz", str(size)), ("color", colour or "auto")):
            line.set(qn(f"w:{name}"), value)
        borders.append(line)
    drawn._tbl.tblPr.append(borders)  # noqa: SLF001


def _underline(paragraph: Any) -> None:
    about = paragraph._p.get_or_add_pPr()  # noqa: SLF001
    borders, line = OxmlElement("w:pBdr"), OxmlElement("w:bottom")
    for name, value in (("val", "single"), ("sz", "8"), ("space", "4"), ("color", "1F2733")):
        line.set(qn(f"w:{name}"), value)
    borders.append(line)
    about.append(borders)
