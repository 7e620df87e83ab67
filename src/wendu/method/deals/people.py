"""Who decides: an influencer as the rules see him, and who of them is key (method: 3.6, 3.7)."""

from collections.abc import Iterable
from dataclasses import dataclass

from wendu.method.deals.codes import Access, Focus, NeedState, Role

DECIDING = frozenset({Role.DECISION_MAKER, Role.APPROVER})
KNOWN = frozenset({NeedState.CONFIRMED, NeedState.GUIDED})


@dataclass(frozen=True, slots=True)
class Person:
    """One influencer of a deal: weight 1 to 5, stance -2 to +2, and how well the need behind the words is known."""

    id: int
    role: Role
    weight: int
    stance: int = 0
    access: Access = Access.NONE
    focus: frozenset[Focus] = frozenset()
    need: NeedState = NeedState.UNKNOWN

    def is_key(self, key_weight: int) -> bool:
        """Decision-maker, approver, or of great weight."""
        return self.role in DECIDING or self.weight >= key_weight

    @property
    def is_known(self) -> bool:
        """Whether the person agreed that this is the need."""
        return self.need in KNOWN


def key_people(people: Iterable[Person], key_weight: int) -> tuple[Person, ...]:
    """Those without whom nothing is decided, heaviest first."""
    return tuple(sorted((each for each in people if each.is_key(key_weight)), key=lambda each: (-each.weight, each.id)))
