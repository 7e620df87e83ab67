"""A draft of a playbook: its forms, thrown away and fetched back, and let count."""

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
from wendu.desk.wording import lang
from wendu.kernel.clock import now
from wendu.packs.actions import PackRefused, discard_draft, edit_draft, publish_draft, restore_draft
from wendu.packs.models import Pack
from wendu.packs.queries import content_of, current_playbook, drafts, is_behind, read
from wendu.playbooks import dump
from wendu.playbooks.paths import differences
from wendu.web.customers.asking import Question, ask
from wendu.web.fragments import person
from wendu.web.settings.answers import done
from wendu.web.settings.playbook.cells import (
    Sheet,
    all_cells,
    blame,
    card_sheets,
    fill,
    for_whom,
    number_sheet,
    play_sheets,
)
from wendu.web.settings.playbook.forms import NoteForm
from wendu.web.settings.playbook.layout import ALL, CARDS, FORMS, PLAYS, Form
from wendu.web.settings.playbook.previews import glance
from wendu.web.settings.playbook.told import changes_in_words, form_of
from wendu.web.settings.sections import enter, shown

KEY = "playbook"


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
    """One form of a draft: numbers as tables, or the class cards."""
    found = found_draft(request, uuid)
    layout = next((each for each in (*FORMS, CARDS) if each.key == key), None)
    if layout is None:
        raise Http404
    content = content_of(found)
    sheets = card_sheets(content) if layout is CARDS else [number_sheet(content, block) for block in layout.blocks]
    back = reverse("settings:draft", args=[uuid])
    return _edited(request, found, layout, sheets, title=str(layout.label), back=back)


@require_safe
def plays(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """All plays of a draft, by the situation they are for."""
    found = found_draft(request, uuid)
    section = enter(request, KEY)
    playbook, content = read(found.content), content_of(found)
    names = {situation: words.name for situation, words in playbook.situations.items()}
    rows = [
        (
            ", ".join(names[each].of(lang()) for each in play.when.situations),
            play.key,
            play.do.of(lang()),
            for_whom(play.when.classes, play.when.markets, content),
        )
        for play in playbook.plays
    ]
    return shown(request, section, "settings/playbook/plays.html", {"draft": found, "rows": rows, "form": PLAYS})


@require_http_methods(["GET", "HEAD", "POST"])
def play(request: HttpRequest, uuid: UUID, key: str) -> HttpResponse:
    """One play and its scripts."""
    found = found_draft(request, uuid)
    content = content_of(found)
    place = next((number for number, each in enumerate(content["plays"]) if each["key"] == key), None)
    if place is None:
        raise Http404
    title = content["plays"][place]["do"][lang()]
    back = reverse("settings:draft_plays", args=[uuid])
    return _edited(request, found, PLAYS, play_sheets(content, place), title=title, back=back)


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


def found_draft(request: HttpRequest, uuid: UUID) -> Pack:
    """The draft an address names, for who may see the settings."""
    enter(request, KEY)
    found: Pack = get_object_or_404(drafts(person(request)), uuid=uuid)
    return found


def _edited(
    request: HttpRequest, found: Pack, layout: Form, sheets: list[Sheet], *, title: str, back: str
) -> HttpResponse:
    section, user, rest = enter(request, KEY), person(request), list[str]()
    if request.method == "POST":
        permit(user, "pack.edit", found)
        values = fill(sheets, request.POST.dict())
        if not any(cell.errors for cell in all_cells(sheets)):
            try:
                edit_draft(draft=found, values=values, actor=user, at=now(), seen=seen_revision(request))
            except PackRefused as refused:
                rest = blame(sheets, refused.problems)
            else:
                return done(request, _("Saved in the draft."), back)
    wrong = [cell for cell in all_cells(sheets) if cell.errors]
    context = {
        "draft": found,
        "layout": layout,
        "sheets": sheets,
        "title": title,
        "wrong": wrong,
        "rest": rest,
        "back": back,
        "may_edit": can(user, "pack.edit"),
    }
    return shown(request, section, "settings/playbook/form.html", context, status=422 if wrong or rest else 200)


def seen_revision(request: HttpRequest) -> int | None:
    """Which state of the draft the form was filled in on."""
    text = request.POST.get("seen", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < len("1000000000") else None


def _address(found: Pack) -> str:
    return reverse("settings:draft", args=[found.uuid])
