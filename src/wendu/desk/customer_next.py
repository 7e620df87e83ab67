"""The next step with one customer, from what its page has read already: the same words as on the plan of the day."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from wendu.access.prepared import prepared_records
from wendu.access.scope import Scope
from wendu.agenda.models import Step as Planned
from wendu.coach.frame import Frame
from wendu.coach.models import DealStanding, Standing
from wendu.coach.plan import Day, Step
from wendu.coach.quoting import bargains
from wendu.coach.stuck import NOT_STUCK, stuck_of
from wendu.coach.upkeep import upkeep_of
from wendu.customers.models import Customer
from wendu.desk.around import Around, Voice, affair_of, partner_of, subject_of
from wendu.desk.customer_parts import DealRow, Person
from wendu.desk.plan import Line, plan_lines
from wendu.desk.wording import lang
from wendu.identity.models import User
from wendu.method.codes import Quadrant
from wendu.method.facts import Context
from wendu.method.reading import Reason
from wendu.method.strategy import Circumstances, NextStep, next_best_action
from wendu.method.view import CustomerView
from wendu.playbooks import Play, pick_play


@dataclass(frozen=True, slots=True)
class Judged:
    """What the method thinks of the customer today."""

    frame: Frame
    context: Context
    seen: CustomerView
    standing: Standing | None


@dataclass(frozen=True, slots=True)
class Near:
    """What the page has read around the customer."""

    persons: list[Person]
    deals: list[DealRow]
    promises: list[Any]
    commitments: list[Any]
    tails: list[Any]
    plans: list[Planned]

    @property
    def present(self) -> list[Any]:
        """The people who are still there."""
        return [person.contact for person in self.persons if person.contact.left_on is None]

    @property
    def is_opted_out(self) -> bool:
        """Whether everybody we know there wants no more messages."""
        return bool(self.present) and all(contact.do_not_contact for contact in self.present)


def next_line(user: User, customer: Customer, judged: Judged, near: Near) -> Line:
    """The one thing to do next, with its play in words."""
    planned = next((step for step in near.plans if step.user_id == user.pk), None)
    found = next_best_action(judged.seen, _circumstances(customer, judged, near, planned), judged.context)
    step = _step(user, customer, judged, near, found)
    day = Day(user, judged.frame, 1, (step,), (), (), frozenset(), provisional=False)
    return plan_lines(day, lang(), _around(customer, near))[0][0]


def _circumstances(customer: Customer, judged: Judged, near: Near, planned: Planned | None) -> Circumstances:
    seen, frame = judged.seen, judged.frame
    track = seen.facts.track
    stuck = stuck_of([customer.pk], frame).get(customer.pk, NOT_STUCK) if near.deals else NOT_STUCK
    upkeep = upkeep_of(customer.pk, frame)
    return Circumstances(
        planned_on=planned.planned_on if planned else None,
        open_tails=len(near.tails),
        unconfirmed_influencers=stuck.unconfirmed,
        trust=stuck.trust,
        stalled_touches=stuck.talks,
        promise_due_on=near.promises[0].due_on if near.promises else None,
        commitment_due_on=near.commitments[0].due_on if near.commitments else None,
        nurture_touch_due_on=track.due_on if track is not None and not near.is_opted_out else None,
        late_money=upkeep.late_money,
        contract_end=upkeep.contract_end,
        renewal=upkeep.renewal,
        why_unknown=upkeep.why_unknown,
        nameless=customer.bucket_of_id is not None,
        opted_out=near.is_opted_out,
    )


def _step(user: User, customer: Customer, judged: Judged, near: Near, found: NextStep) -> Step:
    seen, said = judged.seen, near.commitments if found.reason.code == "commitment_due" else near.promises
    asked = found.reason.numbers.get("deal") if found.reason.code == "result_due" else None
    deals = list(_warmest_deals(user, customer.pk))
    deal = next((each for each in deals if each.pk == asked), next(iter(deals), None))
    return Step(
        customer_id=customer.pk,
        group="ranked",
        situation=found.reason.code,
        reason=found.reason,
        others=found.others,
        play=_play(customer, judged, found.reason),
        due_on=_due_on(seen, near, found.reason),
        priority=None,
        heat=seen.hottest,
        seen=seen,
        context=judged.context,
        standing=judged.standing,
        deal=deal,
        promise=said[0].what if said else "",
    )


@prepared_records
def _warmest_deals(me: Scope, customer_id: int) -> QuerySet[DealStanding]:
    return DealStanding.objects.visible_to(me).filter(customer_id=customer_id).order_by("-heat", "-pk")


def _play(customer: Customer, judged: Judged, reason: Reason) -> Play:
    quadrant = judged.seen.facts.quadrant
    return pick_play(
        judged.frame.playbook,
        quadrant="unclassified" if quadrant is Quadrant.UNCLASSIFIED else quadrant.value,
        situation=reason.code,
        market=customer.market,
        sale_kind=customer.sale_kind,
        status=judged.seen.status.value,
    )


def _due_on(seen: CustomerView, near: Near, reason: Reason) -> Any:
    """The day of the promise that leads, else of the next contact."""
    owed = near.promises[0] if near.promises else None
    if owed and owed.due_on <= seen.on and reason.code == "promise_due":
        return owed.due_on
    return seen.facts.due_on


def _around(customer: Customer, near: Near) -> Around:
    """What the next step speaks of, from what the page has read already."""
    spoken_to = max(near.present, key=lambda contact: (contact.is_main, -contact.pk), default=None)
    return Around(
        customers={customer.pk: subject_of(customer)},
        contacts={customer.pk: partner_of(spoken_to)} if spoken_to else {},
        of_deals={row.card.opportunity.pk: affair_of(row.card.opportunity) for row in near.deals},
        tails={customer.pk: near.tails[0].what} if near.tails else {},
        voices={
            row.card.opportunity.pk: [Voice(who.contact_id, who.role, who.is_powerful) for who in row.card.influencers]
            for row in near.deals
        },
        bargains=bargains([row.card.opportunity.pk for row in near.deals]),
    )
