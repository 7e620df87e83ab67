"""The plays of a draft: listed, written, added, copied, taken out and put back."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from wendu.access.verbs import can
from wendu.kernel.clock import now
from wendu.packs.actions import PackRefused, remove_piece, return_piece
from wendu.packs.models import Pack
from wendu.packs.queries import content_of, read, taken_out
from wendu.playbooks import never_chosen
from wendu.web.fragments import person
from wendu.web.settings.answers import done
from wendu.web.settings.playbook.editing import (
    KEY,
    Editing,
    Values,
    edited,
    found_draft,
    page,
    refused_words,
    seen_revision,
)
from wendu.web.settings.playbook.layout import NAMES, PLAYS, form_of
from wendu.web.settings.playbook.play_form import PlayForm, blank, whom
from wendu.web.settings.playbook.speaking import spoken
from wendu.web.settings.playbook.values import value_words
from wendu.web.settings.sections import enter, shown


@require_safe
def plays(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """All plays of a draft, by the situation they are for."""
    found = found_draft(request, uuid)
    section, content = enter(request, KEY), content_of(found)
    idle = never_chosen(read(found.content))
    context = {
        "draft": found,
        "form": PLAYS,
        "groups": _groups(content, idle),
        "aside": [(place, value_words(place, piece, (content,))) for place, piece in taken_out(found, "plays")],
        "may_edit": can(person(request), "pack.edit"),
    }
    return shown(request, section, "settings/playbook/plays.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def play(request: HttpRequest, uuid: UUID, key: str) -> HttpResponse:
    """One play and its scripts."""
    found = found_draft(request, uuid)
    return edited(request, _editing(found, content_of(found), key))


@require_http_methods(["GET", "HEAD", "POST"])
def adding(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """A play that is not there yet: empty, for one situation, or with the words of another one."""
    found = found_draft(request, uuid)
    content = content_of(found)
    copied, situation = request.GET.get("like", ""), request.GET.get("situation", "")
    extended = blank(content, like=copied, situation=situation)
    form = PlayForm.of(extended, len(content["plays"]))
    back = reverse("settings:draft_plays", args=[found.uuid])
    editing = Editing(found, PLAYS, _("New play"), back, form.sheets, lambda _r: ({}, {}), form.blame, extended)
    editing.picks = form.picks
    editing.read = lambda asked: ({}, {f"plays.{form.key}": form.whole(*form.read(asked.POST))})
    return edited(request, editing)


@require_POST
def removing(request: HttpRequest, uuid: UUID, key: str) -> HttpResponse:
    """Take a play out; refused where customers would be left without any."""
    found = found_draft(request, uuid)
    content = content_of(found)
    form, place = _editing(found, content, key), f"plays.{key}"
    try:
        remove_piece(draft=found, place=place, actor=person(request), at=now(), seen=seen_revision(request))
    except PackRefused as refused:
        return page(request, form, refused_words(refused, content))
    undo = reverse("settings:draft_putting_back", args=[uuid, place])
    return done(request, _("Taken out of the draft."), form.back, undo_url=undo)


@require_POST
def putting_back(request: HttpRequest, uuid: UUID, place: str) -> HttpResponse:
    """Put a piece back that was taken out."""
    found = found_draft(request, uuid)
    return_piece(draft=found, place=place, actor=person(request), at=now())
    return done(request, _("Put back."), _where(found, place))


def _editing(found: Pack, content: Values, key: str) -> Editing:
    place = next((number for number, each in enumerate(content["plays"]) if each["key"] == key), None)
    if place is None:
        raise Http404
    form, back = PlayForm.of(content, place), reverse("settings:draft_plays", args=[found.uuid])
    before = never_chosen(read(found.content)).get(key, "")
    more = {
        "play_key": key,
        "copy_url": f"{reverse('settings:draft_play_new', args=[found.uuid])}?{urlencode({'like': key})}",
        "chosen_before": next(
            ((each["key"], spoken(each["do"])) for each in content["plays"] if each["key"] == before), None
        ),
    }
    title = spoken(content["plays"][place]["do"])
    editing = Editing(found, PLAYS, title, back, form.sheets, lambda asked: form.read(asked.POST), form.blame, content)
    editing.picks, editing.aside, editing.more = form.picks, f"plays.{key}.scripts", more
    return editing


def _groups(content: Values, idle: dict[str, str]) -> list[dict[str, Any]]:
    """The plays by the situations they are for, in the order in which those come up first."""
    groups: dict[tuple[str, ...], list[tuple[str, str, list[str], bool]]] = {}
    for each in content["plays"]:
        row = (each["key"], spoken(each["do"]), whom(each, content), each["key"] in idle)
        groups.setdefault(tuple(each["when"]["situations"]), []).append(row)
    known = content["situations"]
    return [
        {
            "title": pgettext("list", ", ").join(spoken(known[code]["name"]) for code in codes),
            "situation": codes[0],
            "rows": rows,
        }
        for codes, rows in groups.items()
    ]


def _where(found: Pack, place: str) -> str:
    way = place.split(".")
    if way[0] == "plays" and len(way) > len(("plays", "key")):
        return reverse("settings:draft_play", args=[found.uuid, way[1]])
    if way[0] == "plays":
        return reverse("settings:draft_plays", args=[found.uuid])
    if way[0] == "spin":
        return reverse("settings:draft_spin", args=[found.uuid])
    return reverse("settings:draft_form", args=[found.uuid, form_of(place) or NAMES.key])
