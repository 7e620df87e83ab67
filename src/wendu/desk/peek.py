"""A customer at a glance beside the list: how warm and why, what to do next, with whom, what is owed, what was last."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from wendu.access.verbs import can
from wendu.coach.frame import Frame
from wendu.customers.models import Customer
from wendu.desk.customer_next import Judged, Near, next_line
from wendu.desk.customer_page import judged_of, known_of, owed_of
from wendu.desk.customer_parts import DealRow, Person, deal_rows, people
from wendu.desk.plan import Line
from wendu.desk.wording import Worded, kind_words
from wendu.identity.models import User
from wendu.touches.models import Touch

SHOWN = 3


@dataclass(frozen=True, slots=True)
class Peek:
    """What the panel shows, prepared; `owed` are our promises and what they agreed to, the earliest first."""

    customer: Customer
    on: date
    judged: dict[str, Any]
    reasons: list[Worded]
    step: Line
    person: Person | None
    deals: list[DealRow]
    owed: list[tuple[str, Any]]
    latest: Touch | None
    latest_kind: str
    may_log: bool

    @property
    def silent_days(self) -> int | None:
        """Days since the latest touch."""
        return (self.on - self.latest.touched_on).days if self.latest else None


def peek(user: User, customer: Customer, at: datetime) -> Peek:
    """Read what matters of a visible customer; a fixed number of queries."""
    known = known_of(user, customer, Frame.at(at))
    deals = deal_rows(user, customer, known.seen)
    persons, _points = people(user, customer, [row.card for row in deals])
    promises, commitments, tails, plans = owed_of(user, customer)
    near = Near(persons, deals, promises, commitments, tails, plans)
    judged = judged_of(known)
    reasons: list[Worded] = judged["heat_reasons"]
    owed = [*(("ours", row) for row in promises), *(("theirs", row) for row in commitments)]
    latest = _latest_touch(user, customer)
    return Peek(
        customer=customer,
        on=known.frame.today,
        judged=judged,
        reasons=reasons[-SHOWN:],
        step=next_line(user, customer, Judged(known.frame, known.case.context, known.seen, known.standing), near),
        person=_first(persons),
        deals=[row for row in deals if row.is_open][:SHOWN],
        owed=sorted(owed, key=lambda each: (each[1].due_on, each[0]))[:SHOWN],
        latest=latest,
        latest_kind=kind_words(latest.kind) if latest else "",
        may_log=can(user, "touch.log", customer),
    )


def _first(persons: list[Person]) -> Person | None:
    """The person to turn to: whoever has not left, the main contact first."""
    return next((person for person in persons if person.contact.left_on is None), None)


def _latest_touch(user: User, customer: Customer) -> Touch | None:
    rows = Touch.objects.visible_to(user).standing().filter(customer=customer).select_related("author")
    return rows.order_by("-touched_on", "-pk").first()
