"""One row of Today: heat, class and window, why and do, what to press; and what opens below it.

A morning has a dozen of these, each with some forty values: drawn here they cost a third of what a template takes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from wendu.desk.plan import Line
from wendu.desk.today_rows import FollowRow
from wendu.web.fragments import KEY_FIELD, new_key
from wendu.web.shell import address

from .formats import whole
from .heat import reason_list, temp
from .icons import icon
from .marks import quad, window
from .markup import format_html, format_html_join
from .notes import wood
from .rows import check, whydo


@dataclass(frozen=True, slots=True)
class Around:
    """What is the same for every row of a page: whether one may log, the row that is open, the days to put off to.

    `token` is the one a form must carry.
    """

    logs: bool
    opened: str
    rest_days: Sequence[tuple[date, str]]
    token: str


def follow_row(row: FollowRow, around: Around, *, first: bool) -> SafeString:
    """Draw one customer to follow up; the first row is the one the keyboard stands on, and is open."""
    url = address("customers:page", uuid=row.uuid)
    return format_html(
        '<li data-row tabindex="{}"{} id="row-{}">{}'
        '<div class="who-cell"><b><a data-open href="{}">{}</a><small>{}</small></b>'
        '<div class="sub">{}{}</div></div>{}<div class="acts">{}{}</div>{}</li>',
        "0" if first else "-1",
        SafeString(' class="is-on" aria-current="true"') if first else "",
        row.uuid,
        temp(row.heat, row.band, change=row.change, provisional=row.line.provisional, url=f"?open={row.open_key}"),
        url,
        row.line.customer,
        row.line.contact,
        quad(row.quadrant),
        window(row.days_left, row.window_used),
        whydo(row.why, row.line.do, strong=row.strong, when=row.when),
        _call(row),
        _press(row, around, first=first),
        _more(row, around, is_open=first or around.opened == row.open_key),
    )


def _call(row: FollowRow) -> SafeString | str:
    if not row.phone:
        return ""
    words = _("Call %(name)s") % {"name": row.line.contact}
    shape = '<a class="btn btn-sm btn-icon btn-quiet" data-call href="tel:{}" aria-label="{}">{}</a>'
    return format_html(shape, row.phone, words, icon("phone"))


def _press(row: FollowRow, around: Around, *, first: bool) -> SafeString | str:
    """The one button of the row: name the customer, ask the questions again, or log the touch."""
    if row.is_nameless:
        return format_html('<a class="btn btn-sm" href="{}">{}</a>', address("opportunities:list"), _("Name it"))
    if not around.logs:
        return ""
    url, words = f"{address('touches:new')}?{row.line.log_query}", _("Log touch")
    if row.line.asks_again:
        url, words = address("customers:answers", uuid=row.uuid), _("Ask again")
    css = "btn btn-sm btn-ember" if first else "btn btn-sm"
    return format_html('<a class="{}" data-log data-drawer href="{}">{}</a>', css, url, words)


def _more(row: FollowRow, around: Around, *, is_open: bool) -> SafeString:
    return format_html(
        '<div class="more"{}><div>{}</div><div class="script-box">{}</div><div>{}{}</div></div>',
        "" if is_open else SafeString(" hidden"),
        _heat(row),
        _script(row, around),
        _checks(row.checks, row.checks_hint) if row.checks else _objective(row.line),
        _rest(row, around) if around.logs and not row.is_nameless else "",
    )


def _heat(row: FollowRow) -> SafeString:
    if row.reasons_of is None:
        words = _("Not contacted yet: the first talk sets it.")
        return format_html('<h3>{}</h3><p class="sec">{}</p>', _("Temperature"), words)
    head = _("How %(value)s° came about") % {"value": whole(row.reasons_of)}
    rank = format_html('<p class="f1 mut">{} {}</p>', _("Rank"), row.rank) if row.rank else ""
    return format_html("<h3>{}</h3>{}{}{}", head, reason_list(row.reasons), wood(row.line.wood), rank)


def _script(row: FollowRow, around: Around) -> SafeString:
    klass = _("Class %(letter)s") % {"letter": row.quadrant} if row.quadrant else ""
    return format_html(
        '<h3>{} · {} {}</h3><p class="script">“{}”</p><p class="f1 mut">{}</p>{}',
        _("Script"),
        klass,
        row.line.motto,
        row.line.script,
        row.line.guard,
        _prepare(row) if around.logs and not row.is_nameless else "",
    )


def _prepare(row: FollowRow) -> SafeString:
    """The way to a plan for the talk."""
    url = f"{address('talks:new')}?{row.line.log_query}"
    return format_html('<p><a class="link f1" href="{}">{}</a></p>', url, _("Prepare the talk"))


def _checks(checks: Iterable[tuple[str, str]], hint: str) -> SafeString:
    found = format_html_join("", "{}", ((check(state, words),) for state, words in checks))
    more = format_html('<p class="f1 mut">{}</p>', hint) if hint else ""
    return format_html('<h3>{}</h3><ul class="checks">{}</ul>{}', _("Before you go"), found, more)


def _objective(line: Line) -> SafeString:
    shape = '<h3>{}</h3><p>{}</p><p class="f1 mut">{} {}</p>'
    return format_html(shape, _("What to get"), line.objective, _("Else:"), line.fallback)


def _rest(row: FollowRow, around: Around) -> SafeString:
    """Put the customer off; the first day is also what the keyboard picks."""
    days = format_html_join(
        "",
        '<button class="link f1" type="submit" name="until" value="{}"{}>{}</button>',
        (
            (f"{day:%Y-%m-%d}", SafeString(" data-later") if place == 0 else "", words)
            for place, (day, words) in enumerate(around.rest_days)
        ),
    )
    return format_html(
        '<form class="hs wrap later" method="post" action="{0}" hx-post="{0}" hx-target="closest li" '
        'hx-swap="outerHTML"><input type="hidden" name="csrfmiddlewaretoken" value="{1}">'
        '<input type="hidden" name="{2}" value="{3}"><span class="mut f1">{4}</span>{5}</form>',
        address("today:rest", uuid=row.uuid),
        around.token,
        KEY_FIELD,
        new_key(),
        _("Later:"),
        days,
    )
