"""What publishing a draft would do: asked for, worked out by a job, and listed customer by customer."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from wendu.coach.choices import Aspect
from wendu.coach.models import Effect, Preview
from wendu.coach.preview import ask_preview, counts, effects, key_of, moves
from wendu.jobs.models import Job
from wendu.kernel.clock import now
from wendu.packs.models import Pack
from wendu.packs.queries import drafts, read
from wendu.web.fragments import person
from wendu.web.settings.answers import done
from wendu.web.settings.playbook.told import effect_words
from wendu.web.settings.playbook.work import shown_work
from wendu.web.settings.sections import enter, shown

KEY = "playbook"
PAGE = 50


@require_POST
def asking(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Have it worked out."""
    found = _draft(request, uuid)
    ask_preview(draft=found, actor=person(request), at=now())
    words = _("It is being worked out; look again in a moment.")
    return done(request, words, reverse("settings:draft", args=[uuid]) + "#effect")


@require_safe
def effect(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """One aspect of it, customer by customer."""
    found = _draft(request, uuid)
    section, user = enter(request, KEY), person(request)
    preview = Preview.objects.exclude(done_at=None).filter(pack=found).first()
    asked = request.GET.get("aspect", "")
    aspect = asked if asked in Aspect.values else Aspect.QUADRANT.value
    rows = _rows(user, preview, aspect, after=_after(request))
    playbook, known = read(found.content), counts(user, preview) if preview else {}
    here = reverse("settings:draft_effect", args=[uuid])
    context = {
        "draft": found,
        "is_old": preview is None or preview.revision != found.revision,
        "tabs": [
            (f"{each.label} {known.get(each.value, 0):,}", f"{here}?aspect={each.value}", each.value == aspect)
            for each in Aspect
        ],
        "rows": [
            (row.customer, effect_words(aspect, row.before, playbook), effect_words(aspect, row.after, playbook))
            for row in rows[:PAGE]
        ],
        "next_url": f"{here}?{urlencode({'aspect': aspect, 'after': rows[PAGE - 1].customer_id})}"
        if len(rows) > PAGE
        else "",
    }
    return shown(request, section, "settings/playbook/effect.html", context)


def _rows(user: Any, preview: Preview | None, aspect: str, *, after: int) -> list[Effect]:
    if preview is None:
        return []
    return list(effects(user, preview, aspect).filter(customer_id__gt=after)[: PAGE + 1])


def glance(user: Any, draft: Pack, preview: Preview | None) -> dict[str, Any]:
    """What a preview says at a glance, or how far it is."""
    if preview is None:
        return {"preview": None}
    work = shown_work(user, Job.objects.filter(key=key_of(preview)).order_by("-pk").first())
    is_old = preview.revision != draft.revision
    told = [] if preview.done_at is None else _told(user, preview)
    return {"preview": preview, "preview_work": None if is_old else work, "is_old": is_old, "told": told}


def _told(user: Any, preview: Preview) -> list[tuple[str, str]]:
    playbook = read(preview.pack.content)
    lines = [
        (
            Aspect.QUADRANT.value,
            ngettext(
                "%(n)s customer would move from %(before)s to %(after)s",
                "%(n)s customers would move from %(before)s to %(after)s",
                move.count,
            )
            % {
                "n": f"{move.count:,}",
                "before": effect_words(move.aspect, move.before, playbook),
                "after": effect_words(move.aspect, move.after, playbook),
            },
        )
        for move in moves(user, preview)
        if move.aspect == Aspect.QUADRANT
    ]
    known = counts(user, preview)
    return lines + [(code, words % {"n": f"{known[code]:,}"}) for code, words in _plain(known) if known.get(code)]


def _plain(known: dict[str, int]) -> list[tuple[str, str]]:
    return [
        ("window", ngettext("%(n)s signing window changes", "%(n)s signing windows change", known.get("window", 0))),
        ("due", ngettext("%(n)s next due day moves", "%(n)s next due days move", known.get("due", 0))),
        (
            "gap",
            ngettext(
                "%(n)s cold gap begins on another day", "%(n)s cold gaps begin on another day", known.get("gap", 0)
            ),
        ),
        (
            "heat",
            ngettext("%(n)s temperature of today differs", "%(n)s temperatures of today differ", known.get("heat", 0)),
        ),
        (
            "strike",
            ngettext(
                "%(n)s customer has other strike alerts",
                "%(n)s customers have other strike alerts",
                known.get("strike", 0),
            ),
        ),
    ]


def _draft(request: HttpRequest, uuid: UUID) -> Pack:
    enter(request, KEY)
    found: Pack = get_object_or_404(drafts(person(request)), uuid=uuid)
    return found


def _after(request: HttpRequest) -> int:
    text = request.GET.get("after", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < len(str(2**63)) else 0
