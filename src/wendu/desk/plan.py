"""The day's plan in words: for each step whom, why now, what to do, how to say it, and what to get."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any
from uuid import UUID

from wendu.coach.plan import Day, Step
from wendu.desk.address import spoken_name
from wendu.desk.around import Affair, Around, Partner, Subject, read_around
from wendu.desk.wood import Wood, next_wood
from wendu.kernel.money import format_money
from wendu.method.codes import Status
from wendu.method.reading import Reason
from wendu.playbooks import Playbook, Situation, Text, class_row, scripts_for, why
from wendu.playbooks.plays import ClassCard, TrackStep

SHORT_DATE, LONG_DATE = "%m-%d", "%Y-%m-%d"
SOON = "unclassified"


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
    record: Subject
    reasons: tuple[Reason, ...] = ()
    wood: Wood | None = None
    chain: bool | None = None

    @property
    def asks_again(self) -> bool:
        """Whether the step is to judge the customer again, by the ten questions."""
        return self.situation == "review_due"

    @property
    def log_query(self) -> str:
        """What the log form is opened with: a light step of the track is one way until they answer."""
        light = f"&kind={self.kinds[0]}&way=one" if self.situation == "nurture_touch" and self.kinds else ""
        return f"customer={self.customer_uuid}{light}"


def plan_lines(day: Day, lang: str, around: Around | None = None) -> tuple[tuple[Line, ...], tuple[Line, ...]]:
    """Today's steps and what found no room, in the language asked for; seven queries whatever the number of steps."""
    around = around or read_around(day)
    return lines_of(day.steps, day, around, lang), lines_of(day.left_out, day, around, lang)


def lines_of(steps: Iterable[Step], day: Day, around: Around, lang: str) -> tuple[Line, ...]:
    """Some steps of a day in words."""
    return tuple(_line(step, day, around, lang) for step in steps)


def codes_of(step: Step) -> frozenset[str]:
    """Every situation the customer of a step is in."""
    return frozenset({step.situation, step.reason.code, *(reason.code for reason in step.others)})


def situation_name(step: Step, book: Playbook) -> Text:
    """What the situation of a step is called."""
    return book.situations[Situation(step.situation)].name


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
        "next_log": line.wood.to_json() if line.wood else None,
    }


def rounded(value: float | None) -> float | None:
    """A score as it is shown: one decimal, half up."""
    if value is None:
        return None
    return float(Decimal(str(value)).quantize(Decimal("0.1"), rounding=ROUND_HALF_UP))


def degrees(value: float | None) -> str:
    """A temperature as it is shown in words: whole degrees, half up."""
    return "" if value is None else str(Decimal(str(value)).quantize(Decimal(1), rounding=ROUND_HALF_UP))


def _line(step: Step, day: Day, around: Around, lang: str) -> Line:
    book, play = day.frame.playbook, step.play
    customer = around.customers[step.customer_id]
    contact, deal = around.contacts.get(customer.pk), _deal_of(step, around)
    values = _values(step, day, around)
    due_on = step.due_on if step.due_on and step.due_on > day.frame.today else day.frame.today
    spoken = {**values, "contact": spoken_name(contact.name, contact.job_title, lang)} if contact else values
    light = _light_step(step, book)
    gentle = light.words(customer.market) if light else None
    texts = (gentle.script,) if gentle else scripts_for(play, market=customer.market)
    scripts = tuple(book.say(text, spoken, lang=lang) for text in texts)
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
        situation_name=situation_name(step, book).of(lang),
        why=book.tell(_why(step, day), values, lang=lang),
        do=step.planned.do
        if _is_planned(step) and step.planned
        else book.tell(gentle.do if gentle else play.do, values, lang=lang),
        objective=book.tell(play.objective, {**values, "date": _by(step, day)}, lang=lang),
        fallback=book.tell(play.fallback, {**values, "date": _by(step, day)}, lang=lang),
        guard=book.tell(play.guard, values, lang=lang),
        script=scripts[customer.pk % len(scripts)],
        scripts=scripts,
        motto=(book.track.name if status == Status.NURTURING else card_of(book, quadrant, status).motto).of(lang),
        kinds=(light.kind,) if light else play.kinds,
        due_on=due_on,
        score=float(step.priority.value or 0.0) if step.priority else None,
        provisional=bool(step.priority and step.priority.provisional),
        missing=step.priority.missing if step.priority else (),
        record=customer,
        reasons=(step.reason, *step.others),
        wood=_wood(step, day, around, contact, lang),
        chain=around.knows_decider(step.deal.pk) if step.deal else None,
    )


def _light_step(step: Step, book: Playbook) -> TrackStep | None:
    """The step of the nurture track that is due, if that is why the customer is on the list."""
    place = step.reason.numbers.get("step") if step.situation == "nurture_touch" else None
    return book.track.steps[place] if isinstance(place, int) and place < len(book.track.steps) else None


