"""Request, need and motive of everybody in a deal, drawn in Python: a large deal has a hundred of them on its page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from wendu.desk.demand import LadderOf, RequestView, VersionView
from wendu.discovery.models import Demand

from .formats import day
from .icons import icon
from .markup import escaped, format_html
from .pens import Pen

ANSWERS = {"yes": "check", "no": "x", "unknown": "help"}
TAGS = {"in_force": "ok", "proposed": "wait", "stale": "risk", "worse": "risk"}


def ladders(people: Iterable[LadderOf], pen: Pen) -> SafeString:
    """Everybody's ladder, one person after another."""
    return SafeString("".join([_ladder(person, pen) for person in people]))


def _ladder(person: LadderOf, pen: Pen) -> str:
    words = escaped(_("key person"))
    key = f' <span class="tag line">{words}</span>' if person.is_key else ""
    rows = "".join([_request(each, pen) for each in person.requests]) or _nothing(person, pen)
    return f'<h3 class="whose">{escaped(person.name)}{key}</h3><ul class="rows">{rows}</ul>'


def _nothing(person: LadderOf, pen: Pen) -> str:
    words = escaped(_("Not asked yet: what do they want, what for, and why does it matter to them?"))
    url, note = f"{pen.at('demand')}?contact_id={person.contact}", escaped(_("Note it"))
    note = f' <a class="link nowrap" href="{url}" data-drawer>{note}</a>' if pen.may_write else ""
    return f'<li class="mut">{words}{note}</li>'


def _request(request: RequestView, pen: Pen) -> str:
    demand, place = request.demand, pen.at("demand")
    versions = "".join([_version(each, demand, pen) for each in request.versions])
    return (
        f'<li class="finding request">{_rungs(request, pen)}{pen.take_back(place, demand.uuid)}'
        f'<ul class="checks">{"".join(_checks(request))}</ul><span class="m">{_known(request)}{_wish(request)}</span>'
        f"{versions}{_tell_back(request, pen)}</li>"
    )


def _rungs(request: RequestView, pen: Pen) -> str:
    demand = request.demand
    needed, agreed = escaped(_("a must")), escaped(_("confirmed"))
    must = f' <span class="tag line">{needed}</span>' if demand.is_must else ""
    css = "ok" if request.is_settled else "wait"
    verdict = f' <span class="tag {css}">{escaped(request.verdict_words)}</span>'
    asked = pen.link(f"{pen.at('demand')}{demand.uuid}/", demand.requirement)
    confirmed = f' <span class="mut">· {agreed} {day(demand.confirmed_on)}</span>' if demand.confirmed_on else ""
    rungs = (
        (pgettext("ladder", "Asks for"), f"<b>{asked}</b>{must}{verdict}"),
        (pgettext("ladder", "Needs"), _said(demand.need) + (confirmed if demand.need else "")),
        (pgettext("ladder", "Because"), _said(demand.motive)),
    )
    return f'<dl class="rungs">{"".join([f"<dt>{escaped(name)}</dt><dd>{words}</dd>" for name, words in rungs])}</dl>'


def _said(words: str) -> str:
    unasked = escaped(_("not asked yet"))
    return escaped(words) if words else f'<span class="late">{unasked}</span>'


def _checks(request: RequestView) -> Iterator[str]:
    for check in request.checks:
        yield f'<li class="{check.answer}">{icon(ANSWERS[check.answer])}<span>{escaped(check.words)}</span></li>'


def _known(request: RequestView) -> str:
    demand = request.demand
    parts = [str(demand.get_kind_display()), str(demand.get_capability_display())]
    parts.append(_("%(n)s of 6 told") % {"n": request.told})
    if request.ask:
        parts.append(_("ask: %(what)s") % {"what": request.ask})
    if demand.quote:
        parts.append(f"“{demand.quote}”")
    return escaped(" · ".join(parts))


def _wish(request: RequestView) -> str:
    words = escaped(_("a wish without its problem: ask why now"))
    return f' · <span class="late">{words}</span>' if request.lacks_problem else ""


def _version(version: VersionView, demand: Demand, pen: Pen) -> str:
    row, place = version.row, pen.at("reconstruction")
    name = escaped(_("Version %(n)s") % {"n": row.number})
    stale = ""
    if version.state == "stale":
        words = _("It was told back for the need “%(need)s”. Tell it back again, as a new version.") % {
            "need": row.need
        }
        stale = f'<span class="m late">{escaped(words)}</span>'
    return (
        f'<div class="version {version.state}"><span><small>{name}</small> '
        f"{pen.link(f'{place}{row.uuid}/', row.requirement)} "
        f'<span class="tag {TAGS[version.state]}">{escaped(version.words)}</span></span>'
        f'<span class="m">{_told(version, demand)}</span>{stale}{pen.take_back(place, row.uuid)}</div>'
    )


def _told(version: VersionView, demand: Demand) -> str:
    row = version.row
    told = escaped(pgettext("version", "told back"))
    parts = [f"{told} {day(row.told_on)}"]
    parts += [escaped(words) for words in (version.effect, version.gain) if words]
    if row.brings:
        brings = _("brings in %(name)s, weight %(n)s") % {"name": row.brings, "n": row.brings_weight}
        parts.append(escaped(brings))
    if row.agreed_on:
        parts.append(f"{escaped(demand.contact.name)} {day(row.agreed_on)}: “{escaped(row.words)}”")
    return " · ".join(parts)


def _tell_back(request: RequestView, pen: Pen) -> str:
    if not pen.may_write or not request.demand.need:
        return ""
    words = _("New version") if request.versions else _("Put it otherwise, and tell it back")
    url = f"{pen.at('reconstruction')}?demand_id={request.demand.pk}"
    return format_html('<a class="link f1 tell" href="{}" data-drawer>{}</a>', url, words)
