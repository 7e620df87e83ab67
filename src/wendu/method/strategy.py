"""What to do next with a customer: the play of its class and the most urgent reason for it (method: 3.5)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from wendu.method.codes import Quadrant, Status, WindowState
from wendu.method.facts import Context
from wendu.method.reading import Reason, because, exact
from wendu.method.repurchase import order_rhythm, rhythm_of
from wendu.method.scales import StrategyScale
from wendu.method.view import CustomerView

HOURS_OF_A_DAY = 24


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What other rooms know about a customer today; nothing is assumed about what nobody said."""

    planned_on: date | None = None
    open_tails: int = 0
    unconfirmed_influencers: int = 0
    trust: float | None = None
    promise_due_on: date | None = None
    commitment_due_on: date | None = None
    gap_case_since: date | None = None
    pulse_due_on: date | None = None
    nurture_touch_due_on: date | None = None
    stalled_touches: int = 0
    lead_age_days: int | None = None
    late_money: Reason | None = None
    renewal: Reason | None = None
    contract_end: Reason | None = None
    why_unknown: Reason | None = None
    first_touch_late: bool = False
    nameless: bool = False
    opted_out: bool = False


@dataclass(frozen=True, slots=True)
class NextStep:
    """The play of the class for the most urgent situation; the other situations follow in order."""

    situation: str
    play_class: str
    reason: Reason
    others: tuple[Reason, ...]


def next_best_action(seen: CustomerView, around: Circumstances, ctx: Context) -> NextStep:
    """The one thing to do next and why."""
    first, *others = situations(seen, around, ctx)
    return NextStep(first.code, play_class(seen), first, tuple(others))


def play_class(seen: CustomerView) -> str:
    """Whose play is played: of the class, or of an existing customer with nothing open."""
    return Status.EXISTING.value if seen.status is Status.EXISTING else seen.facts.quadrant.value


def situations(seen: CustomerView, around: Circumstances, ctx: Context) -> tuple[Reason, ...]:
    """Every situation the customer is in today, most urgent first; always at least the routine."""
    order = {code: place for place, code in enumerate(ctx.scale.strategy.urgency)}
    found = {reason.code: reason for reason in _found(seen, around, ctx) if reason.code in order}
    ranked = sorted(found.values(), key=lambda reason: order[reason.code])
    return (*ranked, because("routine", due=_iso(seen.facts.due_on)))


def _found(seen: CustomerView, around: Circumstances, ctx: Context) -> Iterator[Reason]:
    if seen.is_quiet and not _has_come(around.planned_on, seen.on):
        yield because("quiet_period")
        return
    recovery = recovery_due(seen, ctx)
    for alert in seen.alerts:
        if alert.rule == "missed_heat" and _speaks_for_itself(seen, recovery, str(alert.reason.numbers["cause"])):
            continue
        yield because(alert.rule, since=alert.since.isoformat(), deal=alert.deal, **alert.reason.numbers)
    if recovery is not None:
        yield recovery
    quiet_until = seen.facts.quiet_until
    if quiet_until is not None and quiet_until < seen.on:
        yield because("quiet_over", ended_on=quiet_until.isoformat(), days=(seen.on - quiet_until).days)
    else:
        yield from _result(seen)
    if seen.status is Status.IN_PURSUIT:
        yield from _in_pursuit(seen, around, ctx)
    yield from _on_track(seen, around)
    if seen.facts.woken_on is not None:
        yield because("nurture_wake", since=_iso(seen.facts.woken_on))
    if seen.status is Status.UNVISITED:
        yield because("first_touch_old" if around.first_touch_late else "first_touch_due", age=around.lead_age_days)
    yield from _for_anyone(seen, around, ctx)


def _result(seen: CustomerView) -> Iterator[Reason]:
    """The day on which a deal should have signed is over, and nobody asked."""
    due = seen.facts.result_due
    if due is not None and due.ask_on <= seen.on:
        days = (seen.on - due.expected_on).days
        yield because("result_due", deal=due.deal, expected_on=due.expected_on.isoformat(), days=days)


def _speaks_for_itself(seen: CustomerView, recovery: Reason | None, cause: str) -> bool:
    """Heat lost by a refusal or a bad experience is mended there; to call it a neglected customer would be unfair."""
    if seen.setback is None or seen.setback.code != cause:
        return False
    return recovery is not None or cause == "bad_experience"


def _in_pursuit(seen: CustomerView, around: Circumstances, ctx: Context) -> Iterator[Reason]:
    yield from _window(seen)
    if seen.erratic.band == "erratic":
        yield because("erratic", drops=seen.erratic.value)
    track, review_on = seen.facts.track, seen.facts.review_due_on
    if track is not None and _has_come(review_on, seen.on):
        yield because("review_due", on=_iso(review_on), days=(seen.on - track.judged_on).days)
    if around.open_tails:
        yield because("open_tail", open=around.open_tails)
    if around.unconfirmed_influencers:
        yield because("unconfirmed_influencer", people=around.unconfirmed_influencers)
    if around.trust is not None and exact(around.trust) <= ctx.scale.strategy.trust_above:
        yield because("trust_gap", trust=around.trust, above=ctx.scale.strategy.trust_above)
    if around.stalled_touches:
        yield because("stalled", touches=around.stalled_touches)
    gap = seen.facts.gap
    if gap is not None and gap.since != seen.facts.heat.counted_on and not seen.deals:
        yield because("nurture_wake", since=gap.since.isoformat())


def _window(seen: CustomerView) -> Iterator[Reason]:
    if seen.window is None:
        return
    code = _WINDOW_SITUATIONS.get(seen.window.band)
    if code is not None:
        yield because(code, **seen.window.reasons[0].numbers)


