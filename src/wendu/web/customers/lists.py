"""The table of customers: narrowed, sorted and turned page by page through its address alone."""

from dataclasses import dataclass, replace
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from wendu.coach.frame import Frame
from wendu.coach.orders import OWN, Order, usual
from wendu.customers.choices import FieldType
from wendu.desk.jumping import LONGEST_JUMP, jump_words, no_such_place
from wendu.desk.table.asked import EVERYONE, ORDERS, Asked, asked_from, own_kind
from wendu.desk.table.columns import LABEL_OF, Column
from wendu.desk.table.jumps import PAGES_AT_MOST, jump_kind, page_mark, value_mark
from wendu.desk.table.labels import field_label
from wendu.desk.table.language import Filter
from wendu.desk.table.options import CLASSES, options_of
from wendu.desk.table.page import TablePage, table_page
from wendu.desk.table.sentence import told
from wendu.kernel.clock import now
from wendu.saved_views.choices import Place
from wendu.saved_views.queries import first_among, views_of
from wendu.web.customers.view_bar import opens_with, shown_views
from wendu.web.fragments import page_or_fragment, person
from wendu.web.patience import unhurried


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a column: its words, and the list sorted by it."""

    label: str
    css: str
    url: str = ""
    sorted: str = ""


@dataclass(frozen=True, slots=True)
class Chip:
    """One condition in words, and the list without it; `begins_group` says that an alternative begins here."""

    words: str
    url: str
    begins_group: bool = False


@require_safe
@unhurried
def customers(request: HttpRequest) -> HttpResponse:
    """Show a page of the customers one sees; for htmx the table alone."""
    user, asked = person(request), asked_from(request.GET)
    views = views_of(user, Place.CUSTOMERS)
    elsewhere = opens_with(request, asked, views)
    if elsewhere:
        return redirect(elsewhere)
    if not asked.view and first_among(views):
        asked = replace(asked, view=EVERYONE)  # or taking the last filter away would open the first view again
    if place := _place_asked(request, asked):
        return place
    page = table_page(user, now(), asked)
    context = {**context_of(page), "views": shown_views(user, asked, views)}
    return page_or_fragment(request, "customers/list.html", "customers/_table.html", context)


def _place_asked(request: HttpRequest, asked: Asked) -> HttpResponse | None:
    """The way to where somebody wants to go in the list: to a value, or to a page."""
    typed, number = request.GET.get("jump", "").strip()[:LONGEST_JUMP], request.GET.get("page", "")
    if not typed and not (number.isascii() and number.isdigit() and len(number) < len("1000")):
        return None
    if typed:
        mark = value_mark(typed, asked.order, Frame.at(now()))
        if not mark:
            messages.error(request, no_such_place(typed))
    else:
        mark = page_mark(asked, int(number), user=person(request), at=now())
    return redirect(f"{reverse('customers:list')}?{asked.query(after=mark)}")


def context_of(page: TablePage) -> dict[str, Any]:
    """What the templates of the table show."""
    asked = page.asked
    return {
        "list": page,
        "heads": [_head(column, page) for column in page.columns],
        "name_head": _name_head(asked),
        "classes": _classes(page),
        "chips": _chips(page),
        "groupings": _groupings(page),
        "kept": _kept(asked),
        "sorts": [(code, _words_of(code, page), code == asked.order.code) for code in _orders(page)],
        "next_url": f"?{page.next_query}" if page.next_query else "",
        "previous_url": f"?{page.previous_query}" if page.previous_query else "",
        "clear_url": f"?{asked.query(quick={}, text='', filter=Filter())}",
        "query": asked.query(),
        "jump_label": jump_words(jump_kind(asked.order)),
        "jump_kept": _pairs(asked.query()),
        "page_numbers": range(2, min(page.pages, PAGES_AT_MOST) + 1),
    }


def _head(column: Column, page: TablePage) -> Head:
    css = "r" if column.is_number else ""
    label = _words_of(column.code, page)
    return _sortable(column.sort, label, css, page.asked) if column.sort else Head(label, css)


def _name_head(asked: Asked) -> Head:
    return _sortable("name", _("Customer"), "", asked)


def _sortable(code: str, label: str, css: str, asked: Asked) -> Head:
    """A click sorts by the column in its usual direction, a second one turns it round."""
    order, is_current = usual(code), asked.order.code == code
    if is_current:
        order = Order(code, not asked.order.falling)
    state = ("descending" if asked.order.falling else "ascending") if is_current else ""
    return Head(label, css, f"?{asked.query(order=order)}", state)


def _classes(page: TablePage) -> list[tuple[str, str, bool]]:
    """The class as links: one click narrows to it."""
    asked, words = page.asked, options_of("class", page.frame)
    current = asked.quick.get("class", "")
    rest = {code: value for code, value in asked.quick.items() if code != "class"}
    links = [(words[code], f"?{asked.query(quick={**rest, 'class': code})}", code == current) for code in CLASSES]
    return [(_("All"), f"?{asked.query(quick=rest)}", not current), *links]


def _orders(page: TablePage) -> list[str]:
    """What the list can be sorted by: the usual ways, and the shown fields of the company's own."""
    own = [column.sort for column in page.columns if column.sort.startswith(OWN)]
    return list(dict.fromkeys((*ORDERS, *own, page.asked.order.code)))


def _groupings(page: TablePage) -> list[tuple[str, str, bool]]:
    """The table as one list, or in groups; by a choice of the company's own while its column is shown."""
    asked = page.asked
    words = {"": _("One list"), "class": _("By class"), "owner": _("By owner"), "stage": _("By stage")}
    for code in dict.fromkeys((*(column.code for column in page.columns), asked.grouping)):
        if own_kind(code) == FieldType.CHOICE:
            words[code] = _("By %(field)s") % {"field": _words_of(code, page)}
    return [(label, f"?{asked.query(grouping=code)}", code == asked.grouping) for code, label in words.items()]


def _chips(page: TablePage) -> list[Chip]:
    """Every condition that has no control of its own beside the table."""
    asked, names, chips = page.asked, page.names, []
    for condition in asked.always:
        if condition.field in {"status", "alert"}:
            rest = {code: value for code, value in asked.quick.items() if code != condition.field}
            chips.append(Chip(told(condition, names), f"?{asked.query(quick=rest)}"))
    for place, group in enumerate(asked.filter.groups):
        for number, condition in enumerate(group):
            left = [*asked.filter.groups]
            left[place] = (*group[:number], *group[number + 1 :])
            rest_of = Filter(tuple(each for each in left if each))
            chips.append(Chip(told(condition, names), f"?{asked.query(filter=rest_of)}", bool(place and not number)))
    return chips


def _pairs(query: str) -> list[tuple[str, str]]:
    """What a form sends along so that the list stays as it is."""
    return [(name, value) for name, values in QueryDict(query).lists() for value in values]


def _kept(asked: Asked) -> list[tuple[str, str]]:
    """What the form beside the table leaves as it is."""
    shown = {"q", "owner"}
    return [(name, value) for name, value in _pairs(asked.query()) if name not in shown]


def _words_of(code: str, page: TablePage) -> str:
    field = page.names.field(LABEL_OF.get(code, code))
    return field_label(field, page.names) if field else code
