"""The day's plan in words: for each step whom, why now, what to do, how to say it, and what to get."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any
from uuid import UUID

from wendu.coach.plan import Day, Step
from wendu.customers.models import Contact, Customer
from wendu.desk.address import spoken_name
from wendu.method.reading import Reason
from wendu.opportunities.models import Opportunity
from wendu.playbooks import Playbook, Text, class_row, scripts_for, why
from wendu.playbooks.plays import ClassCard
from wendu.touches.models import Commitment, Tail

SHORT_DATE = "%m-%d"


@dataclass(frozen=True, slots=True)
class Line:
    """One step in words, ready for a screen, a terminal or a file."""

    step: Step
    customer_uuid: UUID
    customer: str
    contact: str
    contact_id: int | None
    deal: str
    situation: str
    situation_name: str
    why: str
    do: str
    objective: str
    fallback: str
    guard: str
    script: str
    scripts: tuple[str, ...]
    motto: str
    kinds: tuple[str, ...]
    due_on: date | None
    score: float | None
    provisional: bool
    missing: tuple[str, ...]
    reasons: tuple[Reason, ...] = ()


@dataclass(slots=True)
class _Around:
    """Names and texts of the customers on the plan, read in a fixed number of queries."""

    customers: dict[int, Customer] = field(default_factory=dict)
    contacts: dict[int, Contact] = field(default_factory=dict)
    deals: dict[int, Opportunity] = field(default_factory=dict)
    tails: dict[int, str] = field(default_factory=dict)
    commitments: dict[int, Commitment] = field(default_factory=dict)


def plan_lines(day: Day, lang: str) -> tuple[tuple[Line, ...], tuple[Line, ...]]:
    """Today's steps and what found no room, in the language asked for; six queries whatever the number of steps."""
    around = _around(day)
    steps = tuple(_line(step, day, around, lang) for step in day.steps)
    return steps, tuple(_line(step, day, around, lang) for step in day.left_out)


def as_json(line: Line) -> dict[str, Any]:
    """One step as plain values: the codes of the reasons beside their words."""
    return {
        "customer": line.customer,
        "customer_id": str(line.customer_uuid),
        "contact": line.contact or None,
        "deal": line.deal or None,
        "group": line.step.group,
        "situation": line.situation,
        "why": {"words": line.why, "reasons": [reason.to_json() for reason in line.reasons]},
        "do": line.do,
        "script": line.script,
        "objective": line.objective,
        "fallback": line.fallback,
        "date": line.due_on.isoformat() if line.due_on else None,
        "temperature": rounded(line.step.heat),
        "class": line.step.standing.quadrant or None if line.step.standing else None,
        "score": rounded(line.score),
        "provisional": line.provisional,
        "missing": list(line.missing),
    }


def rounded(value: float | None) -> float | None:
    """A score as it is shown: one decimal, half up."""
    if value is None:
        return None
    return float(Decimal(str(value)).quantize(Decimal("0.1"), rounding=ROUND_HALF_UP))


def degrees(value: float | None) -> str:
    """A temperature as it is shown in words: whole degrees, half up."""
    return "" if value is None else str(Decimal(str(value)).quantize(Decimal(1), rounding=ROUND_HALF_UP))


def _line(step: Step, day: Day, around: _Around, lang: str) -> Line:
    book, play = day.frame.playbook, step.play
    customer = around.customers[step.customer_id]
    contact, deal = around.contacts.get(customer.pk), around.deals.get(customer.pk)
    values = _values(step, day, around)
    due_on = step.due_on if step.due_on and step.due_on > day.frame.today else day.frame.today
    spoken = {**values, "contact": spoken_name(contact.name, contact.job_title, lang)} if contact else values
    scripts = tuple(book.say(text, spoken, lang=lang) for text in scripts_for(play, market=customer.market))
    quadrant = step.standing.quadrant if step.standing else ""
    status = step.standing.status if step.standing else ""
    return Line(
        step=step,
        customer_uuid=customer.uuid,
        customer=customer.name,
        contact=contact.name if contact else "",
        contact_id=contact.pk if contact else None,
        deal=deal.title if deal else "",
        situation=step.situation,
        situation_name=_situation_name(step, book).of(lang),
        why=book.tell(_why(step, day), values, lang=lang),
        do=book.tell(play.do, values, lang=lang),
        objective=book.tell(play.objective, {**values, "date": _by(step, day)}, lang=lang),
        fallback=book.tell(play.fallback, {**values, "date": _by(step, day)}, lang=lang),
        guard=book.tell(play.guard, values, lang=lang),
        script=scripts[customer.pk % len(scripts)],
        scripts=scripts,
        motto=card_of(book, quadrant, status).motto.of(lang),
        kinds=play.kinds,
        due_on=due_on,
        score=float(step.priority.value or 0.0) if step.priority else None,
        provisional=bool(step.priority and step.priority.provisional),
        missing=step.priority.missing if step.priority else (),
        reasons=(step.reason, *step.others),
    )


def card_of(book: Playbook, quadrant: str, status: str) -> ClassCard:
    """The strategy card of the row a customer stands in."""
    row = class_row(quadrant, status)
    return next(card for name, card in book.classes.items() if name == row)


