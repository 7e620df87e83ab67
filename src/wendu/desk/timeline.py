"""A customer's history as it is drawn: the curve, and every touch with the heat before and after."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wendu.access.prepared import prepared_records
from wendu.access.scope import Scope
from wendu.access.verbs import can
from wendu.coach.facts import Case
from wendu.coach.frame import Frame
from wendu.coach.models import ClassSpell
from wendu.coach.sight import curve_of
from wendu.customers.models import Customer
from wendu.customers.queries import with_absorbed
from wendu.desk.causes import cause_words
from wendu.desk.days import weekday
from wendu.desk.wording import kind_words, screen_band
from wendu.identity.models import Organisation, User
from wendu.journal.models import Entry
from wendu.journal.queries import history_of
from wendu.kernel.entity import kind_of
from wendu.kernel.prepared import Among, prepared_records_of
from wendu.method.curve import Curve, Span
from wendu.method.fold import fold
from wendu.method.journey import Journey
from wendu.method.state import Judged
from wendu.method.temperature import band
from wendu.touches.choices import TouchOutcome
from wendu.touches.models import QuietPeriod, Touch
from wendu.touches.queries import Cursor, TimelinePage, timeline

SHOWN_STOP = 2
SILENCES_TOLD_DAYS = 730
FILTERED = 200
MOVES_TOLD = 100
MOVES = (
    "customer.owner_changed",
    "customer.nurtured",
    "customer.woken",
    "customer.dropped",
    "customer.churned",
    "customer.churn_undone",
    "customer.requalified",
    "customer.merged",
    "customer.unmerged",
)


@dataclass(frozen=True, slots=True)
class Heats:
    """The journey folded once, and what each touch did to the heat."""

    state: Journey
    of_touch: dict[int, tuple[float, float]]
    of_day: dict[date, tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Point:
    """Heat on a day."""

    on: date
    value: float
    band: str


@dataclass(frozen=True, slots=True)
class Wood:
    """One touch on the curve."""

    on: date
    before: float
    after: float
    advance: bool
    words: str


@dataclass(frozen=True, slots=True)
class Stretch:
    """Silence, or stopped time."""

    start: date
    end: date
    days: int
    words: str = ""


@dataclass(frozen=True, slots=True)
class Drawn:
    """What the curve component draws."""

    points: list[Point]
    touches: list[Wood]
    gaps: list[Stretch]
    stops: list[Stretch]


@dataclass(frozen=True, slots=True)
class Item:
    """One line of the timeline: a touch with its parts, or something that happened around it."""

    on: date
    what: str
    words: str = ""
    until: date | None = None
    touch: Touch | None = None
    heat: tuple[float, float] | None = None
    band: str = ""
    may_edit: bool = False
    order: int = 0
    people: str = ""
    feeling: int | None = None

    @property
    def weekday(self) -> str:
        """The day of the week."""
        return weekday(self.on)


@dataclass(frozen=True, slots=True)
class Told:
    """A page of the timeline."""

    items: list[Item] = field(default_factory=list)
    next: Cursor | None = None


def heats_of(case: Case, start: Journey | None = None) -> Heats:
    """Fold the whole history, or what came after a state that was kept, and keep the heat around every touch."""
    state = start or Journey.empty()
    of_touch, of_day = dict[int, tuple[float, float]](), dict[date, tuple[float, float]]()
    for day in case.days:
        state = fold(state, day, case.context)
        if state.judged is not None and state.judged.on == day.on:
            of_touch.update(_steps(state.judged))
            of_day[day.on] = (state.judged.leftover, state.judged.level)
    return Heats(state, of_touch, of_day)


def drawn_curve(case: Case, heats: Heats, *, days: int, frame: Frame) -> Drawn:
    """The curve of the latest days, as the component wants it."""
    end = frame.today
    start = max(end - timedelta(days=days), min((day.on for day in case.days), default=end - timedelta(days=1)))
    found = _course(case, frame).since(start)
    points: list[Point] = []
    for point in found.points:
        before = heats.of_day.get(point.on)
        values = (before[0], point.heat) if before else (point.heat,)
        points += [Point(point.on, value, screen_band(band(value, frame.scale.heat))) for value in values]
    advances = {
        touch.id for day in case.days for touch in day.touches if touch.outcome in (TouchOutcome.ADVANCE, "order")
    }
    woods = [
        Wood(log.on, *heats.of_touch.get(log.touch, (0.0, 0.0)), log.touch in advances, kind_words(log.kind))
        for log in found.logs
    ]
    return Drawn(points, woods, [_gap(span) for span in _joined(found.gaps)], _stops(found.stopped))


def told(
    user: User,
    customer: Customer,
    case: Case,
    heats: Heats,
    *,
    spells: Sequence[ClassSpell],
    quiets: Iterable[QuietPeriod],
    frame: Frame,
    only: str = "",
    after: Cursor | None = None,
) -> Told:
    """A page of the timeline: touches, silences, changes of class, owner and pursuit, latest first."""
    page = timeline(user, customer, after=after, size=FILTERED if only else 20)
    touches = [touch for touch in page.touches if _fits(touch, only)]
    hand = _hand(user, customer)
    items = [_touch_item(touch, hand, heats, frame, shows_emotion=page.shows_emotion) for touch in touches]
    if not only:
        floor = page.touches[-1].touched_on if page.next else date.min
        ceiling = after.touched_on if after else date.max
        around = [
            *_silences(case, heats, frame),
            *_classes(spells),
            *_moves(user, customer, frame),
            *_quiets(quiets),
        ]
        items += [item for item in around if floor <= item.on < ceiling]
    items.sort(key=lambda item: (item.on, item.order), reverse=True)
    return Told(items, page.next)


def touch_items(user: User, customer: Customer, page: TimelinePage, heats: Heats, frame: Frame) -> list[Item]:
    """Touches as lines of a timeline, with what each did to the heat."""
    hand = _hand(user, customer)
    return [_touch_item(touch, hand, heats, frame, shows_emotion=page.shows_emotion) for touch in page.touches]


def _steps(judged: Judged) -> Iterable[tuple[int, tuple[float, float]]]:
    running = judged.leftover
    for number, gain in enumerate(judged.gains, start=1):
        after = judged.level if number == len(judged.gains) else running + gain.gain
        yield gain.touch, (running, after)
        running = after


def _course(case: Case, frame: Frame) -> Curve:
    """The curve as far back as the page tells of silences; the chart shows its latest part."""
    eldest = frame.today - timedelta(days=SILENCES_TOLD_DAYS)
    start = max(eldest, min((day.on for day in case.days), default=frame.today - timedelta(days=1)))
    return curve_of(case.days, start, frame.today, case.context)


def _joined(gaps: Iterable[Span]) -> list[Span]:
    """A gap that became severe is one silence."""
    joined: list[Span] = []
    for span in gaps:
        if joined and (span.start - joined[-1].end).days <= 1:
            joined[-1] = Span(joined[-1].start, span.end, span.code)
        else:
            joined.append(span)
    return joined


def _gap(span: Span) -> Stretch:
    return Stretch(span.start, span.end, (span.end - span.start).days + 1)


def _stops(spans: Iterable[Span]) -> list[Stretch]:
    words = {"quiet": _("quiet period"), "agreed": _("agreed date"), "holiday": _("holiday")}
    return [
        Stretch(span.start, span.end, (span.end - span.start).days + 1, words[span.code])
        for span in spans
        if (span.end - span.start).days + 1 >= SHOWN_STOP
    ]


def _fits(touch: Touch, only: str) -> bool:
    if only == "advances":
        return touch.outcome in (TouchOutcome.ADVANCE, TouchOutcome.ORDER)
    if only == "promises":
        return bool(touch.promises.all() or touch.commitments.all())
    return touch.kind == "service" if only == "service" else True


@dataclass(frozen=True, slots=True)
class _Hand:
    """What a reader may do to the touches of one customer, asked once for all of them."""

    user_id: int
    owner_id: int | None
    own: bool
    others: bool

    def may_edit(self, touch: Touch) -> bool:
        """Own entries, or everybody's for who answers for the customer."""
        keeper = touch.author_id if touch.author_id is not None else self.owner_id
        return self.own and (keeper == self.user_id or self.others)


