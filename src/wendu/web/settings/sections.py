"""The rooms of the settings: which of them a person may enter, and the frame around each."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wendu.access.verbs import can
from wendu.web.fragments import person
from wendu.web.shell import address


@dataclass(frozen=True, slots=True)
class Section:
    """One room of the settings."""

    key: str
    verb: str
    view: str
    icon: str
    label: str | Promise
    about: str | Promise

    @property
    def url(self) -> str:
        """Its address."""
        return address(self.view)


SECTIONS = (
    Section(
        "organisation",
        "settings.view",
        "settings:organisation",
        "building",
        pgettext_lazy("settings", "Organisation"),
        _("Name, time zone, currency, language and the working week."),
    ),
    Section(
        "holidays",
        "settings.view",
        "settings:holidays",
        "calendar-off",
        pgettext_lazy("settings", "Days off"),
        _("On these days no clock of the method runs."),
    ),
    Section(
        "teams",
        "settings.view",
        "settings:teams",
        "users-group",
        pgettext_lazy("settings", "Teams"),
        _("The tree that says whose customers a manager sees."),
    ),
    Section(
        "people",
        "settings.view",
        "settings:people",
        "users",
        pgettext_lazy("settings", "People"),
        _("Who signs in, in which role and team."),
    ),
    Section(
        "fields",
        "settings.view",
        "settings:fields",
        "tag",
        pgettext_lazy("settings", "Own fields"),
        _("What you want to know of customers, people and deals besides."),
    ),
    Section(
        "playbook",
        "settings.view",
        "settings:playbook",
        "target",
        pgettext_lazy("settings", "Playbook"),
        _("The numbers of the method, the class cards and the scripts."),
    ),
    Section(
        "audit",
        "journal.audit",
        "settings:audit",
        "history",
        pgettext_lazy("settings", "Audit log"),
        _("Who did what, when, and through which door."),
    ),
    Section(
        "recycle",
        "settings.view",
        "recycle:list",
        "trash",
        _("Recycle bin"),
        _("What was deleted or taken back, and the way back."),
    ),
    Section(
        "backups",
        "backup.view",
        "backups:list",
        "archive",
        _("Backups"),
        _("When the latest was made, and how to bring one back."),
    ),
    Section(
        "account",
        "account.take",
        "settings:account",
        "download",
        _("Whole account"),
        _("Everything in one archive, for other programs or another Wendu."),
    ),
)


def sections_of(request: HttpRequest) -> list[Section]:
    """The rooms this person may enter."""
    return [each for each in SECTIONS if can(request.user, each.verb)]


def enter(request: HttpRequest, key: str) -> Section:
    """The room itself; for whoever may not enter there is none."""
    section = next(each for each in SECTIONS if each.key == key)
    if not can(person(request), section.verb):
        raise Http404
    return section


def shown(
    request: HttpRequest, section: Section, template: str, context: Mapping[str, Any], *, status: int = 200
) -> HttpResponse:
    """A page of a room, with the way to the others."""
    around = {"section": section, "sections": sections_of(request)}
    return render(request, template, {**around, **context}, status=status)
