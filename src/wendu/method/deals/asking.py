"""How talks were held: which questions went deep, what they brought, what became of the aims (method: 3.9, 3.15)."""

from collections.abc import Mapping
from typing import NamedTuple

from wendu.method.deals.codes import Aim, Question

PERCENT = 100.0
DEEP = (Question.IMPLICATION, Question.NEED_PAYOFF)


class Depth(NamedTuple):
    """How many questions were asked, and the share of implications and pay-offs among them, 0 to 100."""

    asked: int
    share: float | None


class Aims(NamedTuple):
    """How many talks reached their objective or the smaller step, of how many that is known, and the share."""

    objective: int
    fallback: int
    said: int
    share: float | None


class Wishes(NamedTuple):
    """How many explicit needs were heard in so many prepared talks, and how many a talk brings on average."""

    explicit: int
    talks: int
    a_talk: float | None


def wishes(explicit: int, talks: int) -> Wishes:
    """Needs put by them in their own words, by talk; unknown while no prepared talk was held."""
    return Wishes(explicit, talks, explicit / talks if talks else None)


def depth(asked: Mapping[str, int]) -> Depth:
    """The share of questions that make a problem worth solving, by how often each kind was asked; none for none."""
    total = sum(asked.get(kind.value, 0) for kind in Question)
    deep = sum(asked.get(kind.value, 0) for kind in DEEP)
    return Depth(total, PERCENT * deep / total if total else None)


def aims(ended: Mapping[str, int]) -> Aims:
    """What became of the aims, by how often each ended how; what nobody said is left out."""
    said = sum(ended.get(aim.value, 0) for aim in Aim)
    reached = ended.get(Aim.OBJECTIVE.value, 0)
    return Aims(reached, ended.get(Aim.FALLBACK.value, 0), said, PERCENT * reached / said if said else None)
