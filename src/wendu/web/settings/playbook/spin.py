"""The question bank of a draft: its problems listed by trade, written, added, copied and taken out."""

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
from wendu.packs.actions import PackRefused, remove_piece
from wendu.packs.models import Pack
from wendu.packs.queries import content_of, taken_out
from wendu.playbooks.talks import STEPS
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
from wendu.web.settings.playbook.layout import SPIN
from wendu.web.settings.playbook.speaking import spoken
from wendu.web.settings.playbook.spin_form import ProblemForm, blank_problem
from wendu.web.settings.playbook.values import value_words
from wendu.web.settings.sections import enter, shown

GONE = "gone"


@require_safe
def bank(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """All problems of a draft, by the first trade they come up in."""
    found = found_draft(request, uuid)
    section, content = enter(request, KEY), content_of(found)
    context = {
        "draft": found,
        "form": SPIN,
        "groups": _groups(content),
        "aside": [(place, value_words(place, piece, (content,))) for place, piece in taken_out(found, "spin")],
        "may_edit": can(person(request), "pack.edit"),
    }
    return shown(request, section, "settings/playbook/bank.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def problem(request: HttpRequest, uuid: UUID, code: str) -> HttpResponse:
    """One problem and its questions."""
    found = found_draft(request, uuid)
    return edited(request, _editing(found, content_of(found), code))


@require_http_methods(["GET", "HEAD", "POST"])
def adding(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """A problem that is not there yet: empty, or with the words of another one."""
    found = found_draft(request, uuid)
    content = content_of(found)
    extended = blank_problem(content, like=request.GET.get("like", ""))
    form = ProblemForm.of(extended, len(content["spin"]))
    editing = Editing(found, SPIN, _("New problem"), _back(found), form.sheets, _nothing, form.blame, extended)
    editing.picks = form.picks
    editing.read = lambda asked: ({}, {f"spin.{form.code}": form.whole(*form.read(asked.POST))})
    return edited(request, editing)


@require_POST
def removing(request: HttpRequest, uuid: UUID, code: str) -> HttpResponse:
    """Take a problem with its questions out; talks planned with them keep their words."""
    found = found_draft(request, uuid)
    content = content_of(found)
    form, place = _editing(found, content, code), f"spin.{code}"
    try:
        remove_piece(draft=found, place=place, actor=person(request), at=now(), seen=seen_revision(request))
    except PackRefused as refused:
        return page(request, form, refused_words(refused, content))
    undo = reverse("settings:draft_putting_back", args=[uuid, place])
    return done(request, _("Taken out of the draft."), form.back, undo_url=undo)


def _nothing(_request: HttpRequest) -> tuple[Values, Values]:
    """Nothing is read of a form before it is whole."""
    return {}, {}


def _editing(found: Pack, content: Values, code: str) -> Editing:
    place = next((number for number, each in enumerate(content["spin"]) if each["code"] == code), None)
    if place is None:
        raise Http404
    form, title = ProblemForm.of(content, place), spoken(content["spin"][place]["name"])
    editing = Editing(
        found, SPIN, title, _back(found), form.sheets, lambda asked: form.read(asked.POST), form.blame, content
    )
    editing.picks, editing.aside = form.picks, f"spin.{code}"
    copy = f"{reverse('settings:draft_spin_new', args=[found.uuid])}?{urlencode({'like': code})}"
    taking = reverse("settings:draft_spin_removing", args=[found.uuid, code])
    editing.more = {"copy_url": copy, "removing_url": taking if len(content["spin"]) > 1 else ""}
    return editing


def _groups(content: Values) -> list[dict[str, Any]]:
    """The problems by trade; those of private persons and those of any trade stand apart."""
    trades = content["factors"]["industry"]
    groups: dict[str, list[tuple[str, str, int]]] = {}
    for each in content["spin"]:
        row = (each["code"], spoken(each["name"]), sum(len(each[step]) for step in STEPS))
        groups.setdefault(_group(each, trades), []).append(row)
    names = {
        "b2c": spoken(content["factors"]["market"]["b2c"]["name"]),
        "": pgettext("playbook", "Any trade"),
        **{code: spoken(trade["name"]) for code, trade in trades.items()},
    }
    gone = pgettext("playbook", "Trades no longer on the list")
    return [{"title": names.get(key, gone), "rows": rows} for key, rows in groups.items()]


def _group(problem: Values, trades: Values) -> str:
    if "b2c" in problem["markets"]:
        return "b2c"
    named = problem["industries"]
    return next((code for code in named if code in trades), GONE) if named else ""


def _back(found: Pack) -> str:
    return reverse("settings:draft_spin", args=[found.uuid])
