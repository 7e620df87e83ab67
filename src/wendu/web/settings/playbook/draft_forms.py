"""The forms of a draft: numbers as tables, sentences in both languages, and the lists a house writes itself."""

import re
from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from wendu.packs.models import Pack
from wendu.packs.queries import content_of
from wendu.playbooks.problems import Problem
from wendu.web.settings.playbook.boxes import Sheet
from wendu.web.settings.playbook.editing import Editing, Values, edited, found_draft
from wendu.web.settings.playbook.entries import EntriesForm
from wendu.web.settings.playbook.filling import all_cells, blame, fill
from wendu.web.settings.playbook.gates_form import GatesForm
from wendu.web.settings.playbook.layout import (
    ADVICE,
    ALL,
    CARDS,
    CAUSES,
    CHECKLIST,
    GATES,
    NAMES,
    NEUTRAL,
    PLAYS,
    QUESTIONS,
    REASONS,
    SPIN,
    TALKS,
    TRACK,
    URGENCY,
    Form,
)
from wendu.web.settings.playbook.list_forms import causes_form, questions_form, track_form
from wendu.web.settings.playbook.play_form import new_code
from wendu.web.settings.playbook.ranking import RankingForm
from wendu.web.settings.playbook.sheets import card_sheets, name_sheets, number_sheet
from wendu.web.settings.playbook.word_sheets import (
    advice_sheets,
    checklist_sheets,
    neutral_sheets,
    reason_sheets,
    slots,
    talk_sheets,
)

LISTS: dict[str, Callable[[Values], EntriesForm | RankingForm | GatesForm]] = {
    QUESTIONS.key: questions_form,
    TRACK.key: track_form,
    CAUSES.key: causes_form,
    URGENCY.key: RankingForm.of,
    GATES.key: GatesForm.of,
}
WORDS: dict[str, Callable[[Values], list[Sheet]]] = {
    CARDS.key: card_sheets,
    CHECKLIST.key: checklist_sheets,
    ADVICE.key: advice_sheets,
    REASONS.key: reason_sheets,
    NEUTRAL.key: neutral_sheets,
    TALKS.key: talk_sheets,
}
FILLED_IN = (TRACK, ADVICE, REASONS, TALKS)
"""In the sentences of these forms values are filled in, which the page lists."""
_NEW = re.compile(r"own_[0-9a-f]{10}")


@require_http_methods(["GET", "HEAD", "POST"])
def form(request: HttpRequest, uuid: UUID, key: str) -> HttpResponse:
    """One form of a draft."""
    found = found_draft(request, uuid)
    layout = next((each for each in ALL if each.key == key and each not in (PLAYS, SPIN)), None)
    if layout is None:
        raise Http404
    content, back = content_of(found), reverse("settings:draft", args=[uuid])
    if layout is NAMES:
        return edited(request, _names(found, content, request.POST, back))
    editing = (_list if key in LISTS else _tables)(found, layout, content, back)
    editing.more = {"slots": slots()} if layout in FILLED_IN else {}
    return edited(request, editing)


def _list(found: Pack, layout: Form, content: dict[str, Any], back: str) -> Editing:
    """Entries written freely; those taken out stand below."""
    made = LISTS[layout.key](content)
    editing = Editing(found, layout, str(layout.label), back, made.sheets, made.read, made.blame, content)
    editing.aside = made.root if isinstance(made, EntriesForm) else ""
    editing.picks = made.picks if isinstance(made, GatesForm) else []
    return editing


def _tables(found: Pack, layout: Form, content: dict[str, Any], back: str) -> Editing:
    """Numbers and sentences of which none comes or goes."""
    draw = WORDS.get(layout.key)
    sheets = draw(content) if draw else [number_sheet(content, block) for block in layout.blocks]

    def read_form(asked: HttpRequest) -> tuple[Values, Values]:
        return fill(sheets, asked.POST.dict()), {}

    return Editing(
        found, layout, str(layout.label), back, sheets, read_form, partial(_blamed, sheets, content), content
    )


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
