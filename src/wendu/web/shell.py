"""What stands around every page: where one can go, who one is, what is new; nothing is read before a template asks."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Min
from django.http import HttpRequest
from django.urls import NoReverseMatch, get_script_prefix, reverse
from django.utils.translation import get_language, pgettext

from wendu.access.verbs import grants_of
from wendu.agenda.queries import unread_count
from wendu.identity.choices import Role
from wendu.identity.models import Organisation, User
from wendu.identity.queries import team_of
from wendu.kernel.clock import now
from wendu.web.creating import LOGGERS, Offer, creating

DEMO_PASSWORD = "wendu-demo"  # noqa: S105  the demo prints it; its settings insist on this machine


@dataclass(frozen=True, slots=True)
class Place:
    """One page to go to from everywhere."""

    key: str
    label: str
    url: str
    icon: str
    current: bool
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Chrome:
    """What stands around a page whoever looks at it: the same for all of one role at one place, so it is drawn once."""

    theme: str = "system"
    role: str = ""
    nav: tuple[Place, ...] = ()
    creating: tuple[Offer, ...] = ()

    @property
    def waiting_url(self) -> str:
        """Where one sees what waits on this device."""
        return address("offline:waiting")

    @property
    def language_url(self) -> str:
        """Where the language is chosen."""
        return address("preferences:language")

    @property
    def theme_url(self) -> str:
        """Where light or dark is chosen."""
        return address("preferences:theme")

    @property
    def search_url(self) -> str:
        """Where to find things."""
        return address("search:find")

    @property
    def password_url(self) -> str:
        """Where the password is changed."""
        return address("account_change_password")

    @property
    def mfa_url(self) -> str:
        """Where the second step of signing in is set up."""
        return address("mfa_index")

    @property
    def backups_url(self) -> str:
        """Where the backups are; nothing for those who do not look after them."""
        return address("backups:list") if self.role == Role.ADMIN else ""

    @property
    def logout_url(self) -> str:
        """Where one signs out."""
        return address("account_logout")


class Outside:
    """What pages without a login need."""

    theme = "system"
    person = ""
    place = ""
    chrome = Chrome()


class Shell(Outside):
    """What pages behind the login need."""

    def __init__(self, request: HttpRequest, user: User) -> None:
        self._request = request
        self._user = user
        self.banners: list[Any] = getattr(request, "banners", [])

    @cached_property
    def chrome(self) -> Chrome:  # type: ignore[override]
        """What is drawn once for everybody of this role at this place."""
        return Chrome(self.theme, self._user.role, self.nav, self.creating)

    @property
    def person(self) -> str:  # type: ignore[override]
        """Whose device this is while they are logged in: what waits on it is sent under no other name."""
        return str(self._user.uuid)

    @property
    def name(self) -> str:
        """Who is logged in."""
        return self._user.display_name

    @property
    def role(self) -> str:
        """What the person does here, in words."""
        return str(self._user.get_role_display())

    @cached_property
    def team(self) -> str:
        """The person's team, or nothing."""
        team = team_of(self._user)
        return team.name if team else ""

    @property
    def theme(self) -> str:  # type: ignore[override]
        """Light, dark, or as the system says."""
        return self._user.theme

    @cached_property
    def unread(self) -> int:
        """How much the person was told and has not read."""
        return unread_count(self._user)

    @cached_property
    def today(self) -> date:
        """The business day."""
        return Organisation.objects.current().today(now())

    @cached_property
    def nav(self) -> tuple[Place, ...]:
        """The pages that exist, in the order of the rail."""
        counts: dict[str, int] = getattr(self._request, "nav_counts", {})
        here = self._request.path
        return tuple(
            Place(key, label, url, icon, here.startswith(url), counts.get(key))
            for key, view, label, icon in _places(self._user.role, get_language())
            if (url := address(view))
        )

    @property
    def place(self) -> str:  # type: ignore[override]
        """The name of the place one is at, or nothing."""
        return "".join(item.label for item in self.nav if item.current)

    @cached_property
    def log_url(self) -> str:
        """Where a touch is logged; nothing for those who only read."""
        about = getattr(self._request, "log_query", "")
        return address("touches:new") + about if self._user.role in LOGGERS else ""

    @cached_property
    def creating(self) -> tuple[Offer, ...]:
        """What can be begun from here, beside logging a touch."""
        return _beginnings(self._user.role, get_language(), get_script_prefix())

    @property
    def notifications_url(self) -> str:
        """What the person was told."""
        return address("notifications:list")


