"""What the log form offers for one customer, so that the common touch takes few taps."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Max

from wendu.coach.frame import Frame
from wendu.coach.heat import heat_today
from wendu.coach.models import Standing
from wendu.customers.facts import profiles
from wendu.customers.models import Contact, Customer
from wendu.customers.queries import contacts_of
from wendu.identity.models import Organisation, User
from wendu.identity.queries import stopped_days
from wendu.method.codes import Quadrant
from wendu.method.temperature import band, pace
from wendu.opportunities.models import Opportunity
from wendu.opportunities.queries import open_opportunities
from wendu.touches.actions import TouchDraft
from wendu.touches.choices import TouchKind, TouchOutcome
from wendu.touches.models import IndicatorAnswer, Tail, Touch
from wendu.touches.queries import open_tails, recent_choices, suggest

CHIPS = 4


@dataclass(frozen=True, slots=True)
class Asked:
    """One of the ten questions, and what was answered last."""

    code: str
    axis: str
    question: str
    ask: str
    latest: int | None = None
    answered_on: date | None = None


@dataclass(frozen=True, slots=True)
class Offer:
    """Everything the form shows of a customer before anything is typed."""

    customer: Customer
    frame: Frame
    people: tuple[Contact, ...]
    deals: tuple[Opportunity, ...]
    tails: tuple[Tail, ...]
    days: tuple[Any, ...]
    questions: tuple[Asked, ...]
    kinds: tuple[str, ...]
    met: tuple[int, ...]
    quadrant: str
    max_gap_days: int
    heat: float | None
    currency: str
    deal_id: int | None = None
    before: TouchDraft | None = field(default=None)

    @property
    def near(self) -> Sequence[Contact]:
        """The people one meets most, shown at once."""
        return self.people[:CHIPS]

    @property
    def far(self) -> Sequence[Contact]:
        """The others."""
        return self.people[CHIPS:]

    @property
    def deal(self) -> Opportunity | None:
        """The deal the touch is about unless something else is chosen."""
        chosen = [deal for deal in self.deals if deal.pk == self.deal_id]
        return chosen[0] if chosen else (self.deals[0] if len(self.deals) == 1 else None)

    @property
    def band(self) -> str:
        """The band of the heat before this touch."""
        return band(self.heat or 0.0, self.frame.scale.heat)

    def initial(self, today: date) -> dict[str, Any]:
        """Defaults: the usual kind, the person met last, the only deal, today."""
        first = [str(self.people[0].pk)] if self.people else []
        return {
            "kind": self.kinds[0] if self.kinds else TouchKind.PHONE.value,
            "contacts": first,
            "commitment_contact": first[0] if first else "",
            "opportunity": str(self.deal.pk) if self.deal else "",
            "outcome": TouchOutcome.NONE.value,
            "refusal": "purchase",
            "touched_on": today,
            "agreed": "",
        }


def offer_for(
    user: User,
    customer: Customer,
    *,
    frame: Frame,
    lang: str,
    deal: Opportunity | None = None,
    touch: Touch | None = None,
) -> Offer:
    """Read it all, in a fixed number of queries; a touch being edited keeps the problems and the deal it names."""
    recent = recent_choices(user, customer)
    order = {pk: position for position, pk in enumerate(recent.contact_ids)}
    everyone = [each for each in contacts_of(user, customer) if each.left_on is None or each.pk in order]
    people = sorted(everyone, key=lambda each: (order.get(each.pk, len(order)), not each.is_main, each.name, each.pk))
    stands = Standing.objects.visible_to(user).filter(customer=customer).first()
    quadrant = stands.quadrant if stands else ""
    gap = pace(Quadrant(quadrant or "unclassified"), profiles([customer.pk])[customer.pk], frame.scale).max_gap_days
    tails = open_tails(user, customer.pk)
    deals = list(open_opportunities(user, customer))
    if touch is not None:
        tails = [*touch.closed_tails.all(), *tails]
        if touch.opportunity is not None and touch.opportunity not in deals:
            deals.append(touch.opportunity)
    house = Organisation.objects.current()
    return Offer(
        customer=customer,
        frame=frame,
        people=tuple(people),
        deals=tuple(deals),
        tails=tuple(tails),
        days=suggest("visit", on=frame.today, max_gap_days=gap, stopped=stopped_days(), week=house.working_days).dates,
        questions=_questions(user, customer, frame, lang),
        kinds=recent.kinds,
        met=recent.contact_ids,
        quadrant=quadrant,
        max_gap_days=gap,
        heat=heat_today(stands, frame) if stands and stands.latest_touch_on else None,
        currency=house.currency,
        deal_id=deal.pk if deal else None,
    )


def _questions(user: User, customer: Customer, frame: Frame, lang: str) -> tuple[Asked, ...]:
    mine = IndicatorAnswer.objects.visible_to(user).standing().filter(customer=customer)
    newest = mine.order_by().values("indicator").annotate(latest=Max("pk")).values("latest")
    latest = {row.indicator: row for row in IndicatorAnswer.objects.visible_to(user).filter(pk__in=newest)}
    return tuple(
        Asked(
            code=row.code,
            axis=row.axis.value,
            question=row.question.of(lang),
            ask=(row.ask_b2c if customer.market == "b2c" else row.ask).of(lang),
            latest=latest[row.code].value if row.code in latest else None,
            answered_on=latest[row.code].answered_on if row.code in latest else None,
        )
        for row in frame.playbook.indicators
    )