def _wood(step: Step, day: Day, around: Around, contact: Partner | None, lang: str) -> Wood | None:
    """The next log on the fire of a customer that was looked at closely."""
    if step.seen is None or step.context is None:
        return None
    reach = around.reach(step.deal.pk if step.deal else None, contact.pk if contact else None)
    return next_wood(
        step.seen.facts,
        day.frame.today,
        step.context,
        day.frame.playbook,
        lang=lang,
        reach=reach,
        situation=step.situation,
        bargains=around.bargains,
    )


def _deal_of(step: Step, around: Around) -> Affair | None:
    return around.of_deals.get(step.deal.pk) if step.deal else None


def card_of(book: Playbook, quadrant: str, status: str) -> ClassCard:
    """The strategy card of the row a customer stands in."""
    row = class_row(quadrant, status)
    return next(card for name, card in book.classes.items() if name == row)


def _why(step: Step, day: Day) -> Text:
    """The one strongest reason, in the variant that fits the day."""
    book = day.frame.playbook
    if step.situation == "routine" and not step.planned and _is_last_warm_day(step):
        return why(book, step.play, "cold_gap", "today")
    return why(book, step.play, step.situation, _variant(step, day))


def _is_last_warm_day(step: Step) -> bool:
    seen = step.seen
    return bool(seen and seen.facts.gap and seen.gap.value == seen.facts.max_gap_days)


def _variant(step: Step, day: Day) -> str:
    numbers, spoken_of = step.reason.numbers, _spoken_of(step)
    late = spoken_of is not None and spoken_of < day.frame.today
    crossed = step.deal is not None and step.deal.strike_since == day.frame.today
    several = int(numbers.get("open") or numbers.get("count") or 0) > 1
    cause = "willingness" if numbers.get("cause") == "willingness" else "default"
    due = "late" if late else "default"
    many = "many" if several else "default"
    planned = "planned_late" if late else "planned"
    unplanned = "no_step" if step.due_on is None and not _is_left_alone(step) else "default"
    variants = {
        "strike": "crossed" if crossed else "default",
        "promise_due": due,
        "commitment_due": due,
        "agreed_today": due,
        "open_tail": many,
        "name_the_customer": many,
        "revisit_due": "default" if numbers.get("revisited", _was_seen(step)) else "never",
        "nurture_touch": "default" if numbers.get("taken") else "first",
        "nurture_reply": cause,
        "requalify": "silent" if spoken_of is None else "default",
        "first_touch_due": "default" if numbers.get("days") else "today",
        "routine": planned if step.planned else unplanned,
        "quiet_over": "today" if numbers.get("days") == 1 else "default",
        "result_due": "today" if numbers.get("days") == 1 else "default",
        "repurchase_due": _order_variant(numbers, is_ahead=spoken_of is not None),
        "renewal_due": _renewal_variant(numbers),
        "contract_ending": _ending_variant(numbers),
        "unlogged": "default" if numbers.get("days") is not None else "ordered" if _ordered(step) else "undated",
    }
    return variants.get(step.situation, "default")


def _renewal_variant(numbers: Mapping[str, Any]) -> str:
    left = int(numbers.get("left") or 0)
    if left < 0:
        return "lapsed"
    return "today" if left == 0 else "trial" if numbers.get("trial") else "default"


def _order_variant(numbers: Mapping[str, Any], *, is_ahead: bool) -> str:
    if numbers.get("product"):
        return "used_up_soon" if is_ahead else "used_up"
    return "ahead" if is_ahead else "default"


def _ending_variant(numbers: Mapping[str, Any]) -> str:
    left = int(numbers.get("left") or 0)
    if left < 0:
        return "over"
    if left == 0:
        return "today"
    return "renews" if numbers.get("renews") else "once" if numbers.get("once") else "default"


def _is_left_alone(step: Step) -> bool:
    """Whether the customer rests or is pursued no more: then no next step is missing."""
    return step.seen is not None and step.seen.status in (Status.NURTURING, Status.DROPPED)


def _ordered(step: Step) -> bool:
    return bool(step.standing and step.standing.latest_order_on)


def _was_seen(step: Step) -> bool:
    return bool(step.seen and step.standing and step.standing.latest_touch_on)


def _is_planned(step: Step) -> bool:
    """Whether the person's own plan is the reason, so that its own words say what to do."""
    return step.situation == "routine" and step.planned is not None


