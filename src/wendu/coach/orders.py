"""Orders a list of customers can stand in, and the stretches of each that one index serves."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from math import log
from typing import Any

from django.db.models import BigIntegerField, Case, Expression, F, FloatField, Func, IntegerField, Q, Value, When
from django.db.models.expressions import Col
from django.db.models.functions import Ln
from django.db.models.lookups import Exact, GreaterThanOrEqual, In, IsNull, LessThanOrEqual
from django.db.models.sql.compiler import SQLCompiler

from wendu.coach.frame import Frame
from wendu.kernel.own_values import OwnFlag, OwnNumber, OwnText
from wendu.method.scales import MethodScale

HEAT = "heat"
COLUMNS = {
    "due": "due_on",
    "deadline": "deadline_on",
    "amount": "open_amount_minor",
    "latest": "latest_touch_on",
    "since": "class_since",
    "name": "customer__name",
    "created": "customer__created_at",
}
OWN, OWN_VALUES = "x_", "customer__custom"
NUMBER, CHOICE, FLAG = "number", "choice", "flag"
FALLING = frozenset({HEAT, "amount", "latest", "since", "created"})
NO_HEAT = -1e6  # below every temperature that is left, above those that are unknown
A_TRIFLE = 1e-9


@dataclass(frozen=True, slots=True)
class Order:
    """By what a list is ordered; what is unknown always stands at its end."""

    code: str = HEAT
    falling: bool = True
    kind: str = field(default="", compare=False)  # of a field of the company's own: numbers are compared as numbers
    options: tuple[str, ...] = field(default=(), compare=False)  # and choices stand as their options do

    @property
    def is_own(self) -> bool:
        """Whether it is by a field of the company's own."""
        return self.code.startswith(OWN)

    @property
    def column(self) -> str:
        """The column that holds it; a temperature has none, it is worked out."""
        return OWN_VALUES if self.is_own else COLUMNS.get(self.code, "")

    @property
    def compared(self) -> Expression | F:
        """What is compared, where a column holds it."""
        if not self.is_own:
            return F(self.column)
        return own_compared(OWN_VALUES, self.code.removeprefix(OWN), self.kind, self.options)

    @property
    def ties_fall(self) -> bool:
        """Whether equals stand latest first: as the index holds them, so that it can be read either way."""
        return self.falling if self.column else not self.falling


WARMEST = Order()


def own_compared(column: str, code: str, kind: str, options: Sequence[str] = ()) -> Expression:
    """The value a list by one of the company's own fields compares; of a choice, the place of its option.

    What was chosen before its option was taken away stands after all others. No comes before yes.
    """
    if kind != CHOICE:
        return {NUMBER: OwnNumber, FLAG: OwnFlag}.get(kind, OwnText)(column, code)
    chosen = OwnText(column, code)
    places = [When(Exact(chosen, option), then=Value(place)) for place, option in enumerate(options)]
    others = When(IsNull(chosen, False), then=Value(len(options)))
    return Case(*places, others, default=Value(None), output_field=IntegerField())


def usual(code: str) -> Order:
    """The direction one asks for first: the warmest, the largest, the earliest."""
    return Order(code, code in FALLING)


@dataclass(frozen=True, slots=True)
class Mark:
    """Where one customer stands in an order: its value there (None: unknown) and its key."""

    value: Any
    pk: int


class KeyBeside(Func):
    """The primary key of the row a column stands in: equals sort by it as the index of that column holds them.

    Django shortens the key of a joined customer to the standing's own, and that one is in another table's index.
    """

    output_field = BigIntegerField()

    def as_sql(self, compiler: SQLCompiler, *_context: Any, **_extra: Any) -> Any:
        beside: Any = self.source_expressions[0]
        return compiler.compile(Col(beside.alias, beside.target.model._meta.pk))


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of an order that one index serves: whom it holds, what is compared, and by what these are sorted.

    `edge` says where in the index a value lies, a little too generously; nothing is compared where it is missing.
    Stretches with a `pace` hold one half-life each and are alike in everything else.
    """

    holds: Q
    value: Expression | F
    column: str = ""
    falling: bool = False
    ties_fall: bool = False
    edge: Callable[[Any, bool], Any] | None = None
    pace: float | None = None
    own: Expression | None = None  # a value inside the column that is compared in its place

    @property
    def sorting(self) -> list[Any]:
        """How its rows are sorted."""
        tie = KeyBeside(F(self.column or "status"))
        ties = tie.desc() if self.ties_fall else tie.asc()
        if self.own is not None:
            return [self.own.desc() if self.falling else self.own.asc(), ties]
        return [("-" if self.falling else "") + self.column, ties] if self.column else [ties]

    def after(self, mark: Mark, edge: Any) -> Q:
        """Keep what stands after a mark, whose edge in the index is known."""
        tie = Q(**{f"pk__{'lt' if self.ties_fall else 'gt'}": mark.pk})
        if self.edge is None:
            return tie
        beyond = Q(**{f"value__{'lt' if self.falling else 'gt'}": mark.value})
        return self.beside(edge, above=not self.falling) & (beyond | (Q(value=mark.value) & tie))

    def beside(self, edge: Any, *, above: bool) -> Q:
        """Keep what the index holds on one side of an edge."""
        if self.own is not None:
            return Q((GreaterThanOrEqual if above else LessThanOrEqual)(self.own, edge))
        return Q(**{f"{self.column}__{'gte' if above else 'lte'}": edge})

    def turned(self) -> "Stretch":
        """The same, read from its end."""
        return replace(self, falling=not self.falling, ties_fall=not self.ties_fall)


def value_of(order: Order, frame: Frame) -> Expression | F:
    """What an order compares; None is unknown, whoever has cooled to nothing stands before that."""
    if order.column:
        return order.compared
    return Case(
        When(_COLD & Q(latest_touch_on__isnull=True), then=Value(None)),
        When(_COLD, then=Value(NO_HEAT)),
        default=warmth(frame),
        output_field=FloatField(),
    )


def warmth(frame: Frame) -> Expression:
    """Today's temperature as a power of two: what is left of it, all of it while it rests; None where there is none."""
    return Case(
        When(_COLD, then=Value(None)),
        When(cools_from_axis__gt=_today(frame), then=_rested()),
        default=_cooled(frame),
        output_field=FloatField(),
    )