def _hand(user: User, customer: Customer) -> _Hand:
    own = can(user, "touch.edit", customer)
    return _Hand(user.pk, customer.owner_id, own, own and can(user, "touch.edit_others", customer))


def _touch_item(touch: Touch, hand: _Hand, heats: Heats, frame: Frame, *, shows_emotion: bool) -> Item:
    heat = heats.of_touch.get(touch.pk)
    names = [link.contact.name for link in touch.participants.all()]
    benefit, cost = touch.emotion_benefit, touch.emotion_cost
    return Item(
        on=touch.touched_on,
        what="touch",
        touch=touch,
        words=kind_words(touch.kind),
        heat=heat,
        band=screen_band(band(heat[1], frame.scale.heat)) if heat else "",
        may_edit=hand.may_edit(touch),
        order=touch.pk,
        people=_(", ").join(names),
        feeling=benefit - cost if shows_emotion and benefit is not None and cost is not None else None,
    )


def _silences(case: Case, heats: Heats, frame: Frame) -> list[Item]:
    """Cold gaps between touches, with the heat they cost and the longest silence the class allows."""
    if not case.days:
        return []
    spans = _joined(_course(case, frame).gaps)
    touched = sorted(heats.of_day)
    items = []
    for span in spans:
        since = max((day for day in touched if day < span.start), default=span.start)
        ended = next((day for day in touched if day > span.end), None)
        days = ((ended or frame.today) - since).days
        words = ngettext("Cold gap of %(n)s day", "Cold gap of %(n)s days", days) % {"n": days}
        if ended is not None:
            fell = {"top": round(heats.of_day[since][1]) if since in heats.of_day else 0}
            fell["low"] = round(heats.of_day[ended][0])
            words = _("%(words)s, from %(top)s° down to %(low)s°") % {"words": words, **fell}
        items.append(Item(on=span.start, until=ended or frame.today, what="gap", words=words, order=-1))
    return items