def _spoken_of(step: Step) -> date | None:
    """The day the reason speaks of: when it was promised, agreed, planned, over, or last heard of."""
    stands, situation = step.standing, step.situation
    if _is_planned(step) and step.planned:
        return step.planned.planned_on
    if situation in ("promise_due", "commitment_due"):
        return _told_day(step, "on") or step.due_on
    if situation == "agreed_today":
        return step.seen.facts.agreed_on if step.seen else None
    if situation == "routine" and step.seen is not None and step.seen.facts.wake_on:
        return step.seen.facts.wake_on
    if stands is None:
        return None
    days = {
        "window_overdue": stands.deadline_on,
        "window_due_soon": stands.deadline_on,
        "requalify": stands.hard_on,
        "revisit_due": _told_day(step, "since") or stands.latest_touch_on or stands.latest_order_on,
        "recovery_48h": stands.latest_touch_on,
        "nurture_wake": _told_day(step, "since"),
        "quiet_over": _told_day(step, "ended_on"),
        "result_due": _told_day(step, "expected_on"),
        "repurchase_due": _ahead(step),
        "payment_overdue": _told_day(step, "on"),
        "renewal_due": _told_day(step, "on"),
        "contract_ending": _told_day(step, "on"),
        "why_unknown": _told_day(step, "on"),
        "nurture_reply": _told_day(step, "on"),
        "unlogged": stands.latest_order_on,
    }
    return days.get(situation)


def _ahead(step: Step) -> date | None:
    """The day of the next order while it still lies ahead; once it is over, the days since the latest are told."""
    expected_on = _told_day(step, "on")
    return expected_on if step.reason.numbers.get("ahead") else None


def _values(step: Step, day: Day, around: Around) -> dict[str, object]:
    customer = around.customers[step.customer_id]
    contact, deal = around.contacts.get(customer.pk), _deal_of(step, around)
    seen, stands, numbers = step.seen, step.standing, step.reason.numbers
    return {
        "customer": customer.name,
        "contact": contact.name if contact else None,
        "me": day.user.display_name,
        "product": numbers.get("item") or (deal.product or deal.title if deal else None),
        "amount": _amount(numbers),
        "source": customer.source_text,
        "temperature": degrees(step.heat),
        "peak": degrees(_peak(step)),
        "quadrant": stands.quadrant if stands else None,
        "max_days": numbers.get("every") or (seen.facts.max_gap_days if seen else None),
        "days": _days(step, day),
        "date": _date(step, day),
        "hours": numbers.get("hours_left"),
        "drops": numbers.get("drops"),
        "count": numbers.get("open") or numbers.get("count") or numbers.get("people") or _step_number(step),
        "problem": around.tails.get(customer.pk),
        "promise": step.promise,
    }


def _amount(numbers: Mapping[str, Any]) -> str | None:
    """The money a reason speaks of, in whole; none where it speaks of none."""
    minor = numbers.get("minor")
    return None if minor is None else format_money(int(minor), str(numbers["currency"]), "")


def _step_number(step: Step) -> int | None:
    """Which step of the track is next, counted as people count."""
    place = step.reason.numbers.get("step")
    return place + 1 if isinstance(place, int) else None


def _told_day(step: Step, name: str) -> date | None:
    told = step.reason.numbers.get(name)
    return date.fromisoformat(str(told)) if told else None


def _peak(step: Step) -> float | None:
    """How warm the customer was at the end of the latest day with a touch, before it began to cool."""
    if step.seen is None or step.seen.heat.value is None:
        return None
    lost = next((reason.numbers.get("points") for reason in step.seen.heat.reasons if reason.code == "cooled"), None)
    return float(step.seen.heat.value) - float(lost or 0.0)


def _days(step: Step, day: Day) -> object:
    spoken_of = _spoken_of(step)
    if spoken_of is not None and step.situation != "unlogged":
        return abs((day.frame.today - spoken_of).days)
    if step.situation in ("cold_gap", "cold_gap_severe", "routine", "requalify") and step.seen is not None:
        return step.seen.gap.value
    return step.reason.numbers.get("days")


def _date(step: Step, day: Day) -> str:
    return _day_words(_spoken_of(step) or day.frame.today, day.frame.today)


def _day_words(day: date, today: date) -> str:
    """Month and day; the year only where it is another."""
    return day.strftime(SHORT_DATE if day.year == today.year else LONG_DATE)


def _by(step: Step, day: Day) -> str:
    """By when the customer should have done what we ask: before silence turns cold, and within a week or so."""
    today, stands = day.frame.today, step.standing
    if step.situation == "routine" and step.seen is not None and step.seen.facts.wake_on:
        return _day_words(step.seen.facts.wake_on, today)
    marks = (stands.gap_on, stands.deadline_on) if stands else ()
    soon = today + timedelta(days=day.frame.scale.heat.cooling[SOON].max_gap_days)
    return _day_words(min((on for on in (*marks, soon) if on and on > today), default=soon), today)
