"""A fee that comes again: begun, renewed at any fee, ended, each taken back; and who may."""

from datetime import date, timedelta

import pytest

from tests.cast import MONDAY
from tests.factories import make_customer, make_opportunity
from wendu.agreements.actions import (
    AlreadyEnded,
    BadAmount,
    BadTerm,
    BegunLater,
    CauseNeeded,
    EndedOutOfTime,
    NothingSubscribed,
    NothingToTakeBack,
    OfAnotherCustomer,
    SubscriptionNumberTaken,
    begin_subscription,
    correct_subscription,
    delete_subscription,
    end_subscription,
    renew_subscription,
    restore_subscription,
    undo_step,
)
from wendu.agreements.models import Subscription
from wendu.agreements.queries import subscriptions_of, subscriptions_renewing
from wendu.journal.models import Entry
from wendu.kernel.changes import BadValue
from wendu.kernel.errors import Denied

pytestmark = pytest.mark.django_db
TODAY = MONDAY.date()
DAY = timedelta(days=1)
CARE = {"item": "维保", "fee_minor": 10_000, "term_months": 12, "began_on": date(2025, 1, 31)}


def begun(customer, **values) -> Subscription:
    return begin_subscription(customer=customer, values={**CARE, **values}, actor=customer.owner, at=MONDAY)


def who(row: Subscription) -> dict:
    return {"actor": row.customer.owner, "at": MONDAY}


def steps(row: Subscription) -> list[tuple]:
    return list(row.changes.order_by("pk").values_list("step", "fee_before_minor", "fee_after_minor"))


def test_the_first_term_is_paid_until_it_renews(cast):
    row = begun(make_customer(cast.alice))

    assert (row.renews_on, row.state, steps(row)) == (date(2026, 1, 31), "active", [("begun", 0, 10_000)])


def test_the_last_day_of_a_month_does_not_creep(cast):
    row = begun(make_customer(cast.alice), term_months=1)
    days = [row.renews_on]
    for _month in range(2):
        renew_subscription(subscription=row, fee_minor=10_000, **who(row))
        days.append(row.renews_on)

    assert days == [date(2025, 2, 28), date(2025, 3, 31), date(2025, 4, 30)]


@pytest.mark.parametrize(("fee", "step"), [(10_000, "renewed"), (12_000, "expanded"), (8_000, "contracted")])
def test_a_renewal_says_whether_it_is_more_or_less(cast, fee, step):
    row = begun(make_customer(cast.alice), state="trial")

    renew_subscription(subscription=row, fee_minor=fee, reason="多一台机", **who(row))

    assert (row.renews_on, row.fee_minor, row.state) == (date(2027, 1, 31), fee, "active")
    assert steps(row)[1] == (step, 10_000, fee)


def test_an_end_and_a_renewal_are_taken_back(cast):
    row = begun(make_customer(cast.alice))
    renew_subscription(subscription=row, fee_minor=12_000, **who(row))
    end_subscription(subscription=row, ended_on=TODAY, cause="自己有人管了", **who(row))
    with pytest.raises(AlreadyEnded):
        renew_subscription(subscription=row, fee_minor=1, **who(row))
    undo_step(subscription=row, **who(row))
    after_one = (row.state, row.ended_on, row.fee_minor)
    undo_step(subscription=row, **who(row))

    assert after_one == ("active", None, 12_000)
    assert (row.fee_minor, row.renews_on, len(steps(row))) == (10_000, date(2026, 1, 31), 1)
    with pytest.raises(NothingToTakeBack):
        undo_step(subscription=row, **who(row))
    assert Entry.objects.filter(verb="subscription.undone").count() == 2


def test_a_trial_whose_renewal_or_end_is_taken_back_is_a_trial_again(cast):
    row = begun(make_customer(cast.alice), state="trial")

    renew_subscription(subscription=row, fee_minor=12_000, **who(row))
    undo_step(subscription=row, **who(row))
    after_renewal = row.state
    end_subscription(subscription=row, ended_on=TODAY, cause="试用没用起来", **who(row))
    undo_step(subscription=row, **who(row))

    assert (after_renewal, row.state) == ("trial", "trial")


@pytest.mark.parametrize(
    ("values", "error"),
    [
        ({"item": ""}, BadValue),
        ({"fee_minor": -1}, BadAmount),
        ({"term_months": 0}, BadTerm),
        ({"began_on": TODAY + DAY}, BegunLater),
    ],
)
def test_what_cannot_be_is_refused(cast, values, error):
    with pytest.raises(error):
        begun(make_customer(cast.alice), **values)

    assert not Subscription.objects.exists()


def test_a_fee_for_nothing_is_refused(cast):
    lake = make_customer(cast.alice)
    values = {name: value for name, value in CARE.items() if name != "item"}

    with pytest.raises(NothingSubscribed):
        begin_subscription(customer=lake, values=values, actor=cast.alice, at=MONDAY)


@pytest.mark.parametrize(
    ("ended_on", "cause", "error"),
    [
        (TODAY, " ", CauseNeeded),
        (date(2025, 1, 31), "x", EndedOutOfTime),
        (TODAY + DAY, "x", EndedOutOfTime),
    ],
)
def test_an_end_has_a_cause_and_its_time(cast, ended_on, cause, error):
    row = begun(make_customer(cast.alice))

    with pytest.raises(error):
        end_subscription(subscription=row, ended_on=ended_on, cause=cause, **who(row))


def test_one_number_is_one_subscription_and_its_deal_is_the_customers(cast):
    customer = make_customer(cast.alice)
    begun(customer, external_id="S1")

    with pytest.raises(SubscriptionNumberTaken):
        begun(customer, external_id="S1")
    with pytest.raises(OfAnotherCustomer):
        begun(customer, opportunity=make_opportunity(make_customer(cast.alice, "别家")))


def test_corrected_deleted_and_back(cast):
    row = begun(make_customer(cast.alice))

    correct_subscription(subscription=row, changes={"one_off_minor": 25_000}, **who(row))
    delete_subscription(subscription=row, **who(row))
    gone = list(subscriptions_of(cast.alice, row.customer))
    restore_subscription(subscription=row, **who(row))

    assert (gone, list(subscriptions_of(cast.alice, row.customer)), row.one_off_minor) == ([], [row], 25_000)


def test_an_outsider_sees_and_does_nothing(cast):
    row = begun(make_customer(cast.alice))
    other = {"actor": cast.charlie, "at": MONDAY}
    acts = (
        lambda: begin_subscription(customer=row.customer, values=CARE, **other),
        lambda: correct_subscription(subscription=row, changes={"item": "x"}, **other),
        lambda: renew_subscription(subscription=row, fee_minor=1, **other),
        lambda: end_subscription(subscription=row, ended_on=TODAY, cause="x", **other),
        lambda: undo_step(subscription=row, **other),
        lambda: delete_subscription(subscription=row, **other),
    )

    for act in acts:
        with pytest.raises(Denied):
            act()
    assert list(subscriptions_renewing(cast.alice)) == [row]
    assert list(subscriptions_renewing(cast.charlie)) == []
