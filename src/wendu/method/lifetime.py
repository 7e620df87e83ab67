"""What a customer is worth, in three parts: what was earned, what goes on, what could still come (3.28).

Amounts are in minor units, and the parts of one value on one basis: margin where the margin of every order is known,
else revenue. A part that cannot be said is None; the total is the sum of those that can, and provisional then.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from wendu.method.lifecycle import Lifecycle
from wendu.method.reading import Reading, Reason, because, exact
from wendu.method.scales import LifetimeScale

DAYS_OF_A_YEAR = 365.25
SURE = 1.2816  # standard normal quantile: eight times in ten the true share lies within


class Basis(StrEnum):
    """What the parts are counted in."""

    MARGIN = "margin"
    REVENUE = "revenue"


class Bought(NamedTuple):
    """One order, or one return with amounts below zero; a margin of None is unknown."""

    on: date
    revenue: int
    margin: int | None
    is_order: bool = True


class Kept(NamedTuple):
    """Of so many customers there a year ago, how many are there still; of a `segment` or of the whole `house`."""

    stayed: int
    of: int
    source: str

    @property
    def share(self) -> float:
        """The share that stayed."""
        return self.stayed / self.of


class ExtraSale(NamedTuple):
    """A sale that is talked about: its chance, 0 to 1, and its revenue."""

    chance: float
    revenue: float


class Referrals(NamedTuple):
    """Customers they bring a year, the share of these who buy, and the revenue of the first year of one who does.

    The latter two are the house's own; None while too few were `brought` to name them.
    """

    a_year: float
    conversion: float | None
    first_year: float | None
    brought: int = 0


@dataclass(frozen=True, slots=True)
class Dealings:
    """What is known of one customer; a customer who left or sleeps is told by its stage.

    `foreseen` is the value still to come by a model that did better on the past than the rule; it speaks in its place.
    """

    bought: Sequence[Bought]
    stage: str
    kept: Kept | None = None
    sales: Sequence[ExtraSale] = ()
    referrals: Referrals | None = None
    records: int = 0
    currency: str = ""
    foreseen: float | None = None


@dataclass(frozen=True, slots=True)
class CustomerValue:
    """The three parts, their sum, the range eight times in ten, and what each follows from."""

    basis: Basis
    revenue: int
    margin: int | None
    history: float
    current: float | None
    potential: float | None
    total: float
    low: float | None
    high: float | None
    reading: Reading


class Yearly(NamedTuple):
    """What a customer brings in a year, and over how many years that is a mean."""

    amount: float
    years: float


def customer_value(known: Dealings, on: date, scale: LifetimeScale) -> CustomerValue:
    """Add up the three parts as of a day; orders after it are not looked at (method: 3.28, ruling 8)."""
    bought = [each for each in known.bought if each.on <= on]
    basis = Basis.MARGIN if bought and all(each.margin is not None for each in bought) else Basis.REVENUE
    revenue = sum(each.revenue for each in bought)
    margin = sum(each.margin or 0 for each in bought) if basis is Basis.MARGIN else None
    earned = (revenue if margin is None else margin) + scale.record_value * known.records
    yearly = yearly_amount(bought, on, scale, basis)
    current, low, high = _current(known, yearly, scale)
    kept_of_it = margin / revenue if margin is not None and revenue > 0 else 1.0
    sales, brought = _extra_sales(known, kept_of_it), _referrals(known, scale, kept_of_it)
    potential = None if sales is None and brought is None else (sales or 0.0) + (brought or 0.0)
    missing = _missing(known, basis, yearly, scale.kept_from_customers)
    parts = earned + (current or 0.0) + (potential or 0.0)
    return CustomerValue(
        basis=basis,
        revenue=revenue,
        margin=margin,
        history=earned,
        current=current,
        potential=potential,
        total=parts,
        low=None if low is None else parts - (current or 0.0) + low,
        high=None if high is None else parts - (current or 0.0) + high,
        reading=Reading(parts, basis.value, _reasons(known, bought, yearly, scale), missing, provisional=bool(missing)),
    )


def yearly_amount(bought: Sequence[Bought], on: date, scale: LifetimeScale, basis: Basis) -> Yearly | None:
    """The mean of a year over the latest `years`, as far back as they buy; less than a year counts as one.

    So one large project does not count again each year, and whoever fell silent brings less with every month.
    """
    orders = [each.on for each in bought if each.is_order]
    if not orders:
        return None
    since = on.toordinal() - scale.years * DAYS_OF_A_YEAR
    years = min(max((on - min(orders)).days / DAYS_OF_A_YEAR, 1.0), float(scale.years))
    recent = [each for each in bought if each.on.toordinal() > since]
    amount = sum((each.margin or 0) if basis is Basis.MARGIN else each.revenue for each in recent)
    return Yearly(max(amount, 0) / years, years)


def kept_years(share: float, scale: LifetimeScale) -> float:
    """How many of the years to come count: each by the share still there, discounted; .8, 10 %, 3 years: 1.6409."""
    return sum((share / (1 + scale.discount)) ** year for year in range(1, scale.years + 1))


def average_years(churn: float) -> float | None:
    """How long customers stay on average where this share leaves a year (3.27); None while nobody left."""
    return 1 / churn if exact(churn) > 0 else None


def _current(
    known: Dealings, yearly: Yearly | None, scale: LifetimeScale
) -> tuple[float | None, float | None, float | None]:
    """What goes on, and its range by how sure the share is; who left or never bought goes on with nothing."""
    if known.foreseen is not None and yearly is not None:
        return known.foreseen, None, None
    if known.stage == Lifecycle.CHURNED or yearly is None:
        return 0.0, None, None
    if known.kept is None or known.kept.of < scale.kept_from_customers:
        return None, None, None
    low, high = _between(known.kept)
    amounts = [yearly.amount * kept_years(share, scale) for share in (known.kept.share, low, high)]
    return amounts[0], amounts[1], amounts[2]


def _between(kept: Kept) -> tuple[float, float]:
    """The score interval of a share (Wilson 1927), which holds for small numbers as well."""
    share, n = kept.share, kept.of
    middle = share + SURE**2 / (2 * n)
    half = SURE * ((share * (1 - share) + SURE**2 / (4 * n)) / n) ** 0.5
    whole = 1 + SURE**2 / n
    return max(0.0, (middle - half) / whole), min(1.0, (middle + half) / whole)


def _extra_sales(known: Dealings, margin_share: float) -> float | None:
    """What is talked about, by its chance; of its revenue as much is margin as of what they bought so far."""
    if not known.sales:
        return None
    return sum(each.chance * each.revenue for each in known.sales) * margin_share


def _referrals(known: Dealings, scale: LifetimeScale, margin_share: float) -> float | None:
    """What those they will bring bring; unknown where nobody keeps it, nothing where they left."""
    if known.referrals is None:
        return None
    told = _brings(known)
    return 0.0 if told is None else referral_value(told, scale, margin_share)


def referral_value(told: Referrals, scale: LifetimeScale, margin_share: float = 1.0) -> float | None:
    """The first years of those they will bring, of which as much is margin as of what they bought themselves.

    Nothing where they brought nobody lately; unknown where too few were brought so far to say what they are worth.
    """
    if exact(told.a_year) == 0:
        return 0.0
    if told.conversion is None or told.first_year is None:
        return None
    return told.a_year * scale.years * told.conversion * told.first_year * margin_share


def _missing(known: Dealings, basis: Basis, yearly: Yearly | None, least: int) -> tuple[str, ...]:
    is_there = yearly is not None and known.stage != Lifecycle.CHURNED and known.foreseen is None
    lacks = {
        "margin": basis is Basis.REVENUE and yearly is not None,
        "retention": is_there and known.kept is None,
        "few": is_there and known.kept is not None and known.kept.of < least,
        "awake": is_there and known.stage == Lifecycle.DORMANT,
        "referrals": known.referrals is None,
        "referred": _brings(known) is not None and not _is_named(known),
    }
    return tuple(name for name, is_lacking in lacks.items() if is_lacking)


def _reasons(
    known: Dealings, bought: Sequence[Bought], yearly: Yearly | None, scale: LifetimeScale
) -> tuple[Reason, ...]:
    found: list[Reason] = []
    if yearly is None:
        found.append(because("no_order"))
    else:
        orders = len({each.on for each in bought if each.is_order})
        found.append(because("worth_orders", orders=orders))
        found.append(because("worth_yearly", minor=round(yearly.amount), years=yearly.years, currency=known.currency))
        if known.foreseen is not None:
            found.append(because("worth_foreseen", years=scale.years))
        elif known.stage == Lifecycle.CHURNED:
            found.append(because("worth_gone"))
        elif known.kept is not None:
            found.append(_kept_reason(known.kept, scale))
    if known.stage == Lifecycle.DORMANT and known.foreseen is None:
        found.append(because("worth_asleep"))
    if known.sales:
        found.append(because("worth_sales", deals=len(known.sales)))
    if known.referrals is not None:
        found.append(_referral_reason(known, known.referrals))
    if known.records and scale.record_value:
        found.append(because("worth_records", records=known.records))
    return tuple(found)


def _brings(known: Dealings) -> Referrals | None:
    """What they bring, where that is anything."""
    told = known.referrals
    return None if told is None or exact(told.a_year) == 0 or known.stage == Lifecycle.CHURNED else told


def _is_named(known: Dealings) -> bool:
    told = known.referrals
    return told is not None and told.conversion is not None and told.first_year is not None


def _referral_reason(known: Dealings, told: Referrals) -> Reason:
    if _brings(known) is None:
        return because("worth_brought_nobody")
    if told.conversion is None or told.first_year is None:
        return because("worth_referrals_few", people=told.a_year, of=told.brought)
    first = round(told.first_year)
    return because(
        "worth_referrals",
        people=told.a_year,
        share=told.conversion,
        of=told.brought,
        minor=first,
        currency=known.currency,
    )


def _kept_reason(kept: Kept, scale: LifetimeScale) -> Reason:
    if kept.of < scale.kept_from_customers:
        return because("worth_kept_too_few", of=kept.of, least=scale.kept_from_customers)
    times = exact(kept_years(kept.share, scale))
    return because("worth_kept", share=kept.share, of=kept.of, source=kept.source, times=times, years=scale.years)
