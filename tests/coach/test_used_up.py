"""What a product sheet says of how long it lasts, in the plan of the day and the stage of life (method: 3.26)."""

from datetime import timedelta

import pytest

from tests.cast import MONDAY
from tests.coach.world import TODAY, touch
from tests.factories import make_customer
from wendu.agreements.actions import describe_product, write_order
from wendu.coach.actions import recompute
from wendu.coach.models import Standing
from wendu.coach.plan import daily_plan
from wendu.desk.plan import plan_lines
from wendu.insights.actions import write_scores
from wendu.insights.facts import Ground
from wendu.insights.models import Score
from wendu.jobs.models import Job
from wendu.offers.actions import add_solution

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def filters(cast):
    """Filters that last 90 days."""
    made = add_solution(values={"name": "滤芯"}, actor=cast.mona, at=MONDAY)
    describe_product(solution=made, values={"cycle_days": 90}, actor=cast.mona, at=MONDAY)
    return made


def ordered(customer, product, *ago):
    for days in ago:
        line = {"item": product.name, "quantity": "2", "unit_minor": 80_000, "product": product}
        values = {"ordered_on": TODAY - days * DAY}
        write_order(customer=customer, values=values, lines=[line], actor=customer.owner, at=MONDAY)


def test_who_ordered_once_is_asked_when_it_is_used_up(cast, filters):
    customer = make_customer(cast.alice, "松涛药业")
    ordered(customer, filters, 100)
    touch(customer, cast.alice, TODAY - 95 * DAY, kind="phone")

    row = Standing.objects.get(pk=customer.pk)
    day = daily_plan(cast.alice, at=MONDAY)

    assert row.reorder_on == TODAY - 24 * DAY
    assert [step.situation for step in day.steps] == ["repurchase_due"]
    assert [line.why for line in plan_lines(day, "zh-hans")[0]] == ["买的东西一般用 90 天，已经 100 天"]
    assert "lasts 90 days" in plan_lines(day, "en")[0][0].why


def test_their_own_rhythm_is_stronger(cast, filters):
    customer = make_customer(cast.alice)
    ordered(customer, filters, 80, 50, 20)

    assert Standing.objects.get(pk=customer.pk).reorder_on > TODAY


def test_the_list_of_who_buys_again_and_the_plan_wait_for_the_same_day(cast, filters):
    other = add_solution(values={"name": "冲床"}, actor=cast.mona, at=MONDAY)
    customer = make_customer(cast.alice)
    ordered(customer, filters, 85)
    ordered(customer, other, 10)
    write_scores([customer.pk], Ground.on(TODAY), None)

    score = Score.objects.get(pk=customer.pk)

    assert (score.every_days, score.every_source, score.expected_on) == (90, "product", TODAY + 5 * DAY)
    assert Standing.objects.get(pk=customer.pk).reorder_on == score.window_from


def test_other_days_on_the_sheet_have_all_judged_anew(cast, filters, django_capture_on_commit_callbacks):
    customer = make_customer(cast.alice)
    ordered(customer, filters, 40)
    before = Standing.objects.get(pk=customer.pk).reorder_on
    Job.objects.all().delete()

    with django_capture_on_commit_callbacks(execute=True):
        describe_product(solution=filters, values={"cost_minor": 100}, actor=cast.mona, at=MONDAY)
    assert not Job.objects.filter(kind="coach.recompute").exists()
    with django_capture_on_commit_callbacks(execute=True):
        describe_product(solution=filters, values={"cycle_days": 30}, actor=cast.mona, at=MONDAY)

    assert Job.objects.filter(kind="coach.recompute").exists()
    list(recompute(at=MONDAY))
    assert Standing.objects.get(pk=customer.pk).reorder_on < before
