"""What customers bring by bringing others: their own years, the house's share, and nothing of what one does not see."""

from datetime import timedelta

import pytest

from tests.cast import MONDAY
from tests.factories import make_customer
from tests.insights.world import TODAY, bought
from wendu.customers.actions import add_collaborator, delete_customer, set_referrer
from wendu.customers.models import Customer
from wendu.insights.actions import write_scores
from wendu.insights.bringing import House, house_of, referrals_of
from wendu.insights.facts import Ground
from wendu.insights.models import Score, Study

pytestmark = pytest.mark.django_db
LONG_AGO = MONDAY - timedelta(days=3000)


@pytest.fixture
def ground(cast):
    return Ground.on(TODAY)


def brought(owner, by, name, *days_ago):
    """A customer brought by another, who ordered so many days ago; known since then, or since today."""
    row = make_customer(owner, name)
    set_referrer(customer=row, referrer=by, actor=owner, at=MONDAY)
    bought(row, *days_ago)
    return row


@pytest.fixture
def old(cast):
    return make_customer(cast.alice, "桐溪注塑", at=LONG_AGO)


def looked(ground):
    return Study(on=TODAY, pack_version="", currency="CNY", referrals=house_of(ground)._asdict())


def test_the_house_counts_those_brought_those_who_bought_and_the_first_years_that_are_over(cast, old, ground):
    brought(cast.alice, old, "头年满了", 500, 400, 100)
    brought(cast.alice, old, "头年没满", 200)
    brought(cast.alice, old, "没买")
    bought(make_customer(cast.alice, "自己来的"), 500)
    gone = brought(cast.alice, old, "删了的", 500)
    delete_customer(customer=gone, actor=cast.alice, at=MONDAY)

    assert house_of(ground) == House(brought=3, bought=2, first_years=1, first_year_minor=200_000)


def test_nobody_brought_is_nothing_and_no_study_says_nothing(cast, old, ground):
    seen = Customer.objects.visible_to(cast.alice).standing()

    assert house_of(ground) == House()
    assert referrals_of([old.pk], seen, looked(ground), ground) == {}
    assert referrals_of([old.pk], seen, None, ground) == {}


def test_how_many_a_year_is_the_mean_of_the_latest_three_years(cast, old, ground):
    rows = [brought(cast.alice, old, f"来{days}", days) for days in (30, 700, 1000, 1500)]
    write_scores([row.pk for row in rows], ground, None)
    seen = Customer.objects.visible_to(cast.alice).standing()

    told = referrals_of([old.pk, rows[0].pk], seen, looked(ground), ground)

    assert told[old.pk].a_year == pytest.approx(3 / 3)
    assert told[rows[0].pk].a_year == 0.0
    assert (told[old.pk].conversion, told[old.pk].first_year, told[old.pk].brought) == (None, None, 4)


def test_from_enough_on_the_share_and_the_first_year_are_named(cast, old, ground):
    for number in range(6):
        brought(cast.alice, old, f"买了{number}", 500)
    for number in range(4):
        brought(cast.alice, old, f"没买{number}")
    seen = Customer.objects.visible_to(cast.alice).standing()

    told = referrals_of([old.pk], seen, looked(ground), ground)[old.pk]

    assert (told.conversion, told.first_year) == (0.6, 100_000.0)


def test_whom_one_does_not_see_is_not_counted(cast, old, ground):
    hidden = make_customer(cast.charlie, "南方的")
    add_collaborator(customer=old, user=cast.charlie, actor=cast.alice, at=MONDAY)
    set_referrer(customer=hidden, referrer=old, actor=cast.charlie, at=MONDAY)
    study = looked(ground)
    mine, theirs = (Customer.objects.visible_to(each).standing() for each in (cast.alice, cast.charlie))

    assert referrals_of([old.pk], mine, study, ground)[old.pk].a_year == 0.0
    assert referrals_of([old.pk], theirs, study, ground)[old.pk].a_year > 0
    assert Score.objects.count() == 0