def _classes(spells: Sequence[ClassSpell]) -> list[Item]:
    """Each change of class, from the spells with the latest first."""
    items = []
    for old, new in pairwise([None, *reversed(spells)]):
        if new is None:
            continue
        facts = {"old": _class(old.quadrant if old else ""), "new": _class(new.quadrant)}
        by_hand = _("Class %(old)s → %(new)s, set by hand") if new.is_override else _("Class %(old)s → %(new)s")
        items.append(Item(on=new.since, what="class", words=by_hand % facts, order=-2))
    return items


def _class(letter: str) -> str:
    return letter or _("unclassified")


def _moves(user: User, customer: Customer, frame: Frame) -> list[Item]:
    entries = _entries(user, customer.pk)
    ids = {pk for entry in entries for pk in (_owner(entry.before), _owner(entry.after)) if pk}
    names = {person.pk: person.display_name for person in _people(ids)} if ids else {}
    house = Organisation.objects.current()
    return [
        Item(on=house.today(entry.at), what="move", words=_move_words(entry, names, frame), order=-3)
        for entry in entries
        if "into" not in (entry.after or {})
    ]


@prepared_records
def _entries(me: Scope, customer_id: int) -> QuerySet[Entry]:
    with_deal = Q(verb__in=("commitment.settled", "commitment.reopened"), after__has_key="with_deal")
    past = history_of(me, (kind_of(Customer), customer_id), among=with_absorbed(customer_id))
    return past.filter(with_deal | Q(verb__in=MOVES))[:MOVES_TOLD]


@prepared_records_of
def _people(user_ids: Collection[int]) -> QuerySet[User]:
    return User.objects.filter(Among("pk", user_ids))


def _owner(values: Any) -> int | None:
    return (values or {}).get("owner")


def _move_words(entry: Any, names: dict[int, str], frame: Frame) -> str:
    if entry.verb == "customer.owner_changed":
        old, new = names.get(_owner(entry.before) or 0), names.get(_owner(entry.after) or 0)
        return _("Owner %(old)s → %(new)s") % {"old": old or _("nobody"), "new": new or _("nobody")}
    if entry.verb == "commitment.settled":
        return _("Closed with the deal: %(what)s") % {"what": entry.after["what"]}
    if entry.verb == "commitment.reopened":
        return _("Open again with the deal: %(what)s") % {"what": entry.after["what"]}
    if entry.verb == "customer.churned":
        return _("Has left us: %(why)s") % {"why": cause_words((entry.after or {}).get("reason", ""), frame.playbook)}
    if entry.verb in ("customer.merged", "customer.unmerged"):
        return _merge_words(entry)
    return {
        "customer.churn_undone": _("Counts as before: has not left us"),
        "customer.nurtured": _("Put to rest"),
        "customer.woken": _("Taken up again"),
        "customer.dropped": _("No longer pursued"),
        "customer.requalified": _("Qualified again"),
    }[entry.verb]


def _merge_words(entry: Any) -> str:
    """What became of two records; the same is told in the past of both, and shown once."""
    before, after = entry.before or {}, entry.after or {}
    if entry.verb == "customer.merged":
        return _("Merged with %(name)s") % {"name": after.get("merged", "")}
    return _("Taken apart from %(name)s") % {"name": after.get("name") or before.get("name", "")}


def _quiets(rows: Iterable[QuietPeriod]) -> list[Item]:
    return [
        Item(
            on=row.starts_on,
            until=row.ends_on,
            what="quiet",
            words=" · ".join(part for part in (_("Quiet period"), str(row.get_reason_display()), row.note) if part),
            order=-1,
        )
        for row in rows
    ]
