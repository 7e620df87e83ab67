"""What old customers could need next: what goes with what they have, as far as it is hardly chance."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.utils.translation import gettext as _

from wendu.care.facts import percent_of, satisfactions_of
from wendu.coach.frame import Frame
from wendu.coach.models import Standing
from wendu.desk.wording_life import STAGES
from wendu.desk.worth.again import SHOWN, reasons_of, step_words
from wendu.identity.models import User
from wendu.insights.models import Pairing, Score
from wendu.insights.queries import latest_study
from wendu.method.lifecycle import Lifecycle
from wendu.method.purchase import two_steps
from wendu.touches.facts import open_tail_counts

PERCENT, PAIRS, RULES = 100, 12, 100


@dataclass(frozen=True, slots=True)
class Pair:
    """Of those who have one thing so many have the other, so many times as often as by chance."""

    has: str
    also: str
    customers: int
    percent: int
    lift: float
    at_least: float


@dataclass(frozen=True, slots=True)
class Proposal:
    """One customer, what it could need next, and why."""

    uuid: UUID
    name: str
    owner: str
    stage: str
    item: str
    why: str
    what_for: str
    step: str
    talk: str


@dataclass(frozen=True, slots=True)
class NextNeeds:
    """Everything the page shows."""

    rows: tuple[Proposal, ...]
    count: int
    page: Page[Score]
    pairs: tuple[Pair, ...]
    rules: tuple[Pairing, ...]
    scored_on: date | None


def next_page(user: User, at: datetime, number: str | None = None) -> NextNeeds:
    """Read whom one sees and what goes with what they have: nine queries, however many there are."""
    frame, study = Frame.at(at), latest_study()
    seen = Score.objects.visible_to(user).exclude(next_item="").exclude(stage=Lifecycle.CHURNED)
    rows = seen.select_related("customer__owner").order_by("-revenue_minor", "pk")
    page = Paginator(rows, SHOWN).get_page(number)
    scores = list(page)
    ids = [score.pk for score in scores]
    reasons, problems = reasons_of(ids), open_tail_counts(ids, as_of=frame.today)
    satisfied = frame.scale.satisfaction
    content = satisfactions_of(ids, on=frame.today, scale=satisfied)
    in_deal = set(Standing.objects.filter(pk__in=ids).exclude(stage="").values_list("pk", flat=True))
    rules = tuple(Pairing.objects.standing().order_by("has", "also")[:RULES])
    by_pair = {(rule.has, rule.also): rule for rule in rules}
    return NextNeeds(
        rows=tuple(
            _proposal(
                score,
                by_pair.get((score.next_because, score.next_item)),
                Beside(
                    reasons.get(score.pk, ""),
                    problems.get(score.pk, 0),
                    percent_of(content, score.pk),
                    satisfied.satisfied_from,
                    score.pk in in_deal,
                ),
            )
            for score in scores
        ),
        count=page.paginator.count,
        page=page,
        pairs=tuple(_pair(told) for told in (study.pairs if study else ())[:PAIRS]),
        rules=rules,
        scored_on=study.on if study else None,
    )


class Beside(NamedTuple):
    """What else a line needs: why they bought last, problems left open, how content, and whether a deal is open."""

    what_for: str
    problems: int
    content: float | None
    satisfied_from: float
    in_deal: bool


def _proposal(score: Score, rule: Pairing | None, beside: Beside) -> Proposal:
    customer = score.customer
    told = {"item": score.next_item, "has": score.next_because, "share": round(PERCENT * (score.next_share or 0))}
    step = two_steps(
        has_new_need=beside.in_deal,
        satisfaction=beside.content,
        open_problems=beside.problems,
        satisfied_from=beside.satisfied_from,
        is_asleep=score.stage == Lifecycle.DORMANT,
    )
    asked = _("“%(has)s” is running with you. Many who have it also use “%(item)s”; how do you do that today?") % told
    return Proposal(
        uuid=customer.uuid,
        name=customer.name,
        owner=customer.owner.display_name if customer.owner else "",
        stage=str(STAGES[score.stage]),
        item=score.next_item,
        why=_by_rule(rule) if rule is not None else _by_orders(score, told),
        what_for=beside.what_for,
        step=step_words(step.band, beside.problems),
        talk=(rule.talk if rule is not None else "") or asked,
    )


def _by_rule(rule: Pairing) -> str:
    words = _("your rule for “%(has)s”: %(reason)s") % {"has": rule.has, "reason": rule.reason}
    return f"{words} · {rule.scenario}" if rule.scenario else words


def _by_orders(score: Score, told: dict[str, object]) -> str:
    shape = _("%(share)s%% of those who have “%(has)s” have it too, %(lift)s times as often as by chance")
    return shape % {**told, "lift": f"{score.next_lift or 0:.2f}"}


def _pair(told: dict[str, object]) -> Pair:
    return Pair(
        has=str(told["has"]),
        also=str(told["also"]),
        customers=int(str(told["customers"])),
        percent=round(PERCENT * float(str(told["share"]))),
        lift=float(str(told["lift"])),
        at_least=float(str(told["at_least"])),
    )
