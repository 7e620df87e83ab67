"""A proposal as PDF: set by WeasyPrint from a page of our own, with the fonts it uses inside."""

import logging
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any

from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from wendu.desk.proposals.marks import Block
from wendu.desk.proposals.paper import Chapter, Paper
from wendu.kernel.errors import ActionError

CORNERS = ("top-left", "top-right", "bottom-left", "bottom-right")


class NoPrinter(ActionError):
    """The libraries that set a PDF are not on this machine."""

    code = "no_printer"
    message = _(
        "This machine cannot write PDF: the library Pango is missing; whoever runs it finds how to add it in"
        " docs/howto/deploy.md. The Word file can be taken, and printed from there."
    )


def pdf(paper: Paper) -> bytes:
    """Print a paper."""
    printer, style = _printer()
    page = printer.HTML(string=html(paper), url_fetcher=_nothing_from_outside)
    written: bytes = page.write_pdf(stylesheets=[style])
    return written


def html(paper: Paper) -> str:
    """The page it is set from; every word is escaped, so what people wrote is text and nothing else."""
    lines = "".join(f"<tr><th>{escape(word)}</th><td>{escape(value)}</td></tr>" for word, value in paper.lines)
    before, between, after = (_quoted(words) for words in paper.page_words)
    running = (
        f"@page {{ @bottom-left {{ content: {_quoted(paper.confidential)}; }}"
        f" @bottom-right {{ content: {before} counter(page) {between} counter(pages) {after}; }}"
        f" @top-left {{ content: {_quoted(paper.firm)}; }} @top-right {{ content: {_quoted(paper.title[:60])}; }} }}"
        f" @page :first {{ {' '.join(f'@{place} {{ content: none; }}' for place in CORNERS)} }}"
    )
    cover = (
        f'<section class="cover"><p class="firm">{escape(paper.firm)}</p><p class="kicker">{escape(paper.kicker)}</p>'
        f'<h1>{escape(paper.title)}</h1><p class="customer">{escape(paper.customer)}</p>'
        f"<table>{lines}</table></section>"
    )
    chapters = "".join(_chapter(each) for each in paper.chapters)
    return (
        f'<!doctype html><html lang="{paper.language}"><head><meta charset="utf-8"><title>{escape(paper.title)}</title>'
        f'<meta name="author" content="{escape(paper.firm)}"><style>{running}</style></head>'
        f"<body>{cover}{chapters}</body></html>"
    )


def _chapter(chapter: Chapter) -> SafeString:
    told = "".join(_blocks(chapter.blocks))
    head = f'<h2><span class="no">{chapter.number}</span>{escape(chapter.title)}</h2>'
    return SafeString(f'<section class="chapter">{head}{told}</section>')


def _blocks(found: tuple[Block, ...]) -> Iterator[str]:
    for block in found:
        if block.kind == "heading":
            yield f"<h3>{escape(block.lines[0])}</h3>"
        elif block.kind == "items":
            yield f"<ul>{''.join(f'<li>{escape(line)}</li>' for line in block.lines)}</ul>"
        elif block.kind == "table":
            head = "".join(f"<th>{escape(cell)}</th>" for cell in block.head)
            body = "".join(f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>" for row in block.body)
            yield f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
        else:
            yield f"<p>{escape(block.lines[0])}</p>"


def _quoted(words: str) -> str:
    """Words as a string of a stylesheet: nothing in them ends it."""
    safe = "".join(each if each.isalnum() or each == " " else f"\\{ord(each):06x}" for each in words)
    return f'"{safe}"'


def _nothing_from_outside(url: str, *_args: Any, **_options: Any) -> Any:
    """A paper fetches nothing: neither from the net nor from this machine."""
    raise ValueError(f"a proposal fetches nothing, not even {url[:40]}")


@cache
def _printer() -> tuple[Any, Any]:
    """The library and our stylesheet, read when the first paper is printed."""
    try:
        import weasyprint  # noqa: PLC0415  heavy, and its libraries may be missing
    except OSError as missing:
        raise NoPrinter from missing
    logging.getLogger("weasyprint").setLevel(logging.ERROR)  # it tells of every step of every page
    text = files("wendu.desk.proposals").joinpath("paper.css").read_text("utf-8")
    return weasyprint, weasyprint.CSS(string=text)
