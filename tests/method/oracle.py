"""A slow second opinion: walks every single day of a customer and does what the method's text says, literally."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from wendu.method.codes import Axis, DealEvent, Outcome, Quality, Reach, Refusal
from wendu.method.journey import Context, DayFacts, TouchFact

ONE = timedelta(days=1)


@dataclass
class Pot:
    """One thermometer."""

    level: float = 0.0
    counted: bool = False
    grace: int = 0
    idle: int = 0
    since_advance: int | None = None


@dataclass
class Road:
    """The nurture track, as a list of what happened on it."""

    began: date
    judged: date
    ours: int = 0
    touched: date | None = None
    replied: date | None = None


@dataclass
class Seen:
    """What the oracle saw at the end of a day."""

    on: date
    heat: float
    status: str
    quadrant: str
    cold: str
    deals: dict[int, tuple[float, str, date | None, date | None]]
    drops: list[date]
    start: date | None
    road: tuple[date, int, str | None, date | None] | None
    review: date | None


@dataclass
class Oracle:
    """The whole memory, naively."""

    ctx: Context
    whole: Pot = field(default_factory=Pot)
    loose: Pot = field(default_factory=Pot)
    pots: dict[int, Pot] = field(default_factory=dict)
    phase: dict[int, str] = field(default_factory=dict)
    alarm: dict[int, tuple[str, date | None, date | None]] = field(default_factory=dict)
    missed: dict[int, date | None] = field(default_factory=dict)
    shown_before: dict[int, float] = field(default_factory=dict)
    answers: dict[tuple[str, str], int] = field(default_factory=dict)
    held: tuple[str, date] | None = None
    met: bool = False
    talked: bool = False
    ordered: bool = False
    nurture: date | None = None
    dropped: bool = False
    churned: bool = False
    gap: int = 0
    agreed: tuple[date, date] | None = None
    quadrant: str = "unclassified"
    status: str = "unvisited"
    peak: tuple[float, bool] | None = None
    drops: list[date] = field(default_factory=list)
    starts: dict[str, date] = field(default_factory=dict)
    left: dict[str, date] = field(default_factory=dict)
    road: Road | None = None

    def walk(self, days: Iterable[DayFacts], end: date) -> list[Seen]:
        """Judge every day from the first fact to the end."""
        facts = {day.on: day for day in days}
        on, seen = min(facts), []
        while on <= end:
            seen.append(self.live(on, facts.get(on, DayFacts(on))))
            on += ONE
        return seen

    def live(self, on: date, day: DayFacts) -> Seen:  # noqa: C901 - read it top to bottom, as the text
        """Let one day pass."""
        was_status, was_class, before = self.status, self.class_now(), self.whole.level
        was_open = {deal for deal, phase in self.phase.items() if phase == "open"}
        stopped = self.ctx.stops.is_stopped(on) or bool(self.agreed and self.agreed[0] < on <= self.agreed[1])
        if not stopped:
            half_life = self.beat()[0]
            for pot in (self.whole, self.loose, *self.pots.values()):
                self.cool(pot, half_life)
            self.gap += 1
        if self.held and self.held[1] <= on:
            self.held = None
        if self.nurture and self.nurture <= on:
            self.nurture = None
        for touch in day.touches:
            if touch.deal is not None and touch.deal not in self.pots:
                self.pots[touch.deal], self.phase[touch.deal] = Pot(**vars(self.loose)), "unopened"
        orders = {touch.deal for touch in day.touches if touch.outcome is Outcome.ORDER and touch.deal is not None}
        opening = False
        for fact in day.deals:
            if fact.deal not in self.pots or self.phase[fact.deal] == "won":
                self.pots[fact.deal] = Pot(**vars(self.loose))
            opening |= fact.event in (DealEvent.OPENED, DealEvent.REOPENED)
            self.phase[fact.deal] = {
                DealEvent.OPENED: "open",
                DealEvent.REOPENED: "open",
                DealEvent.WON: "won",
                DealEvent.LOST: "lost",
                DealEvent.PAUSED: "paused",
            }[fact.event]
            if fact.event is DealEvent.WON:
                orders.add(fact.deal)
        ordered = bool(orders) or day.ordered or day.subscribed or any(t.outcome is Outcome.ORDER for t in day.touches)
        counted = ordered or any(t.two_way for t in day.touches)
        self.remember(on, day, ordered, counted, opening)
        now_open = {deal for deal, phase in self.phase.items() if phase == "open"}
        self.settle_class(on, day, ordered, was_class, was_status)
        pursued = bool(was_open or now_open)
        self.warm(self.whole, day.touches, ordered, pursued)
        self.warm(self.loose, [t for t in day.touches if t.deal is None], False, pursued)
        for deal, pot in self.pots.items():
            mine = [t for t in day.touches if t.deal in (None, deal)]
            if self.phase[deal] != "won" or deal in orders:
                self.warm(pot, mine, deal in orders, pursued)
            self.alert(on, deal, mine, deal in was_open, deal in orders)
        self.swing(on, before, was_status, ordered)
        self.go_on(on, day, was_status, was_class)
        return self.seen(on)

    def beat(self) -> tuple[float, int]:
        heat, profile = self.ctx.scale.heat, self.ctx.profile
        rhythm = max(heat.rhythm.market.get(profile.market, 1), heat.rhythm.sale.get(profile.sale, 1))
        if self.ordered and "open" not in self.phase.values():
            days = self.ctx.scale.cadence.interval_days.get(profile.tier or "normal", 180)
            return heat.existing_half_life_days * rhythm, min(days, 365)
        row = heat.cooling[self.quadrant]
        return row.half_life_days * rhythm, int(row.max_gap_days * rhythm)

    @staticmethod
    def cool(pot: Pot, half_life: float) -> None:
        if pot.since_advance is not None:
            pot.since_advance += 1
        if pot.counted:
            pot.idle += 1
        if not pot.counted or pot.idle > pot.grace:
            pot.level *= 2 ** (-1 / half_life)

    def remember(  # noqa: C901 - read it top to bottom, as the text
        self, on: date, day: DayFacts, ordered: bool, counted: bool, opening: bool
    ) -> None:
        for answer in day.answers:
            if answer.score is None:
                self.answers.pop((answer.axis, answer.indicator), None)
            else:
                self.answers[answer.axis, answer.indicator] = answer.score
        if day.override:
            self.held = (day.override.quadrant.value, day.override.expires_on)
        elif day.override_cleared:
            self.held = None
        if self.held and self.held[1] <= on:
            self.held = None
        if day.nurture_until:
            self.nurture = day.nurture_until if day.nurture_until > on else None
        elif day.woken or day.churned or opening or ordered:
            self.nurture = None
        back = opening or ordered or day.requalified or day.woken or day.nurture_until
        self.dropped = day.dropped or (self.dropped and not back)
        self.churned = day.churned or (self.churned and not back)
        self.ordered, self.met = self.ordered or ordered, self.met or counted
        self.talked = self.talked or any(t.two_way for t in day.touches)
        if counted:
            self.gap = 0
        refused = any(
            t.two_way and t.outcome is Outcome.NO_SALE and t.refusal is not Refusal.OBJECTIVE for t in day.touches
        )
        if counted and self.agreed and (self.agreed[1] <= on or refused):
            self.agreed = None
        for touch in day.touches:
            if touch.two_way and touch.agreed_on and on < touch.agreed_on <= on + 30 * ONE:
                self.agreed = (on, touch.agreed_on)

    def settle_class(  # noqa: C901 - read it top to bottom, as the text
        self, on: date, day: DayFacts, ordered: bool, was_class: str | None, was_status: str
    ) -> None:
        sums = {}
        for axis in Axis:
            scores = [score for (kind, _), score in self.answers.items() if kind == axis]
            sums[axis] = 100 * sum(scores) / (2 * len(scores)) if scores else None
        willing, need = sums[Axis.WILLINGNESS], sums[Axis.NEED]
        if self.held:
            self.quadrant = self.held[0]
        elif willing is None or need is None or not self.met:
            self.quadrant = "unclassified"
        else:
            self.quadrant = {(1, 1): "A", (0, 1): "B", (1, 0): "C", (0, 0): "D"}[willing >= 60, need >= 60]
        self.status = self.status_now()
        if self.status == "in_pursuit" and was_status not in ("in_pursuit", "unvisited"):
            self.gap = 0
        if self.status in ("dropped", "churned") or (self.status == "nurturing" and was_status != "nurturing"):
            self.agreed = None
        if ordered or day.requalified:
            self.starts.clear()
            self.left.clear()
            was_class = None
        now = self.class_now()
        if now != was_class:
            if was_class:
                self.left[was_class] = on
            if now:
                if now not in self.starts or (on - self.left.get(now, on)).days >= 90:
                    self.starts[now] = on
                self.left.pop(now, None)

    def status_now(self) -> str:
        if "open" in self.phase.values():
            return "in_pursuit" if self.met else "unvisited"
        if self.nurture:
            return "nurturing"
        if self.ordered:
            return "churned" if self.churned else "existing"
        if self.dropped:
            return "dropped"
        return "in_pursuit" if self.met else "unvisited"

    def class_now(self) -> str | None:
        return self.quadrant if self.status == "in_pursuit" and self.quadrant != "unclassified" else None

    def warm(self, pot: Pot, touches: Iterable[TouchFact], ordered: bool, pursued: bool) -> None:
        heat, touches = self.ctx.scale.heat, list(touches)
        best: dict[tuple[str, int | None], float] = {}
        for touch in touches:
            quality = touch.quality or {
                Outcome.ORDER: Quality.FULL,
                Outcome.ADVANCE: Quality.FULL,
                Outcome.CONTINUATION: Quality.THIN,
            }.get(touch.outcome, Quality.NORMAL)
            if quality is Quality.FULL and not touch.value_note:
                quality = Quality.NORMAL
            points = heat.kinds[touch.kind].points * heat.quality[quality]
            points *= heat.reach[touch.reach if pursued else Reach.INFLUENCER] * (1 if touch.two_way else 0.5)
            best[touch.kind, touch.contact] = max(points, best.get((touch.kind, touch.contact), 0))
        for (kind, _), points in sorted(best.items(), key=lambda item: heat.kinds[item[0][0]].ceiling):
            pot.level += min(points, max(0, heat.kinds[kind].ceiling - pot.level), 100 - pot.level)
        if ordered:
            pot.level = 100.0
        refusals = [t.refusal for t in touches if t.outcome is Outcome.NO_SALE]
        if any(refusal is not Refusal.OBJECTIVE for refusal in refusals):
            pot.level *= 0.5
        elif refusals:
            pot.level *= 0.85
        if any(t.bad_experience for t in touches):
            pot.level *= 0.8
        if ordered or any(t.two_way or t.outcome is Outcome.ORDER for t in touches):
            pot.counted, pot.idle, pot.grace = True, 0, self.beat()[1]
        if ordered or any(t.two_way and t.outcome is Outcome.ADVANCE for t in touches):
            pot.since_advance = 0

    def alert(self, on: date, deal: int, touches: list[TouchFact], was_open: bool, ordered: bool) -> None:
        pot = self.pots[deal]
        capped = pot.since_advance is None or pot.since_advance > 30
        shown = min(pot.level, 79) if capped else pot.level
        hot = round(shown, 9) >= 80
        was_hot = was_open and round(self.shown_before.get(deal, 0), 9) >= 80
        self.shown_before[deal] = shown
        state, since, until = self.alarm.get(deal, ("none", None, None))
        missed = None if any(t.two_way or t.outcome is Outcome.ORDER for t in touches) else self.missed.get(deal)
        if self.phase[deal] != "open" or ordered:
            self.alarm[deal], self.missed[deal] = ("none", None, None), None
            return
        dates = [t.agreed_on for t in touches if t.two_way and t.agreed_on]
        advances = [t.agreed_on for t in touches if t.two_way and t.agreed_on and t.outcome is Outcome.ADVANCE]
        if state == "open" and advances:
            state, until = "waiting", advances[-1]
        elif state == "open" and not hot:
            state, since, missed = "none", None, on
        elif state != "open" and hot and not was_hot:
            state, since, until, missed = "open", on, None, None
        elif state == "waiting" and dates:
            until = advances[-1] if advances else dates[-1]
        elif state == "waiting" and on >= self.ctx.stops.first_running(until + ONE):
            state, since, until = ("open", on, None) if hot else ("none", None, None)
        self.alarm[deal], self.missed[deal] = (state, since, until), missed

    def swing(self, on: date, before: float, was_status: str, ordered: bool) -> None:
        level = self.whole.level
        if self.status != "in_pursuit":
            self.peak = None
        elif was_status != "in_pursuit" or ordered:
            self.peak = None if ordered else (level, False)
        elif level > before:
            self.peak = (level, False)
        elif self.peak and not self.peak[1] and round(level, 9) <= round(self.peak[0] - 25, 9):
            self.peak = (self.peak[0], True)
            self.drops.append(on)

    def go_on(self, on: date, day: DayFacts, was_status: str, was_class: str | None) -> None:
        resting, in_d = self.status == "nurturing", self.class_now() == "D"
        if not (resting or in_d):
            self.road = None
        elif (resting and (was_status != "nurturing" or day.nurture_until)) or (in_d and was_class != "D"):
            self.road = Road(on, on)
        elif self.road:
            if day.touches:
                self.road.touched = on
            if any(t.proactive for t in day.touches):
                self.road.ours += 1
            if any(t.two_way for t in day.touches):
                self.road.replied = on
            if day.answers or day.override or day.requalified:
                self.road.judged, self.road.replied = on, None

    def light(self) -> tuple[date, int, str | None, date | None] | None:
        """When it began, steps taken, what ended it, and the day of the next step of whoever rests."""
        if not self.road:
            return None
        road, days = self.road, [0, *self.ctx.scale.track.after_days]
        scores = [score for (kind, _), score in self.answers.items() if kind == Axis.WILLINGNESS]
        willing = bool(scores) and round(100 * sum(scores) / (2 * len(scores)), 9) >= 60
        ended = "reply" if road.replied else None
        if not ended and self.nurture and road.judged > road.began and willing:
            ended = "willingness"
        wait = days[road.ours + 1] - days[road.ours] if road.ours < len(days) - 1 else 90
        due = (road.touched or road.began) + wait * ONE
        if self.ctx.stops.is_quiet(due):
            due = self.ctx.stops.first_running(due)
        resting = self.status == "nurturing" and self.nurture is not None and due < self.nurture
        due_on = due if resting and not ended else None
        return road.began, road.ours, ended, due_on

    def review(self) -> date | None:
        """The day on which class D is judged again."""
        if self.class_now() != "D" or not self.road:
            return None
        due = self.road.judged + 30 * ONE
        return self.ctx.stops.first_running(due) if self.ctx.stops.is_quiet(due) else due

    def seen(self, on: date) -> Seen:
        gap, longest = self.gap, self.beat()[1]
        cold = ""
        if self.status == "in_pursuit" and self.talked and gap > longest:
            cold = "cold_gap_severe" if gap > 2 * longest else "cold_gap"
        deals = {
            deal: (self.shown_before[deal], self.alarm[deal][0], self.alarm[deal][1], self.missed[deal])
            for deal, phase in self.phase.items()
            if phase == "open"
        }
        now = self.class_now()
        start = self.starts.get(now) if now else None
        drops = [day for day in self.drops if (on - day).days < 90]
        return Seen(
            on, self.whole.level, self.status, self.quadrant, cold, deals, drops, start, self.light(), self.review()
        )
