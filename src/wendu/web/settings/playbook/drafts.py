"""A draft of a playbook: its forms, thrown away and fetched back, and let count."""

import re
from functools import partial
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from wendu.access.verbs import can, permit
from wendu.coach.models import Preview
from wendu.desk.versions import version_words
from wendu.kernel.clock import now
from wendu.packs.actions import discard_draft, publish_draft, restore_draft
from wendu.packs.models import Pack
from wendu.packs.queries import content_of, current_playbook, is_behind, read
from wendu.playbooks import dump
from wendu.playbooks.paths import differences
from wendu.playbooks.problems import Problem
from wendu.web.customers.asking import Question, ask
from wendu.web.fragments import person
from wendu.web.settings.answers import done
from wendu.web.settings.playbook.boxes import Sheet
from wendu.web.settings.playbook.editing import KEY, Editing, Values, edited, found_draft
from wendu.web.settings.playbook.filling import all_cells, blame, fill
from wendu.web.settings.playbook.forms import NoteForm
from wendu.web.settings.playbook.layout import ALL, CARDS, FORMS, NAMES, form_of
from wendu.web.settings.playbook.play_form import new_code
from wendu.web.settings.playbook.previews import glance
from wendu.web.settings.playbook.sheets import card_sheets, name_sheets, number_sheet
from wendu.web.settings.playbook.told import changes_in_words
from wendu.web.settings.sections import enter, shown

_NEW = re.compile(r"own_[0-9a-f]{10}")


@require_safe
def draft(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The forms of a draft with what was changed on each, what it would do, and the way to let it count."""
    found = found_draft(request, uuid)
    section, user = enter(request, KEY), person(request)
    counting, written = current_playbook(), read(found.content)
    moved = [each for each in differences(dump(counting), dump(written)) if each.path not in ("key", "version")]
    context = {
        "draft": found,
        "base": version_words(*found.base.rsplit(" ", 1)),
        "is_behind": is_behind(found, counting),
        "counting": version_words(counting.key, counting.version),
        "forms": [(form, sum(form_of(each.path) == form.key for each in moved)) for form in ALL],
        "changes": changes_in_words(moved, written, counting),
        "may_edit": can(user, "pack.edit"),
        "may_publish": can(user, "pack.publish"),
        **glance(user, found, Preview.objects.filter(pack=found).order_by("-pk").first()),
    }
    return shown(request, section, "settings/playbook/draft.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def form(request: HttpRequest, uuid: UUID, key: str) -> HttpResponse:
    """One form of a draft: numbers as tables, the class cards, or what everything is called."""
    found = found_draft(request, uuid)
    layout = next((each for each in (NAMES, *FORMS, CARDS) if each.key == key), None)
    if layout is None:
        raise Http404
    content, back = content_of(found), reverse("settings:draft", args=[uuid])
    if layout is NAMES:
        return edited(request, _names(found, content, request.POST, back))
    sheets = card_sheets(content) if layout is CARDS else [number_sheet(content, block) for block in layout.blocks]
    blaming = partial(_blamed, sheets, content)

    def read_form(asked: HttpRequest) -> tuple[Values, Values]:
        return fill(sheets, asked.POST.dict()), {}

    return edited(request, Editing(found, layout, str(layout.label), back, sheets, read_form, blaming, content))


@require_http_methods(["GET", "HEAD", "POST"])
def publication(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Let a draft count, with a word for the list of versions."""
    found = found_draft(request, uuid)
    user = person(request)
    permit(user, "pack.publish")

    def act(said: dict[str, Any]) -> HttpResponse:
        pack = publish_draft(draft=found, actor=user, at=now(), note=said["note"], seen=said["seen"])
        words = _("%(version)s counts now; everybody is being judged anew.")
        return done(request, words % {"version": version_words(pack.key, pack.version)}, reverse("settings:playbook"))

    intro = _("From now on everybody is judged by it; all customers are judged anew. You can go back at any time.")
    question = Question(_("Publish"), _("Publish"), back=_address(found), intro=intro)
    return ask(request, NoteForm(request.POST or None, initial={"seen": found.revision}), question, act)


@require_POST
def discarding(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Throw a draft away."""
    found = found_draft(request, uuid)
    discard_draft(draft=found, actor=person(request), at=now())
    undo = reverse("settings:draft_return", args=[uuid])
    return done(request, _("The draft is thrown away."), reverse("settings:playbook"), undo_url=undo)


@require_POST
def returning(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Fetch a draft back."""
    enter(request, KEY)
    thrown: Pack = get_object_or_404(Pack.objects.filter(published_at=None, discarded_at__isnull=False), uuid=uuid)
    restore_draft(draft=thrown, actor=person(request), at=now())
    return done(request, _("The draft is back."), _address(thrown))


def _names(found: Pack, content: dict[str, Any], posted: Any, back: str) -> Editing:
    """What everything is called; a name in the empty row makes one more trade."""
    root = "factors.industry"
    typed = (path.split(".")[2] for path in posted if path.startswith(f"{root}.") and path.endswith(".name.zh"))
    fresh = next((code for code in typed if _NEW.fullmatch(code) and code not in content["factors"]["industry"]), "")
    sheets = name_sheets(content, fresh or new_code())
    row = sheets[1].rows[-1]

    def read_names(request: HttpRequest) -> tuple[Values, Values]:
        values = fill(sheets, request.POST.dict())
        place = row.base.removesuffix(".name")
        return values, {} if row.is_empty else {place: {"name": row.words, "factor": 1.0}}

    blaming = partial(_blamed, sheets, content)
    return Editing(found, NAMES, str(NAMES.label), back, sheets, read_names, blaming, content, aside=root)


def _blamed(sheets: list[Sheet], content: Values, problems: tuple[Problem, ...]) -> list[str]:
    return blame(all_cells(sheets), problems, content)


def _address(found: Pack) -> str:
    return reverse("settings:draft", args=[found.uuid])
