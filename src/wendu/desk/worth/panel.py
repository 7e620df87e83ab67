"""What one customer is worth, in three parts, with what each follows from (method: 3.28)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from wendu.access.prepared import prepared_records
from wendu.access.scope import Scope
from wendu.care.facts import satisfactions_of
from wendu.coach.frame import Frame
from wendu.coach.models import DealStanding, DealStandingQuerySet
from wendu.customers.models import Customer
from wendu.customers.queries import visible_to
from wendu.desk.board.forecast import chance_for
from wendu.desk.wording import Worded, lang, worded
from wendu.desk.wording_content import ContentWords, content_words
from wendu.desk.worth.steps import TwoSteps, around, steps_of
from wendu.identity.models import User
from wendu.insights.bringing import referrals_of
from wendu.insights.choices import Speaker
from wendu.insights.facts import Ground, books_of
from wendu.insights.models import Score, Study
from wendu.insights.queries import latest_study, score_of_customer
from wendu.insights.scoring import value_of
from wendu.kernel.money import format_money
from wendu.method.codes import Quadrant
from wendu.method.lifecycle import Lifecycle
from wendu.method.lifetime import Basis, CustomerValue, ExtraSale

PERCENT = 100


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the bar: its code and name, the amount (None: unknown), and its share of the bar."""

    code: str
    name: str
    minor: int | None
    percent: int


@dataclass(frozen=True, slots=True)
class Worth:
    """Everything the panel shows."""

    customer: Customer
    currency: str
    is_margin: bool
    revenue: int
    margin: int | None
    parts: tuple[Part, ...]
    total: int
    range_words: str
    is_provisional: bool
    missing: tuple[str, ...]
    reasons: list[Worded]
    version: str
    figures_of: date | None
    model_words: str
    steps: TwoSteps | None = None
    content: ContentWords | None = None


def worth_of(user: User, customer: Customer, at: datetime) -> Worth:
    """Read what a visible customer is worth: a fixed number of queries."""
    frame, study = Frame.at(at), latest_study()
    ground = Ground(frame.today, frame.scale, frame.holidays, frame.currency)
    book = books_of([customer.pk], ground)[0]
    sales = _sales(list(_deals(user, customer.pk)), frame)
    score = next(iter(score_of_customer(user, customer.pk)), None)
    speaks = study is not None and study.speaker == Speaker.MODEL
    foreseen = score.to_come_minor if speaks and score is not None else None
    brings = referrals_of([customer.pk], visible_to(user).standing(), study, ground).get(customer.pk)
    value = value_of(book, ground, study.kept if study else {}, sales=sales, foreseen=foreseen, referrals=brings)
    view = _view(customer, value, frame, study, score)
    if score is None or not score.order_days or score.stage == Lifecycle.CHURNED:
        content = satisfactions_of([customer.pk], on=frame.today, scale=frame.scale.satisfaction)
        return replace(view, content=content_words(content.get(customer.pk)))
    near = around([customer.pk], frame)
    steps = steps_of(score, near, frame)
    return replace(view, steps=steps, content=content_words(near.content.get(customer.pk)))


def _view(customer: Customer, value: CustomerValue, frame: Frame, study: Study | None, score: Score | None) -> Worth:
    return Worth(
        customer=customer,
        currency=frame.currency,
        is_margin=value.basis is Basis.MARGIN,
        revenue=value.revenue,
        margin=value.margin,
        parts=parts_of(_whole(value.history), _whole(value.current), _whole(value.potential)),
        total=round(value.total),
        range_words=_range(value, frame.currency),
        is_provisional=value.reading.provisional,
        missing=tuple(_MISSING[code]() for code in value.reading.missing if code in _MISSING),
        reasons=worded(value.reading.reasons, frame.playbook),
        version=f"{frame.playbook.name.of(lang())} {frame.playbook.version}",
        figures_of=study.on if study else None,
        model_words=_model(score, study, frame.currency),
    )


def parts_of(history: int | None, current: int | None, potential: int | None) -> tuple[Part, ...]:
    """The three parts with their shares of the bar; what is unknown or below zero has none."""
    named = (
        ("history", pgettext("worth", "Earned so far"), history),
        ("current", pgettext("worth", "Goes on"), current),
        ("potential", pgettext("worth", "Could still come"), potential),
    )
    whole = sum(max(0, minor or 0) for _code, _name, minor in named) or 1
    return tuple(Part(code, name, minor, round(PERCENT * max(0, minor or 0) / whole)) for code, name, minor in named)


_MISSING: dict[str, Callable[[], str]] = {
    "margin": lambda: _("A cost, or the order of a won deal, is not written down: all is counted as revenue."),
    "retention": lambda: _("How many customers stay is not known yet: it is counted once a night."),
    "referrals": lambda: _(
        "Who brought whom is written down of nobody yet, or was not looked at: it is counted once a night."
    ),
}
"""What is not known and no reason says already, and how it comes to be."""


def _range(value: CustomerValue, currency: str) -> str:
    if value.low is None or value.high is None:
        return _("Not enough is known to name a range.")
    return _("Eight times in ten between %(low)s and %(high)s, by how sure the share is that stays.") % {
        "low": short_words(round(value.low), currency),
        "high": short_words(round(value.high), currency),
    }


def _model(score: Score | None, study: Study | None, currency: str) -> str:
    """What the fitted model says beside the rule; where it speaks itself, a reason says so."""
    if score is None or score.to_come_minor is None or study is None:
        return ""
    if study.speaker == Speaker.MODEL:
        return ""
    words = _("The fitted model expects %(amount)s still to come; it was not better than the rule on your past.")
    return words % {"amount": short_words(score.to_come_minor, currency)}


def short_words(minor: int, currency: str) -> str:
    """An amount in a sentence."""
    return format_money(minor, currency, get_language() or "", short=True)


def _sales(deals: Sequence[DealStanding], frame: Frame) -> list[ExtraSale]:
    """Open deals by the chance of their class; without a class or an amount nothing is guessed."""
    return [
        ExtraSale(chance_for(Quadrant(deal.quadrant), frame).share, deal.amount_minor)
        for deal in deals
        if deal.quadrant and deal.amount_minor is not None
    ]


@prepared_records
def _deals(me: Scope, customer_id: int) -> DealStandingQuerySet:
    return DealStanding.objects.visible_to(me).filter(customer_id=customer_id)


def _whole(amount: float | None) -> int | None:
    return None if amount is None else round(amount)
