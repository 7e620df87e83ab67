"""What the worker keeps on a device: the files of the frame and the offline page, never anything about a person."""

import hashlib
import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from django.conf import settings
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils import translation

from wendu.touches.choices import TouchKind, TouchOutcome
from wendu.web.touches.fields import PlainFields

SCRIPTS = Path(__file__).parent.parent / "static" / "wendu" / "js"
PARTS = ("store", "sending", "worker")
IMPORTED = ("rows", "search", "store", "sending", "letters")  # pages load these by their plain names
DRAWN = ("wendu/icons.svg", "wendu/calendar.svg", "wendu/mark.svg", "wendu/app/icon-192.png")
LINKED = re.compile(r'(?:href|src)="([^"#]+)')
MODULE_LINES = re.compile(r"^import .*\n|^export (?=async |function |const )", re.MULTILINE)


def offline_page(language: str) -> str:
    """Render the page shown without a connection; it knows nobody, the device fills in what waits on it."""
    with translation.override(language):
        return render_to_string("offline/page.html", {"form": blank()})


def blank() -> PlainFields:
    """The short log form, with the commonest touch filled in."""
    return PlainFields(
        initial={"kind": TouchKind.PHONE.value, "outcome": TouchOutcome.NONE.value, "refusal": "purchase"}
    )


@cache
def worker_script() -> str:
    """Put the worker together: one classic script, for not every browser takes modules there.

    It begins with what it keeps. Its version is a digest of all of it, so a new release is a new worker.
    """
    body = "\n".join(MODULE_LINES.sub("", (SCRIPTS / f"{name}.js").read_text("utf-8")) for name in PARTS)
    pages = {code: offline_page(code) for code, _name in settings.LANGUAGES}
    files = list(dict.fromkeys([*_addresses(pages), *_linked(pages)]))
    digest = hashlib.sha256("\n".join([body, *files, *pages.values()]).encode()).hexdigest()[:16]
    kept = {"version": digest, "files": files, "static": settings.STATIC_URL, "pages": _page_addresses()}
    return f"const SHELL = {json.dumps(kept, ensure_ascii=False)};\n{body}"


def _page_addresses() -> dict[str, str]:
    return {code: reverse("offline:page", args=[code]) for code, _name in settings.LANGUAGES}


def _addresses(pages: dict[str, str]) -> Iterator[str]:
    yield from (reverse("offline:page", args=[code]) for code in pages)
    yield from (static(name) for name in DRAWN)
    yield from (f"{settings.STATIC_URL}wendu/js/{name}.js" for name in IMPORTED)


def _linked(pages: dict[str, str]) -> Iterator[str]:
    for html in pages.values():
        yield from (url for url in LINKED.findall(html) if url.startswith(settings.STATIC_URL))
