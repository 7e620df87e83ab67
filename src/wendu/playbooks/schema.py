"""A playbook as data: the numbers of the method, and what to do when, in Chinese and English."""

from collections.abc import Callable, Iterator, Mapping
from itertools import pairwise
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from wendu.playbooks.deal import DealRules
from wendu.playbooks.plays import (
    ChecklistItem,
    ChurnReason,
    ClassCard,
    Indicator,
    Neutral,
    Play,
    PlayClass,
    SituationWords,
    Track,
)
from wendu.playbooks.scales import (
    Cadence,
    Factors,
    Forecast,
    Lifecycle,
    Lifetime,
    Plan,
    QuadrantRules,
    Satisfaction,
    Sheet,
    StrategyRules,
    Temperature,
    Windows,
)
from wendu.playbooks.situations import Situation
from wendu.playbooks.talks import SpinProblem, TalkWords, loose_ends
from wendu.playbooks.text import PLACEHOLDERS, Part, Symbol, Text, fill

WHOLE = 100
"""The parts of a priority add up to this."""


class Playbook(Part):
    """One published way of selling: scales, plays and words under one version."""

    key: Symbol
    version: Annotated[str, Field(pattern=r"^\d+(\.\d+)*$")]
    languages: tuple[Literal["zh", "en"], ...]
    name: Text
    about: Text
    quadrant: QuadrantRules
    indicators: Annotated[tuple[Indicator, ...], Field(min_length=2)]
    window: Windows
    factors: Factors
    temperature: Temperature
    cadence: Cadence
    strategy: StrategyRules
    plan: Plan
    forecast: Forecast
    lifecycle: Lifecycle = Lifecycle()
    lifetime: Lifetime = Lifetime()
    sheet: Sheet = Sheet()
    satisfaction: Satisfaction = Satisfaction()
    deal: DealRules
    classes: dict[PlayClass, ClassCard]
    situations: dict[Situation, SituationWords]
    plays: Annotated[tuple[Play, ...], Field(min_length=1)]
    checklist: tuple[ChecklistItem, ...]
    track: Track
    churn_reasons: Annotated[tuple[ChurnReason, ...], Field(min_length=1)]
    suggestions: dict[Symbol, Text]
    advice: dict[Symbol, Text]
    neutral: Neutral
    spin: Annotated[tuple[SpinProblem, ...], Field(min_length=1)]
    talks: TalkWords

    def say(self, text: Text, values: dict[str, object], *, lang: str) -> str:
        """Fill words meant for the customer: a script."""
        return fill(text.of(lang), values, _wording(self.neutral.customer, lang))

    def tell(self, text: Text, values: dict[str, object], *, lang: str) -> str:
        """Fill words meant for the rep: a reason, an action, an objective."""
        return fill(text.of(lang), values, _wording(self.neutral.rep, lang))

    @model_validator(mode="after")
    def _holds_together(self) -> Self:
        for code, context in _loose_ends(self):
            raise PydanticCustomError(code, "the playbook does not hold together", context)
        return self


def _wording(neutral: Mapping[str, Text], lang: str) -> Callable[[str], str]:
    return lambda name: neutral[name].of(lang) if name in neutral else ""


def _loose_ends(book: Playbook) -> Iterator[tuple[str, dict[str, str]]]:
    """What one part refers to and another part lacks, the first thing first."""
    yield from _missing_keys(book)
    yield from _uneven_scales(book)
    general = {
        situation
        for play in book.plays
        if not (play.when.classes or play.when.markets or play.when.sales or play.when.statuses)
        for situation in play.when.situations
    }
    yield from (("no_general_play", {"name": name.value}) for name in Situation if name not in general)
    yield from (("duplicate", {"name": name}) for name in _repeated([play.key for play in book.plays]))
    yield from (("duplicate", {"name": name}) for name in _repeated([item.code for item in book.indicators]))
    yield from (("duplicate", {"name": name}) for name in _repeated([step.code for step in book.track.steps]))
    yield from (("duplicate", {"name": name}) for name in _repeated([item.code for item in book.churn_reasons]))
    kinds = {kind for play in book.plays for kind in play.kinds} | {step.kind for step in book.track.steps}
    yield from (("unknown_kind", {"name": kind}) for kind in sorted(kinds - set(book.temperature.kinds)))
    yield from loose_ends(book.spin, book.talks)
    sales = {sale for play in book.plays for sale in play.when.sales}
    yield from (("unknown_sale", {"name": sale}) for sale in sorted(sales - set(book.factors.sale)))


def _missing_keys(book: Playbook) -> Iterator[tuple[str, dict[str, str]]]:
    needed: list[tuple[str, set[str], set[str]]] = [
        ("situations", set(Situation), set(book.situations)),
        ("classes", {"A", "B", "C", "D", "unclassified", "existing"}, set(book.classes)),
        ("window.classes", {"A", "B", "C", "D"}, set(book.window.classes)),
        ("temperature.cooling", {"A", "B", "C", "D", "unclassified"}, set(book.temperature.cooling)),
        ("temperature.quality", {"full", "normal", "thin"}, set(book.temperature.quality)),
        ("temperature.reach", {"powerful", "influencer", "other"}, set(book.temperature.reach)),
        ("strategy.urgency", set(Situation), set(book.strategy.urgency)),
        ("plan.class_share", {"A", "B", "C", "D"}, set(book.plan.class_share)),
        ("forecast.chance", {"A", "B", "C", "D"}, set(book.forecast.chance)),
        ("deal.gates", {"ST1", "ST2", "ST3", "ST4"}, set(book.deal.gates)),
        ("factors.market", {"b2b", "b2g", "b2c"}, set(book.factors.market)),
        ("cadence.tiers", {book.cadence.default_tier}, set(book.cadence.tiers)),
        ("checklist", {"chain", "trust", "concerns", "offer"}, {item.code for item in book.checklist}),
        ("neutral.rep", set(PLACEHOLDERS), set(book.neutral.rep)),
        ("neutral.customer", set(PLACEHOLDERS), set(book.neutral.customer)),
        ("languages", {"zh", "en"}, set(book.languages)),
        ("indicators", {"willingness", "need"}, {item.axis.value for item in book.indicators}),
    ]
    for place, wanted, present in needed:
        for name in sorted(wanted - present):
            yield "entry_missing", {"place": place, "name": name}


def _uneven_scales(book: Playbook) -> Iterator[tuple[str, dict[str, str]]]:
    weights = book.plan.weights
    if round(weights.quadrant + weights.heat + weights.value + weights.pressure, 9) != WHOLE:
        yield "weights_sum", {}
    starts = [band.start for band in book.temperature.bands]
    if starts[0] != 0 or any(low >= high for low, high in pairwise(starts)):
        yield "bands_order", {}
    content = book.satisfaction
    if not content.dissatisfied_below <= content.satisfied_from <= content.delighted_from:
        yield "content_order", {}
    for name, months in book.window.classes.items():
        if months.deadline_months < months.expected_months:
            yield "window_order", {"name": name}
    if book.temperature.strike.cap >= book.temperature.strike.strike_from:
        yield "cap_order", {}


def _repeated(names: list[str]) -> list[str]:
    return sorted({name for name in names if names.count(name) > 1})
