"""One form of a draft: shown, taken, and sent back with what is wrong."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from wendu.access.verbs import can, permit
from wendu.kernel.clock import now
from wendu.kernel.errors import ActionError
from wendu.packs.actions import PackRefused, edit_draft, remove_piece
from wendu.packs.models import Pack
from wendu.packs.queries import drafts, taken_out
from wendu.packs.references import PieceInUse
from wendu.playbooks.problems import Problem
from wendu.web.fragments import person
from wendu.web.settings.answers import done
from wendu.web.settings.playbook.boxes import Cell, Pick, Sheet
from wendu.web.settings.playbook.entries import DOWN, UP, WITHOUT
from wendu.web.settings.playbook.filling import all_cells, all_picks, blame
from wendu.web.settings.playbook.layout import Form
from wendu.web.settings.playbook.values import value_words
from wendu.web.settings.sections import enter, shown

KEY = "playbook"
Values = Mapping[str, Any]


@dataclass
class Editing:
    """A form of a draft: its boxes, where it leads, how it is read, and at which box a refusal is said."""

    draft: Pack
    layout: Form
    title: str
    back: str
    sheets: list[Sheet]
    read: Callable[[HttpRequest], tuple[Values, Values]]
    blame: Callable[[tuple[Problem, ...]], list[str]]
    content: Values
    picks: list[Pick] = field(default_factory=list)
    aside: str = ""
    more: dict[str, Any] = field(default_factory=dict)

    @property
    def wrong(self) -> list[Cell | Pick]:
        """The boxes with something wrong said at them."""
        boxes: list[Cell | Pick] = [*self.picks, *all_cells(self.sheets), *all_picks(self.sheets)]
        return [box for box in boxes if box.errors]


def found_draft(request: HttpRequest, uuid: UUID) -> Pack:
    """The draft an address names, for who may see the settings."""
    enter(request, KEY)
    found: Pack = get_object_or_404(drafts(person(request)), uuid=uuid)
    return found


def edited(request: HttpRequest, form: Editing) -> HttpResponse:
    """Show the form; or save it, take out the piece whose button was pressed, and say what was done."""
    rest = list[str]()
    if request.method == "POST":
        permit(person(request), "pack.edit", form.draft)
        values, added = form.read(request)
        if not form.wrong:
            try:
                return _saved(request, form, values, added)
            except PackRefused as refused:
                rest = form.blame(refused.problems)
            except PieceInUse as refused:
                rest = [refused.text()]
    return page(request, form, rest)


def page(request: HttpRequest, form: Editing, rest: list[str]) -> HttpResponse:
    """The form with what is wrong in it."""
    section, user = enter(request, KEY), person(request)
    aside = taken_out(form.draft, form.aside) if form.aside else []
    context = {
        "draft": form.draft,
        "layout": form.layout,
        "sheets": form.sheets,
        "picks": form.picks,
        "title": form.title,
        "wrong": form.wrong,
        "rest": rest,
        "back": form.back,
        "aside": [(place, value_words(place, piece, (form.content,))) for place, piece in aside],
        "may_edit": can(user, "pack.edit"),
        **form.more,
    }
    status = 422 if form.wrong or rest else 200
    return shown(request, section, "settings/playbook/form.html", context, status=status)


def refused_words(refused: ActionError, content: Values) -> list[str]:
    """Why something was refused, a line each."""
    return blame((), refused.problems, content) if isinstance(refused, PackRefused) else [refused.text()]


def seen_revision(request: HttpRequest) -> int | None:
    """Which state of the draft the form was filled in on."""
    text = request.POST.get("seen", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < len("1000000000") else None


def _saved(request: HttpRequest, form: Editing, values: Values, added: Values) -> HttpResponse:
    known: dict[str, Any] = {"draft": form.draft, "actor": person(request), "at": now(), "seen": seen_revision(request)}
    place = request.POST.get(WITHOUT, "")
    if place and place in _removable(form):
        remove_piece(place=place, values=values, **known)
        undo = reverse("settings:draft_putting_back", args=[form.draft.uuid, place])
        return done(request, _("Taken out of the draft."), request.get_full_path(), undo_url=undo)
    edit_draft(values=values, added=added, **known)
    stays = UP in request.POST or DOWN in request.POST
    return done(request, _("Saved in the draft."), request.get_full_path() if stays else form.back)


def _removable(form: Editing) -> set[str]:
    """The pieces the form has buttons for."""
    rows = {row.remove for sheet in form.sheets for row in sheet.rows}
    return rows | {sheet.remove for sheet in form.sheets}
