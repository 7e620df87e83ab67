from datetime import date, timedelta

import pytest

from tests.cast import MONDAY
from tests.factories import make_customer
from wendu.agenda.due import tick
from wendu.agenda.models import Due
from wendu.customers.actions import BadWakeDay, NoFitIsDropped, NotResting, begin_nurture, drop_pursuit, wake
from wendu.customers.actions.pursuit import WAKE_RULE
from wendu.customers.choices import NurtureReason
from wendu.customers.facts import NurtureMark, nurture_marks, profiles
from wendu.customers.models import Nurture
from wendu.journal.models import Entry
from wendu.kernel.errors import Denied

pytestmark = pytest.mark.django_db
TODAY = MONDAY.date()
DAY = timedelta(days=1)


def wakings():
    return Due.objects.filter(rule=WAKE_RULE)


def rest(customer, cast, days: int = 30, *, after: int = 0) -> Nurture:
    at = MONDAY + after * DAY
    return begin_nurture(
        customer=customer,
        reason=NurtureReason.TIMING,
        wake_on=at.date() + days * DAY,
        actor=cast.alice,
        at=at,
    )


def test_a_nurtured_customer_wakes_by_itself_on_its_day(cast):
    customer = make_customer(cast.alice)
    rest(customer, cast)

    tick(MONDAY + 29 * DAY)
    assert Nurture.objects.get().ended_on is None
    for days in (32, 33):
        assert tick(MONDAY + days * DAY).failed == 0

    assert Nurture.objects.get().ended_on == TODAY + 30 * DAY
    entry = Entry.objects.get(verb="customer.woken")
    assert (entry.actor, entry.root_id) == (None, customer.pk)
    assert nurture_marks([customer.pk]) == {customer.pk: [NurtureMark(on=TODAY, until=TODAY + 30 * DAY)]}


@pytest.mark.parametrize("days", [-1, 0, 731])
def test_the_wake_day_lies_between_tomorrow_and_two_years(cast, days):
    customer = make_customer(cast.alice)

    with pytest.raises(BadWakeDay) as refused:
        rest(customer, cast, days)

    assert str(TODAY + DAY) in refused.value.text()
    assert not Nurture.objects.exists()


@pytest.mark.parametrize("days", [1, 730])
def test_the_edges_of_the_wake_days_are_good(cast, days):
    assert rest(make_customer(cast.alice), cast, days).wake_on == TODAY + days * DAY


def test_whom_we_do_not_fit_is_dropped_not_nurtured(cast):
    customer = make_customer(cast.alice)

    with pytest.raises(NoFitIsDropped):
        begin_nurture(customer=customer, reason=NurtureReason.NO_FIT, wake_on=TODAY + DAY, actor=cast.alice, at=MONDAY)
    drop_pursuit(customer=customer, reason=NurtureReason.NO_FIT, actor=cast.alice, at=MONDAY)

    assert nurture_marks([customer.pk])[customer.pk] == [NurtureMark(on=TODAY, dropped=True)]


def test_a_new_rest_replaces_the_standing_one(cast):
    customer = make_customer(cast.alice)
    rest(customer, cast)
    rest(customer, cast, days=60, after=5)

    assert nurture_marks([customer.pk])[customer.pk] == [
        NurtureMark(on=TODAY, until=TODAY + 30 * DAY),
        NurtureMark(on=TODAY + 5 * DAY, until=TODAY + 65 * DAY),
    ]
    assert wakings().get().due_at.date() in {TODAY + 64 * DAY, TODAY + 65 * DAY}


def test_a_dropped_customer_leaves_no_day_to_wake(cast):
    customer = make_customer(cast.alice)
    rest(customer, cast)

    drop_pursuit(customer=customer, reason=NurtureReason.NO_BUDGET, actor=cast.alice, at=MONDAY + DAY)

    assert not wakings().exists()


def test_a_customer_is_woken_early_by_hand(cast):
    customer = make_customer(cast.alice)
    rest(customer, cast)

    wake(customer=customer, actor=cast.alice, at=MONDAY + 3 * DAY)

    assert nurture_marks([customer.pk])[customer.pk][-1] == NurtureMark(on=TODAY + 3 * DAY, woken=True)
    assert not wakings().exists()
    with pytest.raises(NotResting):
        wake(customer=customer, actor=cast.alice, at=MONDAY + 3 * DAY)


def test_a_rest_begun_and_ended_on_one_day_leaves_no_mark(cast):
    customer = make_customer(cast.alice)
    rest(customer, cast)
    wake(customer=customer, actor=cast.alice, at=MONDAY)

    assert nurture_marks([customer.pk]) == {customer.pk: []}


def test_what_comes_later_does_not_exist_yet(cast):
    customer = make_customer(cast.alice)
    rest(customer, cast)
    wake(customer=customer, actor=cast.alice, at=MONDAY + 3 * DAY)

    assert nurture_marks([customer.pk], as_of=TODAY - DAY) == {}
    assert nurture_marks([customer.pk], as_of=TODAY + 2 * DAY)[customer.pk] == [
        NurtureMark(on=TODAY, until=TODAY + 30 * DAY)
    ]


def test_an_outsider_puts_nobody_to_rest(cast):
    customer = make_customer(cast.alice)
    spell = rest(customer, cast)

    with pytest.raises(Denied):
        wake(customer=customer, actor=cast.charlie, at=MONDAY)
    with pytest.raises(Denied):
        drop_pursuit(customer=customer, reason=NurtureReason.TIMING, actor=cast.charlie, at=MONDAY)

    spell.refresh_from_db()
    assert spell.ended_on is None


def test_facts_of_many_customers_cost_one_query_each(cast, django_assert_num_queries):
    customers = [make_customer(cast.alice, market="b2g", sale_kind="project") for _ in range(3)]
    for customer in customers:
        rest(customer, cast)
    ids = [customer.pk for customer in customers]

    with django_assert_num_queries(1):
        found = profiles(ids)
    with django_assert_num_queries(1):
        nurture_marks(ids, as_of=date(2026, 3, 9))

    assert {(profile.market, profile.sale) for profile in found.values()} == {("b2g", "project")}