def _situation_name(step: Step, book: Playbook) -> Text:
    return next(words.name for code, words in book.situations.items() if code == step.situation)


def _why(step: Step, day: Day) -> Text:
    """The one strongest reason, in the variant that fits the day."""
    book = day.frame.playbook
    if step.situation == "routine" and _is_last_warm_day(step):
        return why(book, step.play, "cold_gap", "today")
    return why(book, step.play, step.situation, _variant(step, day))


def _is_last_warm_day(step: Step) -> bool:
    seen = step.seen
    return bool(seen and seen.facts.gap and seen.gap.value == seen.facts.max_gap_days)


def _variant(step: Step, day: Day) -> str:
    today, numbers = day.frame.today, step.reason.numbers
    late = int(numbers.get("days") or 0) > 0
    if step.situation == "strike":
        return "crossed" if step.deal and step.deal.strike_since == today else "default"
    if step.situation in ("promise_due", "commitment_due"):
        return "late" if late or (step.due_on and step.due_on < today) else "default"
    if step.situation in ("open_tail", "name_the_customer"):
        return "many" if int(numbers.get("open") or numbers.get("count") or 0) > 1 else "default"
    if step.situation == "revisit_due":
        return "default" if step.standing and _revisited(step) else "never"
    if step.situation == "first_touch_due" and not numbers.get("days"):
        return "today"
    return "no_step" if step.situation == "routine" and step.due_on is None else "default"


def _revisited(step: Step) -> bool:
    return bool(step.seen and step.standing and step.standing.latest_touch_on)


def _values(step: Step, day: Day, around: _Around) -> dict[str, object]:
    customer = around.customers[step.customer_id]
    contact, deal = around.contacts.get(customer.pk), around.deals.get(customer.pk)
    seen, stands, numbers = step.seen, step.standing, step.reason.numbers
    commitment = around.commitments.get(customer.pk)
    return {
        "customer": customer.name,
        "contact": contact.name if contact else None,
        "me": day.user.display_name,
        "product": deal.product or deal.title if deal else None,
        "source": customer.source_text,
        "temperature": degrees(step.heat),
        "peak": degrees(stands.heat) if stands else None,
        "quadrant": stands.quadrant if stands else None,
        "max_days": seen.facts.max_gap_days if seen else None,
        "days": _days(step, day),
        "date": _date(step, day),
        "hours": numbers.get("hours_left"),
        "drops": numbers.get("drops"),
        "count": numbers.get("open") or numbers.get("count") or numbers.get("people"),
        "problem": around.tails.get(customer.pk),
        "promise": (commitment.what if commitment else None) if step.situation == "commitment_due" else step.promise,
    }


def _days(step: Step, day: Day) -> object:
    today, seen, stands, situation = day.frame.today, step.seen, step.standing, step.situation
    if situation in ("cold_gap", "cold_gap_severe", "routine") and seen is not None:
        return seen.gap.value
    if situation in ("window_overdue", "window_due_soon") and stands and stands.deadline_on:
        return abs((stands.deadline_on - today).days)
    if situation == "requalify" and stands and stands.hard_on:
        return (today - stands.hard_on).days
    if situation == "revisit_due" and stands:
        since = stands.latest_touch_on or stands.latest_order_on
        return (today - since).days if since else None
    if situation in ("promise_due", "commitment_due") and step.due_on:
        return (today - step.due_on).days
    return step.reason.numbers.get("days")


def _date(step: Step, day: Day) -> str:
    stands, situation = step.standing, step.situation
    found: date | None = None
    if situation in ("window_overdue", "window_due_soon", "requalify") and stands:
        found = stands.deadline_on
    elif situation == "revisit_due" and stands:
        found = stands.latest_touch_on or stands.latest_order_on
    elif situation in ("promise_due", "commitment_due"):
        found = step.due_on
    elif situation == "recovery_48h" and stands:
        found = stands.latest_touch_on
    return (found or day.frame.today).strftime(SHORT_DATE)


def _by(step: Step, day: Day) -> str:
    """By when the customer should have done what we ask: before silence turns cold."""
    stands = step.standing
    ahead = [on for on in (stands.gap_on, stands.deadline_on) if on and on > day.frame.today] if stands else []
    return min(ahead, default=day.frame.today).strftime(SHORT_DATE)


def _around(day: Day) -> _Around:
    steps = (*day.steps, *day.left_out)
    ids = [step.customer_id for step in steps]
    around = _Around(customers=Customer.objects.in_bulk(ids))
    for contact in Contact.objects.filter(customer_id__in=ids, deleted_at=None, left_on=None).order_by(
        "is_main", "-pk"
    ):
        around.contacts[contact.customer_id] = contact
    deal_of: Mapping[int, int] = {step.deal.pk: step.customer_id for step in steps if step.deal}
    for deal in Opportunity.objects.filter(pk__in=deal_of):
        around.deals[deal.customer_id] = deal
    for tail in Tail.objects.open().filter(customer_id__in=ids).order_by("-opened_on", "-pk"):
        around.tails[tail.customer_id] = tail.what
    due = Commitment.objects.standing().filter(customer_id__in=ids, state="open", due_on__lte=day.frame.today)
    for commitment in due.order_by("-due_on", "-pk"):
        around.commitments[commitment.customer_id] = commitment
    return around
