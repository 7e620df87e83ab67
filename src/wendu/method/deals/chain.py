"""The decision chain: whose need is confirmed, and which way leads to who decides (method: 3.7)."""

from collections.abc import Iterable, Sequence

from wendu.method.deals.codes import Access, Focus, Role
from wendu.method.deals.people import Person, key_people
from wendu.method.deals.scales import DealScale
from wendu.method.reading import Reading, because

PERCENT = 100.0


def coverage(people: Sequence[Person], scale: DealScale) -> Reading:
    """The share of the weight whose need is confirmed, 0 to 100; `complete` when every key influencer's is.

    A chain without a decision-maker is never complete: `no_decision_maker`.
    """
    weight = sum(person.weight for person in people)
    known = sum(person.weight for person in people if person.is_known)
    open_keys = [person for person in key_people(people, scale.key_weight) if not person.is_known]
    decided = any(person.role is Role.DECISION_MAKER for person in people)
    return Reading(
        value=PERCENT * known / weight if weight else None,
        band="no_decision_maker" if not decided else "open" if open_keys else "complete",
        reasons=tuple(because("need_not_confirmed", person=person.id, need=person.need.value) for person in open_keys),
        missing=() if decided else ("decision_maker",),
    )


def entry_path(people: Iterable[Person]) -> Reading:
    """The next step on the way in: who gives information, then who has the problem, then who decides.

    Somebody reached only through others counts as found, not as met. To meet the powerful person with no problem in
    hand is the commonest mistake: `prepare_problem`.
    """
    by_focus = {
        focus: [person for person in people_ if focus in person.focus]
        for people_ in (tuple(people),)
        for focus in Focus
    }
    missing = tuple(focus.value for focus in Focus if not by_focus[focus])
    met = {focus for focus, found in by_focus.items() if any(person.access is Access.DIRECT for person in found)}
    step = _step(by_focus, met)
    return Reading(
        value=step,
        band="open" if Focus.POWERFUL in met and Focus.DISSATISFIED in met else "on_the_way",
        reasons=tuple(
            because("focus_found", focus=focus.value, people=len(found), met=focus in met)
            for focus, found in by_focus.items()
            if found
        ),
        missing=missing,
    )


def satisfied_customer(*, explicit_needs: int, has_rival: bool, dissatisfied: int) -> str | None:
    """What to do with a customer content with somebody else: the three plays in their order (S1 3.4), or None.

    Find who is dissatisfied inside; with somebody found keep following up until there is a need.
    """
    if explicit_needs or not has_rival:
        return None
    return "create_selling_point" if dissatisfied else "find_dissatisfied"


def _step(by_focus: dict[Focus, list[Person]], met: set[Focus]) -> str:
    if Focus.POWERFUL in met and not by_focus[Focus.DISSATISFIED]:
        return "prepare_problem"
    if not by_focus[Focus.RECEPTIVE] and not by_focus[Focus.DISSATISFIED]:
        return "find_receptive"
    if not by_focus[Focus.DISSATISFIED]:
        return "find_dissatisfied"
    if Focus.DISSATISFIED not in met:
        return "meet_dissatisfied"
    if not by_focus[Focus.POWERFUL]:
        return "find_powerful"
    return "meet_powerful" if Focus.POWERFUL not in met else "solve_with_powerful"
