"""What a draft would do to the heat before it is saved: the same fold of the same facts as saving it (method: 3.4)."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from wendu.coach.facts import Case, gather
from wendu.coach.frame import Frame
from wendu.coach.models import Checkpoint, Memory
from wendu.coach.quoting import bargains, too_early
from wendu.coach.rows import current
from wendu.customers.models import Customer
from wendu.desk.wood import Wood, next_wood
from wendu.desk.wording import lang
from wendu.method.codes import Axis, DealEvent, Quadrant
from wendu.method.facts import Answer, Context, DayFacts, DealFact, TouchFact
from wendu.method.fold import fold
from wendu.method.journey import DealFacts, Journey, StandingFacts, heat_on
from wendu.method.reading import Reason, because, exact
from wendu.method.state import StrikePhase
from wendu.method.strategy import blocks_done, visit_warning
from wendu.method.temperature import band
from wendu.opportunities.models import Opportunity
from wendu.touches.actions import TouchDraft, draft_of, fact_of_draft, judged_outcome, lacking_for_advance
from wendu.touches.choices import TouchKind, TouchOutcome
from wendu.touches.facts import open_tail_counts, quiet_facts
from wendu.touches.models import Touch

NEW_DEAL = 2**62
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Effect:
    """Heat and class before and after, the day the next touch is due, and what would make more of this one."""

    before: float
    after: float
    band_before: str
    band_after: str
    quadrant_before: Quadrant
    quadrant_after: Quadrant
    due_on: date | None
    strikes: bool
    hint: Reason | None
    wood: Wood | None


@dataclass(frozen=True, slots=True)
class _Past:
    """What stood before the day of the draft, and the facts from that day on."""

    customer: Customer
    frame: Frame
    start: Journey
    case: Case
    old: Touch | None
    fact: TouchFact


def effect_of(draft: TouchDraft, customer: Customer, *, frame: Frame, touch: Touch | None = None) -> Effect | None:
    """Foretell what saving this draft will show; `touch` is the one being edited.

    An edit that makes or takes back an order moves more than one touch: it is not foretold (None).
    """
    old = draft_of(touch) if touch is not None else None
    if old is not None and TouchOutcome.ORDER in (old.outcome, draft.outcome):
        return None
    past = _past(customer, draft, old, touch, frame)
    before, after = _stands(past, past.case), _stands(past, _with(past, draft, old))
    ctx, scale = past.case.context, frame.scale.heat
    warm = heat_on(before, frame.today, ctx)
    warmer = heat_on(after, frame.today, ctx)
    return Effect(
        before=warm,
        after=warmer,
        band_before=band(warm, scale),
        band_after=band(warmer, scale),
        quadrant_before=before.quadrant,
        quadrant_after=after.quadrant,
        due_on=after.due_on,
        strikes=any(deal.strike is StrikePhase.OPEN and deal.strike_since == frame.today for deal in after.deals),
        hint=_hint(past, draft, old, after, warmer),
        wood=_wood(past, after),
    )


def _wood(past: _Past, after: StandingFacts) -> Wood | None:
    """What to put on the fire after this touch, with the same person."""
    frame, ctx = past.frame, past.case.context
    known = bargains([deal.deal for deal in after.deals if deal.deal != NEW_DEAL])
    return next_wood(after, frame.today, ctx, frame.playbook, reach=past.fact.reach, lang=lang(), bargains=known)


def _past(customer: Customer, draft: TouchDraft, old: TouchDraft | None, touch: Touch | None, frame: Frame) -> _Past:
    days = [each.touched_on for each in (draft, old) if each is not None]
    days += [each.quiet.starts_on for each in (draft, old) if each is not None and each.quiet is not None]
    start = _start(customer.pk, min(days))
    case = gather([customer.pk], frame, since=start.on + ONE_DAY if start.on else None)[0]
    touch_id = touch.pk if touch is not None else 0
    return _Past(customer, frame, start, case, touch, fact_of_draft(draft, customer, touch_id=touch_id))


def _start(customer_id: int, since: date) -> Journey:
    """The latest state kept before a day, as the coach itself starts from."""
    memory = Memory.objects.filter(pk=customer_id).first()
    base = Journey.from_json(memory.base) if memory is not None else Journey.empty()
    if base.on is not None and base.on < since:
        return base
    point = Checkpoint.objects.filter(customer_id=customer_id, on__lt=since).order_by("-on").first()
    return Journey.from_json(point.journey) if point is not None else Journey.empty()


def _stands(past: _Past, case: Case) -> StandingFacts:
    state = past.start
    for day in case.days:
        state = fold(state, day, case.context)
    return current(state, case.context, past.frame.today)


def _with(past: _Past, draft: TouchDraft, old: TouchDraft | None) -> Case:
    """The case as it will be: the draft instead of what it replaces, if it replaces something."""
    days = {day.on: day for day in past.case.days}
    if old is not None and past.old is not None and old.touched_on in days:
        days[old.touched_on] = _without(days[old.touched_on], past.old.pk, _answers(old))
    on = draft.touched_on
    deal = _signed_deal(past, draft)
    touch_id = past.old.pk if past.old is not None else 0
    fact = past.fact._replace(id=touch_id)
    if deal is not None:
        fact = fact._replace(deal=deal)
    day = days.get(on, DayFacts(on))
    days[on] = day._replace(
        touches=_placed(day.touches, fact),
        answers=(*day.answers, *_answers(draft)),
        deals=(*day.deals, *_signing(draft, deal)),
    )
    folded = tuple(days[each] for each in sorted(days) if past.start.on is None or each > past.start.on)
    return replace(past.case, days=folded, context=_context(past, draft, old))


def _without(day: DayFacts, touch_id: int, answers: Iterable[Answer]) -> DayFacts:
    left = list(day.answers)
    for answer in answers:
        if answer in left:
            left.remove(answer)
    return day._replace(touches=tuple(each for each in day.touches if each.id != touch_id), answers=tuple(left))


def _placed(touches: tuple[TouchFact, ...], fact: TouchFact) -> tuple[TouchFact, ...]:
    """In the order of logging; a new one comes last."""
    return tuple(sorted((*touches, fact), key=lambda each: each.id or NEW_DEAL))


def _answers(draft: TouchDraft) -> tuple[Answer, ...]:
    return tuple(Answer(Axis(row.axis), row.indicator, row.value) for row in draft.answers)


def _signed_deal(past: _Past, draft: TouchDraft) -> int | None:
    """The deal an order wins: the one chosen, the only open one, or a new one."""
    if draft.outcome != TouchOutcome.ORDER or draft.opportunity_id is not None:
        return None
    if draft.order is not None and draft.order.title.strip():
        return NEW_DEAL
    found = Opportunity.objects.open().filter(customer=past.customer).values_list("pk", flat=True)[:2]
    return found[0] if len(found) == 1 else NEW_DEAL


def _signing(draft: TouchDraft, deal: int | None) -> tuple[DealFact, ...]:
    if draft.outcome != TouchOutcome.ORDER:
        return ()
    if deal == NEW_DEAL:
        return DealFact(deal, DealEvent.OPENED), DealFact(deal, DealEvent.WON)
    won = deal if deal is not None else draft.opportunity_id
    return (DealFact(won, DealEvent.WON),) if won is not None else ()


def _context(past: _Past, draft: TouchDraft, old: TouchDraft | None) -> Context:
    """The clocks with the draft's days of silence instead of those it replaces."""
    gone, come = _silence(old), _silence(draft)
    if gone == come:
        return past.case.context
    quiet = quiet_facts([past.customer.pk], as_of=past.frame.today)[past.customer.pk]
    if gone in quiet:
        quiet.remove(gone)
    return past.frame.context(past.case.context.profile, tuple(sorted([*quiet, *([come] if come else [])])))


