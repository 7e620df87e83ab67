"""Pages of the list in every order: the same by collecting and by walking, forwards and backwards, for every filter."""

from datetime import timedelta

import pytest
from django.db.models import Q
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.coach.world import TODAY
from tests.factories import make_customers
from tests.laws import examples
from wendu.coach import walk, ways
from wendu.coach.frame import Frame
from wendu.coach.heat import heat_today
from wendu.coach.models import Standing
from wendu.coach.orders import COLUMNS, FALLING, HEAT, Mark, Order, half_lives, value_of
from wendu.coach.rows import cool_key
from wendu.coach.walking import find_page
from wendu.coach.ways import Narrowing, Ways

pytestmark = pytest.mark.django_db
ORDERS = [Order(code, falling) for code in (HEAT, *COLUMNS) for falling in (True, False)]
WAYS = ["collecting", "walking", "walking far"]


@pytest.fixture
def go(monkeypatch):
    """Force one of the ways; `walking` gives up early, `walking far` has to look again in almost every part."""

    def choose(way: str) -> None:
        monkeypatch.setattr(ways, "FEW", 3_000 if way == "collecting" else 0)
        monkeypatch.setattr(ways, "MANY", 20_000 if way == "walking" else 0)
        monkeypatch.setattr(walk, "LOOKED_AT_EACH", 400 if way == "walking" else 2)
        monkeypatch.setattr(walk, "LOOKED_AT_ALONE", 4 if way == "walking" else 4_000)

    return choose


def stand(customer, frame, *, heat=0.0, ago=0, pace=14.0, touched=True, **columns) -> Standing:
    on = TODAY - timedelta(days=ago)
    axis = frame.axis.at(on)
    return Standing(
        customer=customer,
        owner=customer.owner,
        team=customer.team,
        status="in_pursuit",
        heat=heat,
        heat_on=on,
        cools_from=on,
        cools_from_axis=axis,
        half_life_days=pace,
        cool_key=cool_key(heat, axis, pace),
        latest_touch_on=on if touched or heat > 0 else None,
        **columns,
    )


DAYS = st.none() | st.integers(0, 4).map(lambda n: TODAY + timedelta(days=n))
FACTS = st.fixed_dictionaries(
    {
        "heat": st.sampled_from([0.0, 15.0, 15.0, 62.5, 80.0, 100.0]) | st.floats(0.125, 100, width=32),
        "ago": st.integers(-10, 60),
        "pace": st.integers(0, 9),
        "touched": st.booleans(),
        "quadrant": st.sampled_from(["", "A", "B"]),
        "due_on": DAYS,
        "deadline_on": DAYS,
        "class_since": DAYS,
        "open_amount_minor": st.none() | st.sampled_from([0, 100, 100, 2**40]),
    }
)


def a_firm(cast, frame, facts) -> None:
    Standing.objects.all().delete()
    paces = half_lives(frame.scale)
    customers = make_customers(cast.alice, len(facts))
    Standing.objects.bulk_create(
        stand(customer, frame, **{**fact, "pace": paces[fact["pace"] % len(paces)]})
        for customer, fact in zip(customers, facts, strict=True)
    )


def truth(order, frame, test) -> list[int]:
    """The whole list sorted in Python, unknown last, equals by key."""
    rows = list(Standing.objects.filter(test).annotate(value=value_of(order, frame)).values_list("value", "pk"))
    known = [row for row in rows if row[0] is not None]
    known.sort(key=lambda row: row[1], reverse=order.ties_fall)
    known.sort(key=lambda row: row[0], reverse=order.falling)
    unknown = sorted((row for row in rows if row[0] is None), key=lambda row: row[1], reverse=order.ties_fall)
    return [pk for _, pk in (*known, *unknown)]


def mark_of(pk: int, order, frame) -> Mark:
    return Mark(Standing.objects.annotate(value=value_of(order, frame)).values_list("value", flat=True).get(pk=pk), pk)


