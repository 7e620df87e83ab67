"""Parts of a row: why and do, alerts that filter, evidence that is there or not."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Protocol

from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from .icons import icon
from .markup import format_html, format_html_join

CHECKS = {"met": ("", "check"), "missing": ("no", "x"), "unknown": ("unk", "circle-dashed")}


class Alert(Protocol):
    """One count of the alert strip, already in words; `hot` alerts glow while they are not zero."""

    label: str
    icon: str
    count: int
    hint: str
    url: str
    current: bool
    hot: bool


def whydo(why: str, do: str, *, strong: str = "", when: str = "") -> SafeString:
    """Say the strongest reason and the one action: `strong` opens the reason, `when` may never be cut."""
    reason = format_html("<b>{}</b>{}", strong, why) if strong else format_html("{}", why)
    moment = format_html('<span class="when">{}</span>', when) if when else ""
    return format_html(
        '<dl class="whydo"><dt>{}</dt><dd>{}</dd><dt>{}</dt><dd class="do"><span class="ellip">{}</span>{}</dd></dl>',
        _("Why"),
        reason,
        _("Do"),
        do,
        moment,
    )


def alerts(items: Iterable[Alert]) -> SafeString:
    """Show the counts that filter the list; each is a link, so it works without a script."""
    cells = format_html_join(
        "",
        '<a href="{}"{}><span class="num{}">{}</span><span class="t{}">{}{}</span><span class="s">{}</span></a>',
        (
            (each.url, _current(each), _glow(each), each.count, _glow(each), icon(each.icon), each.label, each.hint)
            for each in items
        ),
    )
    label = _("Alerts; choose one to see only those")
    return format_html('<div class="alerts" role="group" aria-label="{}">{}</div>', label, cells)


def check(state: str, words: str) -> SafeString:
    """Show one piece of evidence: met, missing or unknown."""
    return _check(state, words, get_language())


@lru_cache(maxsize=1024)
def _check(state: str, words: str, _language: str | None) -> SafeString:
    css, name = CHECKS.get(state, CHECKS["unknown"])
    spoken = {"met": _("met"), "missing": _("missing")}.get(state, _("unknown"))
    shape = '<li{}>{}<span><span class="sr">{}: </span>{}</span></li>'
    return format_html(shape, format_html(' class="{}"', css) if css else "", icon(name), spoken, words)


def _current(alert: Alert) -> SafeString | str:
    return SafeString(' aria-current="true"') if alert.current else ""


def _glow(alert: Alert) -> str:
    if not alert.count:
        return " zero"
    return " hot" if alert.hot else ""
