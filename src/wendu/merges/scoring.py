"""How alike two customers are, and why: pure, from what is written of each; every number of it stands here."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from rapidfuzz.fuzz import ratio

from wendu.search.spoken import syllables

SHOWN_FROM = 0.70  # pairs below are nobody's time worth
STRONG_FROM = 0.85  # nearly certain: shown first, with a mark
TYPED_FROM = 0.55  # while a name is typed less is known, and a look costs little

NAME_FROM = 0.72  # names less alike say nothing
SAME_NAME = 0.90
SAME_PERSONS_NAME = 0.66  # there are very many 王伟: it takes a number, an address or at least the city
SOUNDS_ALIKE = 0.45
HELD, EXTRA_AT_MOST, HELD_FROM = 0.72, 3, 4  # one name within the other: so many signs more, and so long itself
SAME_NUMBER, SAME_ADDRESS = 0.72, 0.72
SAME_PERSON, SAME_CITY, SAME_TRADE = 0.25, 0.15, 0.05
ANOTHER_CITY, ANOTHER_KIND, BRANCH = 0.85, 0.80, 0.75  # speak against it: a branch is no duplicate
ANOTHER_NUMBER = 0.60  # nor is 第三医院 a slip of the pen for 第一医院
COUNTING = frozenset("0123456789一二三四五六七八九十百")
PERSON = "person"

BLOCK_AT_MOST = 40
"""So many customers may share a key and still be compared with each other; what more share tells nobody apart."""
SHORTEST = 2
MANY = 16_384
EDGE = 3
GRAM, LATIN_GRAM, GRAMS = 2, 4, 8


@dataclass(frozen=True, slots=True)
class Card:
    """What is known of a customer for comparing: `key` is its normalised name."""

    pk: int
    key: str
    kind: str = ""
    province: str = ""
    city: str = ""
    industry: str = ""
    parent: int | None = None
    numbers: frozenset[str] = frozenset()
    addresses: frozenset[str] = frozenset()
    people: frozenset[str] = frozenset()

    @property
    def core(self) -> str:
        """The name without the place in front: 苏州桐溪注塑 is 桐溪注塑."""
        return _core(self.key, self.province, self.city)


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike two are, 0 to 1, and the reasons as codes with what they are about."""

    score: float
    reasons: tuple[dict[str, object], ...] = field(default=())


def likeness(one: Card, other: Card) -> Likeness:
    """Weigh all that two have in common; each reason closes part of the way to certainty, some speak against it."""
    found = [*_names(one, other), *_reach(one, other)]
    if not found:
        return Likeness(0.0)
    found += _beside(one, other)
    doubt, against = 1.0, 1.0
    for reason in found:
        weight = float(str(reason.pop("weight")))
        if weight < 0:
            against *= -weight
        else:
            doubt *= 1.0 - weight
    return Likeness(round((1.0 - doubt) * against, 3), tuple(found))


def keys_of(card: Card) -> list[str]:
    """The keys under which a customer meets those it may be the same as; a handful for each, whatever it is."""
    core = card.core
    found = [f"n{card.key}", f"c{core}", *(f"t{number}" for number in card.numbers)]
    found += [f"m{address}" for address in card.addresses]
    if len(core) > EDGE:
        found += [f"b{core[:EDGE]}", f"e{core[-EDGE:]}"]
    spoken = _spoken(core)
    width = GRAM if spoken else LATIN_GRAM
    found += [f"g{core[start : start + width]}" for start in range(min(GRAMS, len(core) - width + 1))]
    if len(spoken) > SHORTEST:
        found.append("p" + "".join(each[0] for each in spoken))
    return list(dict.fromkeys(found))


@lru_cache(maxsize=MANY)
def _core(key: str, province: str, city: str) -> str:
    for place in (province, city):
        short = place.removesuffix("省").removesuffix("市").casefold()
        for start in (f"{short}市", f"{short}省", short):
            if short and key.startswith(start) and len(key) - len(start) >= SHORTEST:
                return key.removeprefix(start)
    return key


@lru_cache(maxsize=MANY)
def _spoken(core: str) -> tuple[str, ...]:
    """How a Chinese name is spoken; a Latin one as it is written."""
    return tuple(syllables(core))


def _sound_alike(here: str, there: str) -> bool:
    return len(_spoken(here)) > SHORTEST and _spoken(here) == _spoken(there)


def _names(one: Card, other: Card) -> Iterable[dict[str, object]]:
    if one.key == other.key:
        is_person = one.kind == other.kind == PERSON
        return [{"code": "same_name", "weight": SAME_PERSONS_NAME if is_person else SAME_NAME}]
    found: list[dict[str, object]] = []
    alike = _alike(one, other)
    if _holds(one.core, other.core) or _holds(other.core, one.core):
        found.append({"code": "name_contains", "weight": HELD})
    elif alike >= NAME_FROM:
        weight = SAME_NAME * (alike - NAME_FROM / 2) / (1 - NAME_FROM / 2)
        found.append({"code": "name_alike", "alike": round(alike, 2), "weight": weight})
    if one.core != other.core and len(one.core) == len(other.core) and _sound_alike(one.core, other.core):
        found.append({"code": "sounds_alike", "weight": SOUNDS_ALIKE})
    if found and _counting(one.core) != _counting(other.core):
        found.append({"code": "another_number", "weight": -ANOTHER_NUMBER})
    return found


def _alike(one: Card, other: Card) -> float:
    """How alike two names are, 0 to 1; a place in front of both makes nobody more alike."""
    inside = ratio(one.core, other.core)
    is_placed = one.core != one.key and other.core != other.key
    return float(inside if is_placed else max(ratio(one.key, other.key), inside)) / 100


def _counting(name: str) -> list[str]:
    """The digits and counting words of a name, in their order."""
    return [sign for sign in name if sign in COUNTING]


def _holds(longer: str, shorter: str) -> bool:
    return (
        longer != shorter
        and len(shorter) >= HELD_FROM
        and shorter in longer
        and len(longer) - len(shorter) <= EXTRA_AT_MOST
    )


def _reach(one: Card, other: Card) -> Iterable[dict[str, object]]:
    if one.numbers & other.numbers:
        yield {"code": "same_number", "weight": SAME_NUMBER}
    if one.addresses & other.addresses:
        yield {"code": "same_address", "weight": SAME_ADDRESS}


def _beside(one: Card, other: Card) -> Iterable[dict[str, object]]:
    """What only counts once there is something else."""
    if one.people & other.people:
        yield {"code": "same_person", "name": min(one.people & other.people), "weight": SAME_PERSON}
    if one.city and other.city:
        same = one.city == other.city
        yield {"code": "same_city" if same else "another_city", "weight": SAME_CITY if same else -ANOTHER_CITY}
    if one.industry and one.industry == other.industry:
        yield {"code": "same_trade", "weight": SAME_TRADE}
    if one.kind and other.kind and one.kind != other.kind:
        yield {"code": "another_kind", "weight": -ANOTHER_KIND}
    if other.parent == one.pk or one.parent == other.pk:
        yield {"code": "parent_and_branch", "weight": -BRANCH}
