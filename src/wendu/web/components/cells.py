"""The rows of the customers' table, drawn in Python: fifty rows of ten columns cost no more than a page's frame."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import lru_cache
from typing import Any
from urllib.parse import quote

from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from wendu.desk.table.columns import Column
from wendu.desk.table.groups import Group
from wendu.desk.table.options import options_of
from wendu.desk.table.own_fields import own_words
from wendu.desk.table.page import TablePage
from wendu.desk.table.rows import Row
from wendu.web.shell import address

from .formats import day, money, whole
from .heat import reading
from .icons import icon
from .marks import quad, window
from .markup import escaped, format_html

Draw = Callable[[Row, TablePage], str]


def table_rows(page: TablePage, *, can_log: object, picks: object) -> SafeString:
    """Draw the rows of the table: a box to pick it, the name, the columns asked for, and what one can do."""
    drawers = [(_css(column), _drawer(column)) for column in page.columns]
    places = _Places(page, can_log=can_log, picks=picks)
    first = page.rows[0] if page.rows else None
    if not page.groups:
        return SafeString("".join(_row(row, page, drawers, places, is_first=row is first) for row in page.rows))
    width = len(drawers) + 2 + places.picks
    drawn = [
        _group_head(group, width) + "".join(_row(row, page, drawers, places, is_first=row is first) for row in rows)
        for group, rows in page.groups
    ]
    return SafeString("".join(drawn))


def _group_head(group: Group, width: int) -> str:
    """The head of a group: its name, how many are in it, and the way to all of them."""
    shape = (
        '<tr class="group"><th colspan="{}" scope="colgroup">{} <small class="mut">{}</small>'
        '<a class="link f1" href="?{}">{}</a></th></tr>'
    )
    return (
        format_html(shape, width, group.label, group.count, group.query, _("Show all"))
        if group.has_more
        else (format_html(shape.replace('<a class="link f1" href="?{}">{}</a>', ""), width, group.label, group.count))
    )


class _Places:
    """What the addresses of all rows share, but for the customer: worked out once."""

    def __init__(self, page: TablePage, *, can_log: object, picks: object) -> None:
        self.tail = f"?list={quote(page.asked.query(), safe='')}&amp;at="
        self.log = address("touches:new") if can_log else ""
        self.picks = bool(picks)
        shown = {column.code for column in page.columns}
        self.has_place, self.has_industry = "place" in shown, "industry" in shown
        self.words = {"pick": escaped(_("Choose")), "log": escaped(_("Log touch")), "peek": escaped(_("At a glance"))}
        self.signs = {"log": icon("edit"), "peek": icon("eye")}

    def pick(self, uuid: str, name: str) -> str:
        """The box that picks the row."""
        label = f"{self.words['pick']} {name}"
        box = f'<input type="checkbox" name="pick" form="picked" value="{uuid}" aria-label="{label}">'
        return f'<td class="c-pick">{box}</td>'

    def log_link(self, uuid: str, name: str) -> str:
        """The way to log a touch."""
        label = f"{self.words['log']} {name}"
        css = "btn btn-sm btn-icon btn-quiet"
        href = f"{self.log}?customer={uuid}"
        return f'<a class="{css}" data-log data-drawer href="{href}" aria-label="{label}">{self.signs["log"]}</a>'

    def peek_link(self, link: str, name: str) -> str:
        """The way to the customer at a glance."""
        label = f"{self.words['peek']} {name}"
        css = "btn btn-sm btn-icon btn-quiet"
        href = link.replace("?", "peek/?", 1)
        return f'<a class="{css}" data-peek data-drawer href="{href}" aria-label="{label}">{self.signs["peek"]}</a>'


def _row(row: Row, page: TablePage, drawers: list[tuple[str, Draw]], places: _Places, *, is_first: bool) -> str:
    name, uuid = escaped(row.name), str(row.uuid)
    at = quote(row.mark.rpartition("~")[0], safe=":")
    link = f"{address('customers:page', row.uuid)}{places.tail}{at}"
    pick = places.pick(uuid, name) if places.picks else ""
    log = places.log_link(uuid, name) if places.log else ""
    state = 'tabindex="0" class="is-on" aria-current="true"' if is_first else 'tabindex="-1"'
    cells = "".join(f'<td class="{css}">{draw(row, page)}</td>' for css, draw in drawers)
    return (
        f'<tr data-row {state} id="row-{uuid}">{pick}'
        f'<td class="c-name"><a class="b" data-open href="{link}">{name}</a>{_beside(row, page, places)}</td>'
        f'{cells}<td class="c-acts">{places.peek_link(link, name)}{log}</td></tr>'
    )


def _css(column: Column) -> str:
    return f"c-{column.code.partition('_')[0]} r" if column.is_number else f"c-{column.code.partition('_')[0]}"


def _beside(row: Row, page: TablePage, places: _Places) -> str:
    """Where it is and what it does, in small print, unless these have columns of their own."""
    parts = [] if places.has_place else [row.place]
    if not places.has_industry:
        parts.append(_option("industry", row.values["customer__industry"], page))
    words = " · ".join(part for part in parts if part)
    return f'<small class="mut">{escaped(words)}</small>' if words else ""


def _drawer(column: Column) -> Draw:
    if column.code in _DRAWERS:
        return _DRAWERS[column.code]
    code = column.code.removeprefix("x_")
    return lambda row, page: escaped(own_words(page.names.own[code], row.values["customer__custom"].get(code)))


def _heat(row: Row, _page: TablePage) -> str:
    return _reading(None if row.heat is None else whole(row.heat), row.band, get_language())


@lru_cache(maxsize=1024)
def _reading(value: int | None, band: str, _language: str | None) -> SafeString:
    return reading(value, band)


def _window(row: Row, page: TablePage) -> str:
    return _pie(row.days_left(page.frame.today), whole(row.window_used(page.frame.today)), get_language())


@lru_cache(maxsize=4096)
def _pie(days_left: int | None, used: int, _language: str | None) -> SafeString | str:
    return window(days_left, used)


def _due(row: Row, page: TablePage) -> str:
    on = row.values["due_on"]
    if on is None:
        return _muted(_option("status", row.values["status"], page))
    drawn = day(on, plan=True)
    return f'<span class="late">{drawn}</span>' if on < page.frame.today else drawn


def _amount(row: Row, page: TablePage) -> str:
    minor = row.values["open_amount_minor"]
    return "" if minor is None else _sum(minor, page.frame.currency, get_language())


@lru_cache(maxsize=4096)
def _sum(minor: int, currency: str, _language: str | None) -> SafeString:
    return money(minor, currency)


def _owner(row: Row, _page: TablePage) -> str:
    return escaped(row.values["owner__full_name"] or row.values["owner__username"] or "")


def _day_of(path: str) -> Draw:
    def draw(row: Row, page: TablePage) -> str:
        on: date | None = row.values[path]
        return day(on, year=on is not None and on.year != page.frame.today.year)

    return draw


def _word(field: str, path: str) -> Draw:
    return lambda row, page: escaped(_option(field, row.values[path], page))


def _option(field: str, code: Any, page: TablePage) -> str:
    return options_of(field, page.frame).get(code, code or "")


def _tags(row: Row, _page: TablePage) -> str:
    return "".join(f'<span class="tag line">{escaped(name)}</span>' for name in row.tags)


def _muted(words: str) -> str:
    return format_html('<span class="mut">{}</span>', words)


_DRAWERS: dict[str, Draw] = {
    "heat": _heat,
    "class": lambda row, _page: quad(row.values["quadrant"]),
    "window": _window,
    "status": _word("status", "status"),
    "owner": _owner,
    "team": lambda row, _page: escaped(row.values["team__name"] or ""),
    "due": _due,
    "amount": _amount,
    "latest": _day_of("latest_touch_on"),
    "since": _day_of("class_since"),
    "tags": _tags,
    "industry": _word("industry", "customer__industry"),
    "place": lambda row, _page: escaped(row.place),
    "source": lambda row, _page: escaped(row.values["customer__source_text"]),
    "market": _word("market", "customer__market"),
    "product": _word("product", "customer__product_kind"),
    "tier": _word("tier", "customer__tier"),
    "created": _day_of("customer__created_at"),
}
