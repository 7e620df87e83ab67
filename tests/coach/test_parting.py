"""The groups of a list: the same by one pass over few customers and by reading the index of each group."""

from collections import Counter

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.coach.test_walking import FACTS, a_firm, truth
from tests.coach.world import TODAY
from tests.factories import make_customer, make_opportunity
from tests.laws import examples
from wendu.coach import parting, ways
from wendu.coach.frame import Frame
from wendu.coach.models import Standing
from wendu.coach.orders import WARMEST, usual
from wendu.coach.parting import first_of_each, of_each_owner
from wendu.coach.ways import Narrowing, Ways
from wendu.opportunities.actions import close_opportunity, move_stage
from wendu.opportunities.choices import LossReason, Outcome, Stage

pytestmark = pytest.mark.django_db
CLASSES = ("A", "B", "C", "D", "")


@settings(max_examples=examples(30), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(facts=st.lists(FACTS, min_size=1, max_size=30), limit=st.integers(1, 4), looked=st.sampled_from([1, 3, 2_000]))
def test_large_groups_show_their_warmest_whichever_way(cast, monkeypatch, facts, limit, looked):
    frame = Frame.on(TODAY)
    a_firm(cast, frame, facts)
    order = truth(WARMEST, frame, Standing.objects.order_by().sight(cast.mona))
    letters = dict(Standing.objects.values_list("pk", "quadrant"))
    sizes = Counter(letters.values())
    whole = {letter: [pk for pk in order if letters[pk] == letter] for letter in sizes}

    few = first_of_each(Ways(cast.mona, Narrowing()), "quadrant", CLASSES, WARMEST, frame, limit=limit)
    with monkeypatch.context() as only_here:
        only_here.setattr(ways, "PARTED", 0)
        only_here.setattr(parting, "LOOKED_AT", looked)
        only_here.setattr(parting, "FEW", 0)
        large = first_of_each(Ways(cast.mona, Narrowing()), "quadrant", CLASSES, WARMEST, frame, limit=limit)
        only_here.setattr(parting, "FEW", len(facts) - 1)
        with_rare = first_of_each(Ways(cast.mona, Narrowing()), "quadrant", CLASSES, WARMEST, frame, limit=limit)
        only_here.setattr(ways, "PARTED", 0)
        unsorted = first_of_each(Ways(cast.mona, Narrowing()), "quadrant", CLASSES, usual("due"), frame, limit=limit)

    assert {letter: (list(part.keys), part.size) for letter, part in few.items()} == {
        letter: (rows[:limit], len(rows)) for letter, rows in whole.items()
    }
    for letter, part in [*large.items(), *with_rare.items()]:
        assert (list(part.keys), part.size, part.is_more) == (whole.get(letter, [])[:limit], sizes[letter], False)
    warm = Counter(Standing.objects.filter(cool_key__isnull=False).values_list("quadrant", flat=True))
    if looked > len(facts):
        assert {letter for letter in large if sizes[letter]} == {letter for letter in sizes if warm[letter] > limit}
    rare = {letter for letter in CLASSES if letter not in large}
    if rare and sum(sizes[letter] for letter in rare) < len(facts):  # few enough for one pass: none is left to a walk
        assert set(with_rare) == set(CLASSES)
    assert unsorted == {}, "no index by day due lies in groups: each group is walked"


def test_a_group_is_not_counted_beyond_the_bound(cast, monkeypatch):
    frame = Frame.on(TODAY)
    a_firm(cast, frame, [{"heat": 50.0 + n, "ago": n, "pace": n, "touched": True, "quadrant": "A"} for n in range(9)])
    monkeypatch.setattr(ways, "PARTED", 0)
    monkeypatch.setattr(parting, "COUNTED_AT_MOST", 5)

    part = first_of_each(Ways(cast.mona, Narrowing()), "quadrant", CLASSES, WARMEST, frame, limit=3)["A"]

    assert (len(part.keys), part.size, part.is_more) == (3, 5, True)


def test_a_customer_stands_where_its_furthest_open_deal_is(cast):
    customer = make_customer(cast.alice)
    first, second = make_opportunity(customer), make_opportunity(customer)

    def stage() -> str:
        return Standing.objects.get(pk=customer.pk).stage

    assert stage() == "ST1"
    at = first.created_at
    move_stage(opportunity=second, to_stage=Stage.ST2, actor=cast.alice, at=at)
    assert stage() == "ST2"
    lost = {"outcome": Outcome.LOST, "reason": LossReason.NO_TRUST}
    close_opportunity(opportunity=second, actor=cast.alice, at=at, closed_on=TODAY, **lost)
    assert stage() == "ST1"
    close_opportunity(opportunity=first, actor=cast.alice, at=at, closed_on=TODAY, **lost)
    assert stage() == ""


@settings(max_examples=examples(20), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(facts=st.lists(FACTS, min_size=1, max_size=24), limit=st.integers(1, 4))
def test_the_warmest_of_each_owner_are_those_of_the_whole_list(cast, facts, limit):
    frame = Frame.on(TODAY)
    a_firm(cast, frame, facts)
    owners = (cast.alice.pk, cast.bob.pk, cast.nora.pk)
    for place, row in enumerate(Standing.objects.order_by("pk")):
        Standing.objects.filter(pk=row.pk).update(owner_id=owners[place % 3])
    order = truth(WARMEST, frame, Standing.objects.order_by().sight(cast.mona))
    owner_of = dict(Standing.objects.values_list("pk", "owner_id"))
    whole = {owner: [pk for pk in order if owner_of[pk] == owner] for owner in owners}

    found = of_each_owner(Ways(cast.mona, Narrowing()), owners, frame, limit=limit)

    assert {owner: (list(part.keys), part.size) for owner, part in found.items()} == {
        owner: (rows[:limit], len(rows)) for owner, rows in whole.items() if rows
    }