def _silence(draft: TouchDraft | None) -> tuple[date, date] | None:
    return (draft.quiet.starts_on, draft.quiet.ends_on) if draft is not None and draft.quiet is not None else None


def _hint(past: _Past, draft: TouchDraft, old: TouchDraft | None, after: StandingFacts, warmer: float) -> Reason | None:
    """The one thing that would make more of this touch, or that it leaves undone."""
    ctx = past.case.context
    if draft.outcome == TouchOutcome.ADVANCE and (lacks := lacking_for_advance(draft)):
        return because("advance_lacks", parts=",".join(lacks))
    advanced = judged_outcome(draft) == TouchOutcome.ADVANCE
    if (advanced or draft.closed_tail_ids) and not draft.value_note.strip():
        worth_saying = replace(past, fact=past.fact._replace(value_note=True))
        noted = _stands(past, _with(worth_saying, draft, old))
        reach = heat_on(noted, past.frame.today, ctx)
        if exact(reach) > exact(warmer):
            return because("value_note", heat=reach)
    return _warning(past, draft, after)


def _warning(past: _Past, draft: TouchDraft, after: StandingFacts) -> Reason | None:
    """What the class asks for, what holds the heat back, or what keeps it."""
    ctx, pk = past.case.context, past.customer.pk
    open_tails = open_tail_counts([pk]).get(pk, 0) + len(draft.tails) - len(draft.closed_tail_ids)
    found = visit_warning(after.quadrant, draft.kind, ctx) or blocks_done(after.quadrant, open_tails)
    if found is None and draft.kind == TouchKind.NEGOTIATION and draft.opportunity_id is not None:
        found = too_early(draft.opportunity_id, after.quadrant)
    if found is None and any(_is_held(deal, past.frame.today) for deal in after.deals):
        found = because("needs_advance", cap=ctx.scale.heat.strike.cap, days=ctx.scale.heat.strike.cap_days)
    if found is None and after.agreed_on is not None and after.agreed_on > past.frame.today:
        found = because("agreed_day", on=after.agreed_on.isoformat())
    return found


def _is_held(deal: DealFacts, on: date) -> bool:
    """Whether an opportunity's heat counts for less because no advance was made."""
    return deal.capped_from is not None and deal.capped_from <= on and exact(deal.heat.level) > deal.cap