_WINDOW_SITUATIONS = {
    WindowState.DUE_SOON.value: "window_due_soon",
    WindowState.OVERDUE.value: "window_overdue",
    WindowState.OVERDUE_HARD.value: "requalify",
}


def _for_anyone(seen: CustomerView, around: Circumstances, ctx: Context) -> Iterator[Reason]:
    if seen.setback is not None and seen.setback.code == "bad_experience":
        yield seen.setback
    if _has_come(seen.facts.agreed_on, seen.on):
        yield because("agreed_today", on=_iso(seen.facts.agreed_on))
    if around.nameless:
        yield because("name_the_customer")
    due = {
        "promise_due": around.promise_due_on,
        "commitment_due": around.commitment_due_on,
        "gap_case": around.gap_case_since,
        "pulse_due": around.pulse_due_on,
        "revisit_due": None if around.opted_out else seen.facts.revisit_due_on,
    }
    for code, day in due.items():
        if day is not None and day <= seen.on:
            yield because(code, on=day.isoformat(), days=(seen.on - day).days)
    why = None if around.opted_out else around.why_unknown
    ends = () if seen.status is Status.CHURNED else (around.contract_end, around.renewal, why)
    yield from (reason for reason in (around.late_money, *ends) if reason is not None)
    if not around.opted_out:
        yield from _reorder(seen, ctx)


def _reorder(seen: CustomerView, ctx: Context) -> Iterator[Reason]:
    """An order is due by the customer's own rhythm, else because what they bought is used up by now."""
    due_on, own = seen.facts.reorder_due_on, order_rhythm(seen.orders, ctx.scale.cadence)
    rhythm = rhythm_of(seen.orders, seen.lasting, ctx.scale.cadence)
    if due_on is not None and due_on <= seen.on and rhythm is not None:
        latest_on = seen.orders[-1] if own is not None or seen.lasting is None else seen.lasting.on
        numbers = {"days": (seen.on - latest_on).days, "every": rhythm.interval_days, "orders": len(seen.orders)}
        marks = {"on": rhythm.expected_on.isoformat(), "latest": latest_on.isoformat()}
        yield because("repurchase_due", **marks, **numbers, ahead=seen.on < rhythm.expected_on, product=own is None)


def _on_track(seen: CustomerView, around: Circumstances) -> Iterator[Reason]:
    """The next light step, or that somebody who rests has answered; class D stands on the list as it is."""
    track, due_on = seen.facts.track, around.nurture_touch_due_on
    if track is not None and track.ended is not None and seen.status is Status.NURTURING:
        yield because("nurture_reply", cause=track.ended, on=_iso(track.ended_on))
    if due_on is not None and due_on <= seen.on:
        days = (seen.on - (track.since if track is not None else due_on)).days
        taken, step = (track.taken, track.step) if track is not None else (None, None)
        yield because("nurture_touch", on=due_on.isoformat(), days=days, taken=taken, step=step)


def recovery_due(seen: CustomerView, ctx: Context) -> Reason | None:
    """After a failed visit to a class A customer there is little room left: mend it within two days."""
    setback = seen.setback
    if seen.facts.quadrant is not Quadrant.A or setback is None or setback.code == "bad_experience":
        return None
    hours = HOURS_OF_A_DAY * int(setback.numbers["days"] or 0)
    if not setback.numbers["face_to_face"] or hours > ctx.scale.strategy.recovery_hours:
        return None
    return because("recovery_48h", refused=setback.code, hours_left=ctx.scale.strategy.recovery_hours - hours)


@dataclass(frozen=True, slots=True)
class Checked:
    """One thing to have in hand before the visit that should decide."""

    code: str
    state: str
    close_within_hours: int | None


def visit_checklist(
    *,
    chain: bool | None,
    scale: StrategyScale,
    trust: bool | None = None,
    concerns: bool | None = None,
    offer: bool | None = None,
) -> tuple[Checked, ...]:
    """Decision chain, trust, concerns and offer before an A visit; what is red or unknown is closed by phone first."""
    known = {"chain": chain, "trust": trust, "concerns": concerns, "offer": offer}
    return tuple(Checked(code, _STATES[fine], None if fine else scale.red_items_hours) for code, fine in known.items())


_STATES = {True: "green", False: "red", None: "unknown"}


def blocks_done(quadrant: Quadrant, open_tails: int) -> Reason | None:
    """In class C no tail may be left: a touch is not done while a problem it should close is open."""
    return because("open_tail", open=open_tails) if quadrant is Quadrant.C and open_tails else None


def visit_warning(quadrant: Quadrant, kind: str, ctx: Context) -> Reason | None:
    """A face-to-face plan for class D gets a soft warning: there the indirect way is stronger."""
    known = ctx.scale.heat.kinds.get(kind)
    if quadrant is not Quadrant.D or known is None or not known.face_to_face:
        return None
    return because("indirect_is_better", kind=kind)


def class_shares(classes: Iterable[Quadrant]) -> dict[Quadrant, float]:
    """How customers, or the touches spent on them, spread over the classes A to D."""
    counted = [quadrant for quadrant in classes if quadrant is not Quadrant.UNCLASSIFIED]
    of_all = {quadrant: counted.count(quadrant) for quadrant in Quadrant if quadrant is not Quadrant.UNCLASSIFIED}
    return {quadrant: number / len(counted) if counted else 0.0 for quadrant, number in of_all.items()}


def time_advice(shares: dict[Quadrant, float], long_war_share: float) -> Reason | None:
    """Best resources to the best customers: too much time on class D is worth a word."""
    share = shares.get(Quadrant.D, 0.0)
    return because("long_war_eats_time", share=share, above=long_war_share) if exact(share) > long_war_share else None


def _has_come(day: date | None, on: date) -> bool:
    return day is not None and day <= on


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
