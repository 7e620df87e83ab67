"""Whom to ask for the next order: in their window, late, or soon, each with why, what for, and words to open with."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wendu.agreements.models import Order
from wendu.care.facts import percent_of, satisfactions_of
from wendu.coach.frame import Frame
from wendu.coach.models import Standing
from wendu.desk.wording import lang
from wendu.desk.wording_life import STAGES
from wendu.identity.models import User
from wendu.insights.choices import Speaker
from wendu.insights.models import Score
from wendu.insights.queries import latest_study
from wendu.method.codes import Status
from wendu.method.lifecycle import PRODUCT, Lifecycle
from wendu.method.purchase import Step, Turn, Window, turn, two_steps
from wendu.method.reading import Reading
from wendu.playbooks import Playbook, Situation
from wendu.playbooks.match import pick_play, pick_script
from wendu.touches.facts import open_tail_counts

AHEAD = timedelta(days=30)
SHOWN, PERCENT = 30, 100


@dataclass(frozen=True, slots=True)
class Due:
    """One customer to ask, with everything its line says."""

    uuid: UUID
    name: str
    owner: str
    stage: str
    turn: Turn
    expected_on: date
    window: tuple[date, date]
    why: str
    what_for: str
    step: str
    talk: str
    chance: int | None
    revenue_minor: int


@dataclass(frozen=True, slots=True)
class Group:
    """Those in one place around their window: how many, and a page of them."""

    turn: Turn
    count: int
    rows: tuple[Due, ...]
    page: Page[Score]


@dataclass(frozen=True, slots=True)
class Again:
    """Everything the page shows."""

    frame: Frame
    groups: tuple[Group, ...]
    unknown: int
    by_model: bool
    horizon_days: int
    scored_on: date | None


def again_page(user: User, at: datetime, pages: Mapping[str, str]) -> Again:
    """Read whom one sees and should ask: ten queries, however many there are; `pages` says where each group is."""
    frame, study = Frame.at(at), latest_study()
    by_model = study is not None and study.speaker == Speaker.MODEL
    seen = Score.objects.visible_to(user).filter(order_days__gt=0).exclude(stage=Lifecycle.CHURNED)
    order = ["-chance", "-revenue_minor", "pk"] if by_model else ["-revenue_minor", "pk"]
    found = {}
    for place, test in tests(frame.today).items():
        rows = seen.filter(test).select_related("customer__owner").order_by(*order)
        found[place] = Paginator(rows, SHOWN).get_page(pages.get(place.value))
    around = _around([score for page in found.values() for score in page], frame)
    return Again(
        frame=frame,
        groups=tuple(
            Group(
                place,
                page.paginator.count,
                tuple(_due(score, around, frame, by_model=by_model) for score in page),
                page,
            )
            for place, page in found.items()
        ),
        unknown=seen.filter(every_days__isnull=True).count(),
        by_model=by_model,
        horizon_days=study.horizon_days if study else 0,
        scored_on=study.on if study else None,
    )


def tests(today: date) -> dict[Turn, Q]:
    """Who stands where around the window of its next order."""
    late = Q(window_to__lt=today, over_on__gt=today)
    return {
        Turn.IN_WINDOW: Q(window_from__lte=today, window_to__gte=today),
        Turn.LATE: late,
        Turn.EARLY: Q(window_from__gt=today, window_from__lte=today + AHEAD),
    }


@dataclass(frozen=True, slots=True)
class Around:
    """What else a line needs, by customer: why they bought last, problems left open, how content, how they stand."""

    reasons: Mapping[int, str]
    problems: Mapping[int, int]
    content: Mapping[int, Reading]
    stands: Mapping[int, tuple[str, str, str]]


def _around(scores: Collection[Score], frame: Frame) -> Around:
    ids = [score.pk for score in scores]
    rows = Standing.objects.filter(pk__in=ids).values_list("pk", "status", "quadrant", "stage")
    stands = {pk: (status, quadrant, stage) for pk, status, quadrant, stage in rows}
    content = satisfactions_of(ids, on=frame.today, scale=frame.scale.satisfaction)
    return Around(reasons_of(ids), open_tail_counts(ids, as_of=frame.today), content, stands)


def reasons_of(customer_ids: Collection[int]) -> dict[int, str]:
    """Why each customer bought at the latest time anybody wrote it down: need, reason and scenario (one query)."""
    told = Order.objects.counted().filter(customer_id__in=customer_ids).exclude(need="", reason="", scenario="")
    found: dict[int, str] = {}
    for pk, *words in told.order_by("ordered_on", "pk").values_list("customer_id", "need", "reason", "scenario"):
        found[pk] = " · ".join(each for each in words if each)
    return found


def _due(score: Score, around: Around, frame: Frame, *, by_model: bool) -> Due:
    place = turn(window_of(score), frame.today)
    status, quadrant, stage = around.stands.get(score.pk, ("", "", ""))
    problems = around.problems.get(score.pk, 0)
    step = two_steps(
        has_new_need=bool(stage) or place in (Turn.IN_WINDOW, Turn.LATE),
        satisfaction=percent_of(around.content, score.pk),
        open_problems=problems,
        satisfied_from=frame.scale.satisfaction.satisfied_from,
        is_asleep=score.stage == Lifecycle.DORMANT,
    )
    customer, days = score.customer, score.expected_on or frame.today
    facts = {"quadrant": quadrant, "market": customer.market, "status": status or Status.EXISTING}
    return Due(
        uuid=customer.uuid,
        name=customer.name,
        owner=customer.owner.display_name if customer.owner else "",
        stage=str(STAGES[score.stage]),
        turn=place,
        expected_on=days,
        window=(score.window_from or days, score.window_to or days),
        why=_why(score, frame.today),
        what_for=around.reasons.get(score.pk, ""),
        step=step_words(step.band, problems),
        talk=_talk(frame.playbook, score, facts),
        chance=round(PERCENT * score.chance) if by_model and score.chance is not None else None,
        revenue_minor=score.revenue_minor,
    )


def window_of(score: Score) -> Window | None:
    """The window of a score, if it has a rhythm."""
    days = (score.window_from, score.expected_on, score.window_to, score.over_on)
    return None if None in days else Window(*(day for day in days if day is not None))


def step_words(code: str, problems: int) -> str:
    """What comes next with an old customer; what is put right first is an open problem, or what they told."""
    if code == Step.FIX_FIRST and not problems:
        return _("They got less than they counted on: put it right first, then ask")
    words = {
        Step.FIX_FIRST: _("A problem is left open: solve it first, then ask"),
        Step.WAKE: _("They sleep: ask what changed, not for the next order"),
        Step.ASK: _("Ask first how the last one went"),
        Step.OFFER: _("They know what they need: offer"),
        Step.MINE: _("They are content: ask what is still open"),
    }
    return words[Step(code)]


def _why(score: Score, today: date) -> str:
    every = score.every_days or 0
    shape = (
        ngettext("the product lasts %(n)s day", "the product lasts %(n)s days", every)
        if score.every_source == PRODUCT
        else ngettext("they order every %(n)s day", "they order every %(n)s days", every)
    )
    silent = (today - score.latest_on).days if score.latest_on else 0
    ago = ngettext("%(n)s day since the latest", "%(n)s days since the latest", silent) % {"n": silent}
    return _(" · ").join((shape % {"n": every}, ago))


def _talk(book: Playbook, score: Score, facts: Mapping[str, Any]) -> str:
    """The first words of the play for the next order, or of a revisit for who sleeps, as the playbook has them."""
    situation = Situation.REVISIT_DUE if score.stage == Lifecycle.DORMANT else Situation.REPURCHASE_DUE
    play = pick_play(book, situation=situation, **facts)
    return book.say(pick_script(play, market=facts["market"]), {}, lang=lang())