def shell(request: HttpRequest) -> dict[str, Any]:
    """Context processor: `{{ shell }}` for base.html."""
    user = getattr(request, "user", None)
    if isinstance(user, User):
        return {"shell": Shell(request, user)}
    if not settings.DEMO:
        return {"shell": Outside()}
    return {"shell": Outside(), "demo_logins": demo_logins, "demo_password": DEMO_PASSWORD}


def demo_logins() -> list[dict[str, str]]:
    """One login per role, shown on the sign-in page of a demonstration only; asked for by no other page."""
    earliest = User.objects.active().values("role").annotate(pk=Min("pk")).values("pk").order_by()
    people = User.objects.filter(pk__in=earliest).order_by("pk")
    return [{"username": each.username, "role": str(each.get_role_display())} for each in people]


def address(view: str, *args: Any, **kwargs: Any) -> str:
    """The address of a page, or nothing while there is no such page; of many alike but for a UUID one is worked out."""
    values = (*args, *kwargs.values())
    words = tuple([_A_KEY if type(value) is UUID else value for value in values])
    found = _shape(view, len(args), tuple(kwargs), words, get_script_prefix())
    for place, uuid in enumerate(values):
        if words[place] is _A_KEY:
            found = found.replace(_KEYS[place], str(uuid))
    return found


@lru_cache(maxsize=4096)
def _shape(view: str, count: int, names: tuple[str, ...], words: tuple[Any, ...], _prefix: str) -> str:
    """An address with a key of its own for each place where a UUID stands, all else as it is."""
    keys = [UUID(_KEYS[place]) if word is _A_KEY else word for place, word in enumerate(words)]
    return _address(view, tuple(keys[:count]), dict(zip(names, keys[count:], strict=True)))


_A_KEY = object()
_KEYS = [str(UUID(int=place)) for place in range(8)]


def _address(view: str, args: tuple[Any, ...], kwargs: dict[str, Any]) -> str:
    try:
        return reverse(view, args=args, kwargs=kwargs)
    except NoReverseMatch:
        return ""


@lru_cache(maxsize=64)
def _beginnings(role: str, _language: str | None, _prefix: str) -> tuple[Offer, ...]:
    return tuple(offer for offer in creating(role) if offer.code != "log")


@lru_cache(maxsize=64)
def _places(role: str, _language: str | None) -> tuple[tuple[str, str, str, str], ...]:
    places: tuple[tuple[str, str, str, str], ...] = (
        ("today", "today:today", pgettext("place", "Today"), "sun"),
        ("customers", "customers:list", pgettext("place", "Customers"), "building"),
        ("quadrants", "quadrants:board", pgettext("place", "Quadrants"), "layout-grid"),
        ("calendar", "calendar:page", pgettext("place", "Calendar"), "calendar"),
        ("opportunities", "opportunities:list", pgettext("place", "Deals"), "briefcase"),
        ("worth", "worth:overview", pgettext("place", "Value"), "trending-up"),
    )
    if role in {grant.role for grant in grants_of("team.view")}:
        places = (*places, ("team", "team:board", pgettext("place", "Team"), "chart-dots"))
    if role not in {grant.role for grant in grants_of("settings.view")}:
        return places
    return (*places, ("settings", "settings:home", pgettext("place", "Settings"), "adjustments"))