def stretches(order: Order, frame: Frame) -> list[list[Stretch]]:
    """An order as stretches to read one after the other; those in one list are merged by their values."""
    falls, ties = order.falling, order.ties_fall
    if order.is_own:
        return _by_own_value(order)
    if column := order.column:
        known = Stretch(Q(**{f"{column}__isnull": False}), F(column), column, falls, ties, lambda value, _: value)
        return [[known], [_nothing(Q(**{f"{column}__isnull": True}), None, falls=ties)]]
    today = _today(frame)
    warm = [_cooling(days, frame, order) for days in half_lives(frame.scale)]
    resting = Q(cools_from_axis__gt=today, cool_key__isnull=False)
    warm.append(Stretch(resting, _rested(), "heat", falls, ties, _heat_near))
    cold = [_nothing(_COLD & Q(latest_touch_on__isnull=False), NO_HEAT, falls=ties)]
    unknown = [_nothing(_COLD & Q(latest_touch_on__isnull=True), None, falls=ties)]
    return [warm, cold, unknown] if falls else [cold, warm, unknown]


def _by_own_value(order: Order) -> list[list[Stretch]]:
    """By a field of the company's own: whoever has a value, in the order of its index if it has one; then the rest."""
    if order.kind == CHOICE:
        return _by_choice(order)
    value: Any = order.compared
    known = Stretch(
        Q(IsNull(value, False)),
        value,
        OWN_VALUES,
        order.falling,
        order.ties_fall,
        lambda edge, _: edge,
        own=value,
    )
    return [[known], [_nothing(Q(IsNull(value, True)), None, falls=order.ties_fall)]]


def _by_choice(order: Order) -> list[list[Stretch]]:
    """By a choice: one stretch an option, so that its index serves each of them, then whoever chose nothing."""
    chosen, options = OwnText(OWN_VALUES, order.code.removeprefix(OWN)), order.options
    holds = [*[Q(Exact(chosen, option)) for option in options], Q(IsNull(chosen, False)) & ~Q(In(chosen, options))]
    ways = (order.falling, order.ties_fall)
    known = [
        [Stretch(each, Value(place, output_field=IntegerField()), OWN_VALUES, *ways, own=chosen)]
        for place, each in enumerate(holds)
    ]
    nothing = _nothing(Q(IsNull(chosen, True)), None, falls=order.ties_fall)
    return [*(reversed(known) if order.falling else known), [nothing]]


def place_of(order: Order, mark: Mark) -> int:
    """In which of its stretches a mark stands."""
    if order.kind == CHOICE:
        last = len(order.options)
        place = last + 1 if mark.value is None else min(max(int(mark.value), 0), last)
        return last - place if order.falling and place <= last else place
    if mark.value is None:
        return 1 if order.column else 2
    is_cold = not order.column and mark.value == NO_HEAT
    return 0 if order.column or is_cold != order.falling else 1


def half_lives(scale: MethodScale) -> tuple[float, ...]:
    """Every half-life a customer can cool by: of a class or of an existing customer, at each rhythm."""
    heat = scale.heat
    paces = {row.half_life_days for row in heat.cooling.values()} | {heat.existing_half_life_days}
    rhythms = {1.0, *heat.rhythm.market.values(), *heat.rhythm.sale.values()}
    return tuple(sorted({pace * rhythm for pace in paces for rhythm in rhythms}))


_COLD = Q(cool_key__isnull=True)


def _today(frame: Frame) -> int:
    return frame.axis.at(frame.today)


def _cooled(frame: Frame) -> Expression:
    """Today's temperature as a power of two, once cooling has begun."""
    return F("cool_key") - Value(float(_today(frame))) / F("half_life_days")


def _rested() -> Expression:
    """The same before that; by one formula for every half-life, so that equals stay equal."""
    return Ln(F("heat")) / Value(log(2))


def _cooling(days: float, frame: Frame, order: Order) -> Stretch:
    def edge(value: Any, lower: bool) -> float:  # noqa: FBT001 - on which side of the value
        return float(value + _today(frame) / days + (-A_TRIFLE if lower else A_TRIFLE))

    holds = Q(cools_from_axis__lte=_today(frame), cool_key__isnull=False)
    return Stretch(holds, _cooled(frame), "cool_key", order.falling, order.ties_fall, edge, days)


def _heat_near(value: Any, lower: bool) -> float:  # noqa: FBT001 - on which side of the value
    return float(2.0**value * (1 - A_TRIFLE if lower else 1 + A_TRIFLE))


def _nothing(holds: Q, value: float | None, *, falls: bool) -> Stretch:
    """Customers an order cannot tell apart stand as they came."""
    return Stretch(holds, Value(value, output_field=FloatField()), ties_fall=falls)
