"""The customer page: how warm, rising or cooling, the next step, the latest silence, and why each of them."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wendu.access.prepared import prepared_records
from wendu.access.scope import Scope
from wendu.access.verbs import can
from wendu.agenda.models import Step
from wendu.agenda.queries import open_steps_about
from wendu.coach.churn import can_leave
from wendu.coach.facts import Case, gather
from wendu.coach.frame import Frame
from wendu.coach.models import ClassSpell, Standing
from wendu.coach.queries import class_history
from wendu.customers.choices import FieldAbout, NurtureKind
from wendu.customers.models import Customer, Nurture, Tag
from wendu.customers.queries import collaborators_of, deleted_contacts_of, resting_spell, standing_by_kind, tags_on
from wendu.desk.causes import cause_words
from wendu.desk.customer_next import Judged, Near, next_line
from wendu.desk.customer_parts import (
    DealRow,
    Person,
    Question,
    deal_rows,
    latest_guess,
    own_fields,
    people,
    questions,
)
from wendu.desk.lists import status_words
from wendu.desk.plan import Line
from wendu.desk.timeline import Drawn, Heats, Told, drawn_curve, heats_of, told
from wendu.desk.track import Road, road_of
from wendu.desk.wording import Worded, advice_words, lang, screen_band, situation_name, worded
from wendu.desk.wording_life import STAGES
from wendu.identity.models import User
from wendu.insights.facts import uses_of
from wendu.method.codes import Quadrant, Status
from wendu.method.explain import perception
from wendu.method.lifecycle import lifecycle
from wendu.method.reading import Reading
from wendu.method.view import CustomerView, view
from wendu.readings.models import Override
from wendu.readings.queries import latest_overrides
from wendu.touches.queries import Cursor, open_commitments, open_promises, open_tails, quiet_periods

VERBS = {
    "log": "touch.log",
    "edit": "customer.edit",
    "tag": "customer.tag",
    "assign": "customer.assign",
    "share": "customer.share",
    "delete": "customer.delete",
    "merge": "customer.merge",
    "nurture": "customer.nurture",
    "contact": "contact.create",
    "deal": "opportunity.create",
    "override": "override.set",
    "answer": "indicator.answer",
    "settle": "promise.settle",
    "tail": "tail.close",
    "plan": "step.plan",
    "quiet": "quiet_period.start",
    "fields": "customer.set_custom",
}
RANGES = {"90": 90, "365": 365}


@dataclass(frozen=True, slots=True)
class Judgement:
    """One reading with its name, its value in words, and its reasons."""

    name: str
    value: str
    reasons: list[Worded]
    note: str = ""


@dataclass(frozen=True, slots=True)
class CustomerPage:
    """Everything the page shows, prepared."""

    customer: Customer
    frame: Frame
    on: date
    may: dict[str, bool]
    chips: list[str]
    tags: list[Tag]
    heat: float | None
    band: str
    heat_reasons: list[Worded]
    heat_note: str
    quadrant: str
    is_stale: bool
    is_provisional: bool
    status: str
    status_words: str
    days_left: int | None
    window_used: float
    judgements: list[Judgement]
    curve: Drawn
    days: str
    only: str
    timeline: Told
    step: Line
    road: Road | None
    people: list[Person]
    points: list[tuple[str, str, int]]
    deals: list[DealRow]
    promises: list[Any]
    commitments: list[Any]
    tails: list[Any]
    plans: list[Step]
    quiets: list[Any]
    spells: list[ClassSpell]
    override: Override | None
    overrides: list[Override]
    questions: list[Question]
    guess: str
    colleagues: list[User]
    fields: list[Any]
    rest: Nurture | None
    gone_people: list[Any]
    standing: Standing | None
    gone_words: str

    @property
    def is_over(self) -> bool:
        """Whether nobody is sent there any more, and nobody planned to go all the same."""
        return self.status in (Status.CHURNED, Status.DROPPED) and not self.plans

    @property
    def can_leave(self) -> bool:
        """Whether it can be declared gone."""
        has_ordered = self.standing is not None and self.standing.latest_order_on is not None
        return can_leave(self.status, has_ordered=has_ordered)

    @property
    def phone(self) -> str:
        """The number to call first."""
        return next((person.phone for person in self.people if person.phone), "")

    @property
    def silent_days(self) -> int | None:
        """Days since the latest touch."""
        latest = self.standing.latest_touch_on if self.standing else None
        return (self.on - latest).days if latest else None


@dataclass(frozen=True, slots=True)
class Known:
    """What every part is read from."""

    user: User
    customer: Customer
    frame: Frame
    case: Case
    heats: Heats
    seen: CustomerView
    standing: Standing | None


def customer_page(
    user: User, customer: Customer, at: datetime, *, days: str = "", only: str = "", after: Cursor | None = None
) -> CustomerPage:
    """Read the page of a visible customer: a fixed number of queries, one fold of its history."""
    known = known_of(user, customer, Frame.at(at))
    seen, frame = known.seen, known.frame
    deals = deal_rows(user, customer, seen)
    own = standing_by_kind()
    persons, points = people(user, customer, [row.card for row in deals], own[FieldAbout.CONTACT])
    overrides = latest_overrides(customer, "quadrant")
    days = days if days in RANGES else ("365" if seen.status is Status.EXISTING else "90")
    promises, commitments, tails, plans = owed_of(user, customer)
    quiets, spells = quiet_periods(user, customer.pk), class_history(user, customer)
    near = Near(persons, deals, promises, commitments, tails, plans)
    line = next_line(user, customer, Judged(frame, known.case.context, seen, known.standing), near)
    return CustomerPage(
        customer=customer,
        frame=frame,
        on=frame.today,
        may={name: can(user, verb, customer) for name, verb in VERBS.items()},
        chips=_chips(customer, frame),
        tags=tags_on(user, [customer])[customer.pk],
        **judged_of(known),
        curve=drawn_curve(known.case, known.heats, days=RANGES[days], frame=frame),
        days=days,
        only=only,
        timeline=told(
            user, customer, known.case, known.heats, spells=spells, quiets=quiets, frame=frame, only=only, after=after
        ),
        step=line,
        road=road_of(seen, frame, line, is_opted_out=near.is_opted_out),
        people=persons,
        points=points,
        deals=deals,
        promises=promises,
        commitments=commitments,
        tails=tails,
        plans=plans,
        quiets=[row for row in quiets if row.ends_on >= frame.today],
        spells=spells[:30],
        override=next((row for row in overrides if row.ended_at is None and row.expires_on > frame.today), None),
        overrides=overrides,
        questions=questions(user, customer, frame),
        guess=_guess(known),
        colleagues=collaborators_of(user, customer),
        fields=own_fields(customer, own[FieldAbout.CUSTOMER]),
        gone_people=deleted_contacts_of(user, customer),
        standing=known.standing,
        **_resting(customer, frame),
    )


def _resting(customer: Customer, frame: Frame) -> dict[str, Any]:
    """The spell out of pursuit that stands, and why a customer who left did so."""
    rest = resting_spell(customer.pk)
    is_gone = rest is not None and rest.kind == NurtureKind.CHURNED
    return {"rest": rest, "gone_words": cause_words(rest.reason, frame.playbook) if rest and is_gone else ""}


def judged_of(known: Known) -> dict[str, Any]:
    """What the head of the page says: heat, class, list and window."""
    seen, frame, window = known.seen, known.frame, known.seen.facts.window
    return {
        "heat": None if known.heats.state.judged is None else float(seen.heat.value or 0.0),
        "band": screen_band(seen.heat.band),
        "heat_reasons": worded(seen.heat.reasons, frame.playbook),
        "heat_note": _heat_note(known),
        "quadrant": "" if seen.facts.quadrant is Quadrant.UNCLASSIFIED else seen.facts.quadrant.value,
        "is_stale": any(reason.code == "answer_stale" for reason in seen.quadrant.reasons),
        "is_provisional": seen.quadrant.provisional,
        "status": seen.status.value,
        "status_words": status_words(seen.status.value),
        "days_left": (window.deadline_on - frame.today).days if window else None,
        "window_used": 100 * float(seen.window.value or 0.0) if seen.window else 0.0,
        "judgements": _judgements(known),
    }


def known_of(user: User, customer: Customer, frame: Frame) -> Known:
    """Gather and judge a visible customer, for its page and for the panel beside the list."""
    case = gather([customer.pk], frame)[0]
    heats = heats_of(case)
    seen = view(heats.state, frame.today, case.context)
    standing = next(iter(_standing_of(user, customer.pk)), None)
    return Known(user, customer, frame, case, heats, seen, standing)


@prepared_records
def _standing_of(me: Scope, customer_id: int) -> QuerySet[Standing]:
    return Standing.objects.visible_to(me).filter(pk=customer_id)


def owed_of(user: User, customer: Customer) -> tuple[list[Any], list[Any], list[Any], list[Step]]:
    """What we promised, what they agreed to, the problems left open, and what anybody means to do."""
    return (
        open_promises(user, customer.pk),
        open_commitments(user, customer.pk),
        open_tails(user, customer.pk),
        open_steps_about(customer.pk),
    )


def _chips(customer: Customer, frame: Frame) -> list[str]:
    tongue, factors = lang(), frame.playbook.factors
    industry = factors.industry.get(customer.industry)
    place = customer.city or customer.province
    size = _("%(n)s people") % {"n": customer.headcount} if customer.headcount else ""
    tier = "" if customer.tier == "normal" else str(customer.get_tier_display())
    sale = "" if customer.sale_kind == "standard" else str(customer.get_sale_kind_display())
    market = "" if customer.market == "b2b" else str(customer.get_market_display())
    named = industry.name.of(tongue) if industry else customer.industry
    return [part for part in (named, size, place, market, sale, tier) if part]


def _heat_note(known: Known) -> str:
    """What held the hottest deal back, or how it moves on."""
    held = next((deal for deal in known.seen.deals if any(why.code == "capped" for why in deal.heat.reasons)), None)
    return advice_words("needs_advance", known.frame.playbook) if held else ""


def _judgements(known: Known) -> list[Judgement]:
    seen, book = known.seen, known.frame.playbook
    life = _life_of(known)
    found = [
        (_("Class"), _class_words(seen.quadrant), seen.quadrant),
        (_("Signing window"), _window_words(known), seen.window),
        (_("Silence"), _days(seen.gap.value), seen.gap),
        (_("Rhythm"), _("up and down") if seen.erratic.band == "erratic" else _("steady"), seen.erratic),
        (_("Lifecycle"), str(STAGES[life.band]), life),
    ]
    return [
        Judgement(name, value, _each_once(worded(reading.reasons, book)), _missing(reading))
        for name, value, reading in found
        if reading is not None and (reading.reasons or reading.missing or value)
    ]


def _life_of(known: Known) -> Reading:
    """Where they stand in their life with us, by the order days the journey remembers."""
    today = known.frame.today
    use = uses_of([known.customer.pk], today)[known.customer.pk]
    return lifecycle(known.heats.state.orders, today, known.case.context, use)


def _each_once(reasons: list[Worded]) -> list[Worded]:
    """Answers given on the same day say the same; once is enough."""
    return list({(reason.points, reason.words): reason for reason in reasons}.values())


def _window_words(known: Known) -> str:
    window = known.seen.facts.window
    if window is None:
        return ""
    left = (window.deadline_on - known.frame.today).days
    return _("over") if left < 0 else _days(left)


def _days(value: object) -> str:
    return ngettext("%(n)s day", "%(n)s days", value) % {"n": value} if isinstance(value, int) else ""


def _class_words(reading: Reading) -> str:
    return _("unclassified") if reading.value == "unclassified" else str(reading.value)


def _missing(reading: Reading) -> str:
    words = {
        "willingness": _("no question about willingness is answered"),
        "need": _("no question about need is answered"),
        "two_way_touch": _("nobody has talked with them yet"),
    }
    parts = [words[code] for code in reading.missing if code in words]
    return _("Unknown: %(parts)s") % {"parts": _(", ").join(parts)} if parts else ""


def _guess(known: Known) -> str:
    """The latest own feel against the computed heat of that day."""
    touch = latest_guess(known.user, known.customer)
    if touch is None or touch.guess is None:
        return ""
    computed = known.heats.of_day.get(touch.touched_on, (0.0, 0.0))[1]
    found = perception(float(touch.guess), computed, known.case.context)
    who = touch.author.display_name if touch.author else ""
    told_ = worded(found.reasons)[0].words
    gap = _(" — felt much warmer than it is") if found.band == "perception_gap" else ""
    return f"{touch.touched_on:%m-%d} {who}: {told_}{gap}"


def others_of(line: Line, frame: Frame) -> list[str]:
    """The other situations a customer is in, by name."""
    return [situation_name(reason.code, frame.playbook) for reason in line.step.others if reason.code != "routine"]


def questions_of(user: User, customer: Customer, at: datetime) -> list[Question]:
    """The ten questions of a visible customer with what stands as their answers."""
    return questions(user, customer, Frame.at(at))
