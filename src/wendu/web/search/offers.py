"""Places to go and things to do, found by their names in either language, by pinyin and by initials."""

from collections.abc import Iterable

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language, override, pgettext
from django.utils.translation import gettext as _

from wendu.access.verbs import can
from wendu.identity.choices import Theme
from wendu.identity.models import User
from wendu.search.tokens import answers
from wendu.web.creating import LOGGERS, Offer, creating
from wendu.web.fragments import person
from wendu.web.settings.sections import sections_of
from wendu.web.shell import Shell
from wendu.web.templatetags.ui import go_key


def commands(request: HttpRequest) -> list[Offer]:
    """What this person can do from anywhere."""
    return [*creating(person(request).role), *_looks(person(request).theme), *_languages(), _leaving()]


def places(request: HttpRequest) -> list[Offer]:
    """The pages this person may open."""
    rail = Shell(request, person(request)).nav
    offers = [Offer(item.key, item.label, item.icon, item.url, _keys(item.key)) for item in rail]
    rooms = [Offer(each.key, str(each.label), each.icon, each.url) for each in sections_of(request) if each.url]
    named = {offer.url for offer in rooms}
    own = [
        ("stages", _("Deals by stage"), "briefcase", "opportunities:board"),
        ("deals-forecast", _("Forecast of the deals"), "chart-dots", "opportunities:forecast"),
        ("deals-record", _("How the deals went"), "trophy", "opportunities:record"),
        ("winners", _("What winners do otherwise"), "trophy", "opportunities:winners"),
        ("again", _("Who is likely to buy again"), "refresh", "worth:again"),
        ("next-need", _("What they could need next"), "bulb", "worth:next_need"),
        ("stock", _("Existing customers with open potential"), "users", "worth:stock"),
        ("sources", _("Where new customers came from"), "chart-dots", "worth:sources"),
        ("lanes", _("Customers by stage of life"), "users", "worth:lanes"),
        ("worth-model", _("How far to trust the forecast"), "chart-dots", "worth:model"),
        ("notifications", _("Notifications"), "bell", "notifications:list"),
        ("phone", _("Calendar on your phone"), "device-mobile", "calendar:subscription"),
        ("merges", pgettext("list", "Merged"), "link", "merges:list"),
        ("told", _("What I am told"), "mail", "notifications:choices"),
        ("losses", _("Losses by cause"), "thumb-down", "opportunities:losses"),
        ("due", _("Money due"), "receipt", "agreements:due"),
        ("subscriptions", _("Subscriptions and renewals"), "refresh", "agreements:subscriptions"),
        ("contracts", _("Contracts and their end"), "file-text", "agreements:contracts"),
        ("unexplained", _("Orders without the need behind them"), "circle-dashed", "worth:unexplained"),
        ("library", _("Library of solutions"), "package", "library:list"),
        ("recycle", _("Recycle bin"), "trash", "recycle:list"),
        ("bank", pgettext("playbook", "Question bank"), "message-circle", "talks:bank"),
        *_about_many(person(request)),
        *_about_a_team(person(request)),
        ("password", _("Change password"), "key", "account_change_password"),
        ("mfa", _("Two-step sign-in"), "shield-lock", "mfa_index"),
    ]
    mine = [Offer(code, label, icon, reverse(view)) for code, label, icon, view in own]
    return [*offers, *(offer for offer in mine if offer.url not in named), *rooms]


def _about_many(user: User) -> list[tuple[str, str, str, str]]:
    many = (
        ("export.run", ("exports", _("Take out a table"), "download", "exports:list")),
        ("bulk.begin", ("bulk", _("Many at once"), "list", "bulk:list")),
        ("duplicates.find", ("duplicates", _("Duplicates"), "copy", "duplicates:list")),
        ("library.write", ("solution", _("New solution"), "package", "library:new")),
    )
    waiting = [("waiting", _("Waiting touches"), "inbox", "offline:waiting")] if user.role in LOGGERS else []
    talk = [("talk", _("Prepare a talk"), "message-circle", "talks:new")] if user.role in LOGGERS else []
    return [*(place for verb, place in many if can(user, verb)), *waiting, *talk]


def _about_a_team(user: User) -> list[tuple[str, str, str, str]]:
    """What is asked of whoever leads: classes set by hand, windows started afresh, feels far off, whole books."""
    led = (
        ("team.view", ("overrides", _("Classes set by hand"), "flag", "team:overrides")),
        ("team.view", ("requalified", _("Windows started afresh"), "refresh", "team:requalifications")),
        ("team.view", ("unproven", _("Deals moved on without evidence"), "shield-check", "team:unproven")),
        ("team.view", ("coaching", _("Whom to coach"), "school", "opportunities:coaching")),
        ("team.view", ("quotes", _("Quotes awaiting approval"), "receipt", "team:quotes")),
        ("team.view", ("feelings", _("Felt much warmer"), "flame", "team:feelings")),
        ("book.open", ("handover", _("Hand over a book"), "users-group", "team:handover")),
        ("user.create", ("colleague", _("New colleague"), "user-plus", "settings:person_new")),
    )
    return [place for verb, place in led if can(user, verb)]


def matching(text: str, request: HttpRequest) -> tuple[list[Offer], list[Offer]]:
    """Commands and places that answer to a text, whichever of our languages it is typed in."""
    here, titles = get_language() or settings.LANGUAGE_CODE, dict[str, str]()
    for language, _name in settings.LANGUAGES:
        with override(language):
            for offer in (*commands(request), *places(request)):
                titles[_id(offer)] = f"{titles.get(_id(offer), '')} {offer.label}"
    with override(here):
        return _fitting(text, commands(request), titles), _fitting(text, places(request), titles)


def _fitting(text: str, offers: Iterable[Offer], titles: dict[str, str]) -> list[Offer]:
    return [offer for offer in offers if answers(text, title=titles.get(_id(offer), ""))]


def _id(offer: Offer) -> str:
    return f"{offer.url} {offer.value}"


def _keys(place: str) -> str:
    return f"G {go_key(place).upper()}" if go_key(place) else ""


def _looks(now_so: str) -> list[Offer]:
    url = reverse("preferences:theme")
    words = {
        Theme.LIGHT: (_("Theme: light"), "sun"),
        Theme.DARK: (_("Theme: dark"), "moon"),
        Theme.SYSTEM: (_("Theme: as the system"), "device-desktop"),
    }
    return [
        Offer(f"theme-{code}", label, icon, url, name="theme", value=code.value)
        for code, (label, icon) in words.items()
        if code != now_so
    ]


def _languages() -> list[Offer]:
    url, here = reverse("preferences:language"), get_language()
    words = {"zh-hans": _("Show everything in Chinese"), "en": _("Show everything in English")}
    return [
        Offer(f"language-{code}", words[code], "language", url, name="language", value=code)
        for code, _name in settings.LANGUAGES
        if code != here
    ]


def _leaving() -> Offer:
    return Offer("logout", _("Sign out"), "logout", reverse("account_logout"), name="leave", value="1")
