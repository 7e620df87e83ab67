"""When a written proposal is due, and how much of it is written (method: 3.13)."""

from collections.abc import Iterable
from dataclasses import dataclass

from wendu.method.deals.scales import PresentationScale
from wendu.method.reading import Reading, because

PERCENT = 100.0
SECTIONS = ("situation", "needs", "solution", "benefits", "evidence", "implementation", "price", "next_step")


@dataclass(frozen=True, slots=True)
class Occasion:
    """What speaks for writing a proposal."""

    key_people: int
    unreachable_keys: int
    amount_minor: int | None
    asked_for: bool
    explicit_needs: int


def proposal_due(occasion: Occasion, scale: PresentationScale) -> Reading:
    """`write` with its reasons, `too_early` before anybody said what he wants, or `not_needed`.

    A proposal is a silent salesman for those one does not meet; before an explicit need it is a brochure.
    """
    reasons = []
    if occasion.key_people >= scale.proposal_from_key_people:
        reasons.append(because("several_key_people", people=occasion.key_people))
    if occasion.unreachable_keys:
        reasons.append(because("key_person_not_reached", people=occasion.unreachable_keys))
    if occasion.amount_minor is not None and occasion.amount_minor >= scale.proposal_from_minor:
        reasons.append(because("amount", minor=occasion.amount_minor))
    if occasion.asked_for:
        reasons.append(because("asked_for"))
    if not reasons:
        return Reading("not_needed", "not_needed")
    if not occasion.explicit_needs:
        return Reading("too_early", "too_early", tuple(reasons), ("explicit_need",))
    return Reading("write", "write", tuple(reasons))


def proposal_completeness(filled: Iterable[str]) -> Reading:
    """The share of the eight sections written, 0 to 100, and which are missing."""
    written = set(filled)
    missing = tuple(section for section in SECTIONS if section not in written)
    value = PERCENT * (len(SECTIONS) - len(missing)) / len(SECTIONS)
    return Reading(value, "complete" if not missing else "open", missing=missing)
