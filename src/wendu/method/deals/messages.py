"""Value delivered: three messages per key influencer, in their own words (method: 3.12)."""

from collections.abc import Iterable, Mapping

from wendu.method.deals.codes import Message, MessageState
from wendu.method.deals.people import Person, key_people
from wendu.method.deals.scales import DealScale
from wendu.method.reading import Reading, because, reaches

PERCENT = 100.0
States = Mapping[tuple[int, Message], MessageState]
"""How far each message got with each influencer; absent means not sent."""


def value_delivery(people: Iterable[Person], states: States, scale: DealScale) -> Reading:
    """The share of messages acknowledged by key influencers, 0 to 100: `met`, `missing`, or `unknown` without any.

    The reasons name who has not said that we can meet the need, then what else is open.
    """
    keys = key_people(people, scale.key_weight)
    if not keys:
        return Reading(None, "unknown", missing=("key_person",))
    open_ = [
        (person.id, message, states.get((person.id, message), MessageState.NOT_SENT))
        for message in Message
        for person in keys
        if not _acknowledged(states, person.id, message)
    ]
    total = len(keys) * len(Message)
    value = PERCENT * (total - len(open_)) / total
    return Reading(
        value=value,
        band="met" if reaches(value, scale.presentation.value_delivery_from) else "missing",
        reasons=tuple(
            because("message_open", person=person, message=message.value, state=state.value)
            for person, message, state in open_
        ),
    )


def can_meet_heard(people: Iterable[Person], states: States, scale: DealScale) -> Reading:
    """How many key influencers said that we can meet their need; the value is a count."""
    keys = key_people(people, scale.key_weight)
    deaf = [person.id for person in keys if not _acknowledged(states, person.id, Message.CAN_MEET)]
    return Reading(
        value=len(keys) - len(deaf),
        band="unknown" if not keys else "missing" if deaf else "met",
        reasons=tuple(because("can_meet_open", person=person) for person in deaf),
        missing=() if keys else ("key_person",),
    )


def _acknowledged(states: States, person: int, message: Message) -> bool:
    return states.get((person, message)) is MessageState.ACKNOWLEDGED
