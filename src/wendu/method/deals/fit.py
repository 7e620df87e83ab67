"""Right product, right customer: nobody signs for what does not do the job (method: 3.18)."""

from collections.abc import Iterable
from dataclasses import dataclass

from wendu.method.deals.codes import Capability
from wendu.method.reading import Reading, because


@dataclass(frozen=True, slots=True)
class NeedFit:
    """One need, whether they must have it, and what the product can do about it."""

    id: int
    is_must: bool
    capability: Capability


@dataclass(frozen=True, slots=True)
class Claim:
    """Something we promised the product would do; without the capability behind it, it is an over-claim."""

    id: int
    capability: Capability


def fit_check(needs: Iterable[NeedFit], claims: Iterable[Claim], *, can_use: bool | None) -> Reading:
    """`fit`, `unfit` (signing is blocked) or `unknown`; the value is the share of musts the product meets, 0 to 100.

    One must it cannot do, or a customer who cannot use it, is enough to be unfit. Over-claims are named in any case.
    """
    musts = [need for need in needs if need.is_must]
    refused = [need for need in musts if need.capability is Capability.NO]
    unasked = [need for need in musts if need.capability is Capability.UNKNOWN]
    met = len(musts) - len(refused) - len(unasked)
    reasons = [because("must_not_met", need=need.id) for need in refused]
    reasons += [because("cannot_use")] if can_use is False else []
    unfit = bool(reasons)
    reasons += [because("over_claim", promise=claim.id) for claim in claims if claim.capability is Capability.NO]
    missing = [f"capability:{need.id}" for need in unasked]
    missing += [] if musts else ["musts"]
    missing += ["can_use"] if can_use is None else []
    return Reading(
        value=100.0 * met / len(musts) if musts else None,
        band="unfit" if unfit else "unknown" if missing else "fit",
        reasons=tuple(reasons),
        missing=tuple(missing),
    )
