"""Why a deal does not close: four causes in their order, and what that means for a concession (method: 3.17)."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from wendu.method.deals.codes import Answer, Cause
from wendu.method.deals.scales import ExchangeScale
from wendu.method.reading import Reading, Reason, because, exact


@dataclass(frozen=True, slots=True)
class Rival:
    """What another supplier is worth to the customer and asks for, in the same unit as ours; None is unknown."""

    name: str
    value: float | None
    price: float | None


@dataclass(frozen=True, slots=True)
class Standing:
    """Everything the diagnosis looks at. `no_rival` is said by somebody: they would do nothing."""

    value_delivery: Reading
    can_meet: Reading
    trust: Reading
    our_value: float | None
    our_price: float | None
    rivals: tuple[Rival, ...] = ()
    no_rival: bool = False


class Concession(StrEnum):
    """What may be given away: nothing, nothing before the firm has looked at it, or something inside our floor."""

    BLOCKED = "blocked"
    ESCALATED = "escalated"
    ALLOWED = "allowed"


def diagnosis(standing: Standing, scale: ExchangeScale) -> Reading:
    """The first cause that holds, with all that hold as reasons and what could not be judged as `missing`.

    A cause whose inputs are unknown is not clear: it keeps C3 and C4 closed. Nothing holds but something is unknown:
    no cause, band `not_diagnosable`. Nothing holds and all is known: C0, the reason lies elsewhere.
    """
    found: dict[Cause, Answer] = {Cause.NOT_CONVEYED: _conveyed(standing), Cause.NO_TRUST: _trusted(standing)}
    for cause, judge in ((Cause.TOO_LITTLE, _too_little), (Cause.CHEAPER, _cheaper)):
        answers = tuple(found.values())
        if Answer.YES in answers:
            break
        found[cause] = Answer.UNKNOWN if Answer.UNKNOWN in answers else judge(standing, scale)
    holding = [cause for cause, answer in found.items() if answer is Answer.YES]
    unknown = [cause for cause, answer in found.items() if answer is Answer.UNKNOWN]
    primary = holding[0] if holding else None if unknown else Cause.OTHER
    return Reading(
        value=None if primary is None else primary.value,
        band="not_diagnosable" if primary is None else primary.value,
        reasons=tuple(_why(cause, standing, scale) for cause in holding),
        missing=_missing(standing, unknown),
    )


def concession(cause: Reading) -> Concession:
    """Giving up income is no answer to C1 to C3, and none to what nobody has looked at; C4 is a case for the firm."""
    if cause.value == Cause.CHEAPER:
        return Concession.ESCALATED
    return Concession.ALLOWED if cause.value == Cause.OTHER else Concession.BLOCKED


def _conveyed(standing: Standing) -> Answer:
    bands = (standing.value_delivery.band, standing.can_meet.band)
    if "missing" in bands:
        return Answer.YES
    return Answer.UNKNOWN if "unknown" in bands else Answer.NO


def _trusted(standing: Standing) -> Answer:
    return {"fails": Answer.YES, "unknown": Answer.UNKNOWN}.get(standing.trust.band, Answer.NO)


def _too_little(standing: Standing, scale: ExchangeScale) -> Answer:
    """Whether the best rival is worth more to them by more than the tolerance, measured by the rival."""
    if standing.no_rival and not standing.rivals:
        return Answer.NO
    values = [rival.value for rival in standing.rivals]
    if standing.our_value is None or not values or None in values:
        return Answer.UNKNOWN
    best = max(value for value in values if value is not None)
    return _said(best > 0 and exact((best - standing.our_value) / best) > scale.tolerance)


def _cheaper(standing: Standing, scale: ExchangeScale) -> Answer:
    """Whether a rival of equal value asks less by more than the tolerance, measured by our price."""
    if standing.no_rival and not standing.rivals:
        return Answer.NO
    if standing.our_value is None or not standing.our_price:
        return Answer.UNKNOWN
    answers = {_same_for_less(rival, standing.our_value, standing.our_price, scale) for rival in standing.rivals}
    if Answer.YES in answers:
        return Answer.YES
    return Answer.UNKNOWN if Answer.UNKNOWN in answers or not answers else Answer.NO


def _same_for_less(rival: Rival, our_value: float, our_price: float, scale: ExchangeScale) -> Answer:
    if rival.value is None:
        return Answer.UNKNOWN
    gap = abs(rival.value - our_value) / rival.value if rival.value else float(rival.value != our_value)
    if exact(gap) > scale.tolerance:
        return Answer.NO
    if rival.price is None:
        return Answer.UNKNOWN
    return _said(exact((our_price - rival.price) / our_price) > scale.tolerance)


def _said(holds: bool) -> Answer:  # noqa: FBT001 - it is the answer itself
    return Answer.YES if holds else Answer.NO


def _why(cause: Cause, standing: Standing, scale: ExchangeScale) -> Reason:
    if cause is Cause.NOT_CONVEYED:
        return because("not_conveyed", value=standing.value_delivery.value, heard=standing.can_meet.value)
    if cause is Cause.NO_TRUST:
        return because("no_trust", value=standing.trust.value)
    if cause is Cause.TOO_LITTLE:
        best = max(standing.rivals, key=lambda rival: rival.value or 0.0)
        return because("too_little", ours=standing.our_value, theirs=best.value, rival=best.name)
    cheapest = min(_equals_for_less(standing, scale), key=lambda rival: rival.price or 0.0)
    return because("cheaper", ours=standing.our_price, theirs=cheapest.price, rival=cheapest.name)


def _equals_for_less(standing: Standing, scale: ExchangeScale) -> list[Rival]:
    """The rivals of equal value that ask less; who is cheaper because he is worth less is none of them."""
    ours, price = standing.our_value or 0.0, standing.our_price or 0.0
    return [each for each in standing.rivals if _same_for_less(each, ours, price, scale) is Answer.YES]


def _missing(standing: Standing, unknown: Sequence[Cause]) -> tuple[str, ...]:
    """What to find out, each thing once; a cause that waits for an earlier one asks nothing by itself."""
    names: list[str] = []
    if Cause.NOT_CONVEYED in unknown:
        names += [*standing.value_delivery.missing, *standing.can_meet.missing]
    if Cause.NO_TRUST in unknown:
        names += standing.trust.missing
    if not names and unknown:
        names += _missing_offers(standing)
    return tuple(dict.fromkeys(names))


def _missing_offers(standing: Standing) -> list[str]:
    names = ["our_value"] if standing.our_value is None else []
    names += [] if standing.our_price else ["our_price"]
    names += [] if standing.rivals else ["rivals"]
    names += [f"rival_value:{rival.name}" for rival in standing.rivals if rival.value is None]
    return names + [f"rival_price:{rival.name}" for rival in standing.rivals if rival.price is None]
