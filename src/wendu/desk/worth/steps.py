"""The two steps of a purchase in words: what an old customer needs next, and from whom it would buy (method: 3.26)."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from wendu.care.facts import percent_of, satisfactions_of
from wendu.coach.frame import Frame
from wendu.coach.models import Standing
from wendu.desk.worth.again import step_words, window_of
from wendu.discovery.facts import Need, needs_after_winning
from wendu.insights.models import Score
from wendu.method.lifecycle import Lifecycle
from wendu.method.purchase import NewNeed, Turn, Whom, from_whom, new_need, turn, two_steps
from wendu.method.reading import Reading
from wendu.touches.facts import open_tail_counts


class Around(NamedTuple):
    """What the two steps of several customers follow from: needs, open problems, how content, who is in a deal."""

    needs: Mapping[int, list[Need]]
    problems: Mapping[int, int]
    content: Mapping[int, Reading]
    in_deal: Collection[int]


@dataclass(frozen=True, slots=True)
class TwoSteps:
    """What, from whom, the hints of a new need, and what comes next."""

    what: str
    whom: str
    hints: tuple[str, ...]
    next: str


def around(customer_ids: Collection[int], frame: Frame) -> Around:
    """Read it of these customers (six queries)."""
    deals = Standing.objects.filter(pk__in=customer_ids).exclude(stage="").values_list("pk", flat=True)
    content = satisfactions_of(customer_ids, on=frame.today, scale=frame.scale.satisfaction)
    problems = open_tail_counts(customer_ids, as_of=frame.today)
    return Around(needs_after_winning(customer_ids), problems, content, set(deals))


def steps_of(score: Score, near: Around, frame: Frame) -> TwoSteps:
    """Where one customer stands."""
    problems, place = near.problems.get(score.pk, 0), turn(window_of(score), frame.today)
    hints = tuple(_hints(near.needs.get(score.pk, ()), frame))
    in_deal, is_due = score.pk in near.in_deal, place in (Turn.IN_WINDOW, Turn.LATE)
    felt: dict[str, Any] = {
        "satisfaction": percent_of(near.content, score.pk),
        "open_problems": problems,
        "satisfied_from": frame.scale.satisfaction.satisfied_from,
    }
    step = two_steps(
        has_new_need=in_deal or is_due or bool(hints),
        **felt,
        is_asleep=score.stage == Lifecycle.DORMANT,
    )
    return TwoSteps(
        what=_what(in_deal=in_deal, is_due=is_due, has_hint=bool(hints)),
        whom=_whom(from_whom(**felt), problems),
        hints=hints,
        next=step_words(step.band, problems),
    )


def _hints(needs: Collection[Need], frame: Frame) -> list[str]:
    """Needs that are not met, and needs something meets better than what they have."""
    told = ((need, new_need(need.met, frame.scale.deal.demand.better_from)) for need in needs)
    shapes = {
        NewNeed.UNMET: _("Not met by what they have: %(need)s"),
        NewNeed.BETTER: _("A better solution for “%(need)s”: %(idea)s, %(then)s of 10 instead of %(now)s"),
    }
    return [
        shapes[NewNeed(reading.band)]
        % {"need": need.words, "idea": need.idea, "then": need.met.fit_then, "now": need.met.fit_now}
        for need, reading in told
        if reading.band in shapes
    ]


def _what(*, in_deal: bool, is_due: bool, has_hint: bool) -> str:
    if in_deal:
        return _("a deal is open")
    if is_due:
        return _("the next order is due")
    return _("a new need shows") if has_hint else _("no new need is known")


def _whom(whom: Whom, problems: int) -> str:
    if problems:
        shape = ngettext(
            "hardly from us while %(n)s problem is open", "hardly from us while %(n)s problems are open", problems
        )
        return shape % {"n": problems}
    if whom is Whom.IN_DOUBT:
        return _("hardly from us: they got less than they counted on")
    return (
        pgettext("from whom", "from us") if whom is Whom.US else _("from us so far; nobody asked how content they are")
    )
