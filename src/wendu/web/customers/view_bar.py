"""The views above the table: what ships, what is pinned, what else there is, what may be done with the open one."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.http import HttpRequest
from django.utils.translation import pgettext

from wendu.access.verbs import can
from wendu.desk.table.asked import EVERYONE, Asked
from wendu.identity.models import User
from wendu.saved_views.models import SavedView
from wendu.saved_views.queries import first_among
from wendu.web.customers.saved_lists import list_of

SHIPPED = (
    "alert=strike",
    "alert=due&sort=due",
    "alert=cold_gap",
    "alert=window_overdue",
    "alert=first_touch_due",
)


@dataclass(frozen=True, slots=True)
class Tab:
    """One view as a link."""

    name: str
    url: str
    is_current: bool
    is_pinned: bool = False


@dataclass(frozen=True, slots=True)
class Views:
    """Everything about views the table shows; `current` is the saved view that is open, if one is."""

    at_hand: list[Tab]
    others: list[Tab]
    current: SavedView | None = None
    is_changed: bool = False
    is_first: bool = False
    may: dict[str, bool] = field(default_factory=dict)


def shown_views(user: User, asked: Asked, views: Sequence[SavedView]) -> Views:
    """The views somebody sees while a list is open."""
    current = current_of(asked, views)
    tabs = [(view, Tab(view.name, _address(view), view == current, _is_pinned(view))) for view in views]
    at_hand = [tab for view, tab in tabs if tab.is_pinned or tab.is_current]
    others = [tab for view, tab in tabs if not (tab.is_pinned or tab.is_current)]
    shipped = [Tab(words, f"?{query}", current is None and _is(asked, query)) for query, words in _shipped()]
    if current is None:
        return Views([*shipped, *at_hand], others)
    may_edit = can(user, "view.edit", current)
    may = {
        "edit": may_edit,
        "share": may_edit and can(user, "view.share"),
        "roles": can(user, "view.put_first_for_role"),
        "unpin": _is_pinned(current),
    }
    is_changed = asked.query(view="") != current.query
    return Views([*shipped, *at_hand], others, current, is_changed, current == first_among(views), may)


def current_of(asked: Asked, views: Sequence[SavedView]) -> SavedView | None:
    """The saved view an address names, if one sees it."""
    return next((view for view in views if str(view.uuid) == asked.view), None)


def opens_with(request: HttpRequest, asked: Asked, views: Sequence[SavedView]) -> str:
    """Where the table goes instead: to the list a view alone stands for, or to the view it opens with; else nothing."""
    if not request.META.get("QUERY_STRING"):
        first = first_among(views)
        return list_of(first) if first else ""
    named = current_of(asked, views)
    return list_of(named) if named and named.query and list(request.GET) == ["view"] else ""


def _address(view: SavedView) -> str:
    return f"?{list_of(view).partition('?')[2]}"


def _is_pinned(view: SavedView) -> bool:
    return bool(getattr(view, "is_pinned", False))


def _is(asked: Asked, query: str) -> bool:
    return asked.query(view="") == ("" if query == f"view={EVERYONE}" else query)


def _shipped() -> list[tuple[str, str]]:
    words = (
        pgettext("view", "Strike now"),
        pgettext("view", "Due"),
        pgettext("view", "Cold gaps"),
        pgettext("view", "Window over"),
        pgettext("view", "Not yet contacted"),
    )
    return [(f"view={EVERYONE}", pgettext("view", "Everyone")), *zip(SHIPPED, words, strict=True)]