@pytest.mark.parametrize("way", WAYS)
@settings(max_examples=examples(12), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    facts=st.lists(FACTS, min_size=1, max_size=18),
    order=st.sampled_from(ORDERS),
    size=st.integers(1, 7),
    only=st.booleans(),
)
def test_pages_follow_each_other_in_the_true_order_both_ways(cast, go, way, facts, order, size, only):
    frame = Frame.on(TODAY)
    a_firm(cast, frame, facts)
    go(way)
    test = Q(quadrant="A") if only else Q()
    narrowing = Narrowing(test, (test,) if only else (), test)
    whole = truth(order, frame, test)

    forwards, mark, more = [], None, True
    while more:
        page = find_page(Ways(cast.mona, narrowing), order, frame, after=mark, limit=size)
        forwards += page.keys
        more, mark = page.has_more, mark_of(page.keys[-1], order, frame) if page.keys else None

    assert forwards == whole
    if whole:
        backwards, mark, more = [], mark_of(whole[-1], order, frame), True
        while more:
            page = find_page(Ways(cast.mona, narrowing), order, frame, before=mark, limit=size)
            backwards = [*page.keys, *backwards]
            more, mark = page.has_more, mark_of(page.keys[0], order, frame) if page.keys else None
        assert [*backwards, whole[-1]] == whole


@settings(max_examples=examples(25), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(facts=st.lists(FACTS, min_size=1, max_size=25))
def test_the_order_by_temperature_is_the_order_of_the_temperatures_shown(cast, facts):
    frame = Frame.on(TODAY)
    a_firm(cast, frame, facts)

    keys = find_page(Ways(cast.alice, Narrowing()), Order(), frame).keys

    rows = Standing.objects.in_bulk(keys)
    heats = [heat_today(rows[key], frame) for key in keys]
    assert heats == pytest.approx(sorted(heats, reverse=True))
    never = [rows[key].latest_touch_on is None and not rows[key].heat for key in keys]
    assert never == sorted(never)


@pytest.mark.parametrize("way", WAYS)
def test_one_sees_the_own_the_teams_or_all_and_an_outsider_nobody(cast, go, way):
    frame = Frame.on(TODAY)
    Standing.objects.bulk_create(stand(row, frame, heat=50) for row in make_customers(cast.alice, 3))
    go(way)

    found = {
        name: len(find_page(Ways(getattr(cast, name), Narrowing()), Order(), frame).keys)
        for name in ("alice", "bob", "charlie", "nora", "mona", "eve")
    }

    assert found == {"alice": 3, "bob": 0, "charlie": 0, "nora": 0, "mona": 3, "eve": 3}
    assert find_page(Ways(None, Narrowing()), Order(), frame).keys == ()


@pytest.mark.parametrize("way", WAYS)
def test_who_is_hidden_is_in_no_list_and_in_no_count(cast, go, way):
    frame = Frame.on(TODAY)
    shown, hidden = make_customers(cast.alice, 2)
    Standing.objects.bulk_create([stand(shown, frame, heat=50), stand(hidden, frame, heat=90, is_hidden=True)])
    go(way)

    assert find_page(Ways(cast.alice, Narrowing()), Order(), frame).keys == (shown.pk,)
    assert Ways(cast.alice, Narrowing()).count() == (1, False)


def test_nothing_is_counted_beyond_the_bound(cast, go, monkeypatch):
    frame = Frame.on(TODAY)
    Standing.objects.bulk_create(stand(row, frame, heat=50) for row in make_customers(cast.alice, 12))

    assert Ways(cast.mona, Narrowing()).count() == (12, False)
    go("walking")
    monkeypatch.setattr(ways, "COUNTED_AT_MOST", 10)
    assert Ways(cast.mona, Narrowing()).count() == (10, True)
    monkeypatch.setattr(ways, "COUNTED_AMONG", 7)
    assert Ways(cast.mona, Narrowing()).count() == (7, True)


def test_a_falling_order_is_what_one_asks_for_first_of_what_is_large():
    assert {code for code in COLUMNS if code in FALLING} == {"amount", "latest", "since", "created"}
