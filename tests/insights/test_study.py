"""The nightly look at all orders: who is scored how, how many stay, and what follows from it for each."""

from datetime import date, timedelta

import pytest

from tests.analytics.cdnow import cdnow
from tests.cast import MONDAY
from tests.factories import make_customer, make_opportunity, win
from tests.insights.world import AMOUNT, MARGIN, TODAY, bought, crowd, day, four
from wendu.insights import jobs
from wendu.insights.actions import finish_study, write_scores
from wendu.insights.facts import Ground
from wendu.insights.fitting import learnt
from wendu.insights.in_place import collapsed
from wendu.insights.models import Score, Study
from wendu.jobs.actions import run_now
from wendu.jobs.choices import JobState

pytestmark = pytest.mark.django_db
YEARS = {"years": 3, "discount": 0.1}


@pytest.fixture(autouse=True)
def _on_monday(monkeypatch):
    monkeypatch.setattr(jobs, "now", lambda: MONDAY)


def study() -> Study:
    done = run_now(jobs.STUDY, actor=None)
    assert done.state == JobState.DONE, done.error
    return Study.objects.get()


def test_a_house_without_orders_has_a_study_that_says_so(cast):
    make_customer(cast.alice, "新客户")

    found = study()

    assert (found.status, found.speaker, found.buyers, found.kept) == ("no_data", "rule", 0, {})
    assert Score.objects.get().stage == "introduction"


def test_m24_the_four_customers_stand_where_the_method_puts_them(cast):
    customers = four(cast.alice)
    study()

    stages = {name: Score.objects.get(pk=customer.pk).stage for name, customer in customers.items()}

    assert stages == {"tender": "dormant", "distributor": "mature", "household": "growth", "sleeper": "dormant"}


def test_the_next_order_is_expected_by_the_own_interval_and_unknown_without_one(cast):
    customers = four(cast.alice)
    study()
    weekly, tender = (Score.objects.get(pk=customers[name].pk) for name in ("distributor", "tender"))

    assert (weekly.every_days, weekly.expected_on) == (7, day(3) + timedelta(days=7))
    assert (tender.every_days, tender.expected_on) == (None, None)


def test_m5_how_many_stay_is_counted_per_market_and_in_all(cast):
    crowd(cast.alice, "b2b", stay=3, leave=1)
    crowd(cast.alice, "b2c", stay=1, leave=1)

    assert study().kept == {"b2b": [3, 4], "b2c": [1, 2], "": [4, 6]}


def test_what_goes_on_is_known_from_enough_customers_on(cast):
    customers = four(cast.alice)
    study()
    assert Score.objects.get(pk=customers["distributor"].pk).current_minor is None

    crowd(cast.alice, "b2b", stay=18, leave=2)
    study()

    weekly, sleeper = (Score.objects.get(pk=customers[name].pk) for name in ("distributor", "sleeper"))
    assert weekly.current_minor > sleeper.current_minor > 0
    assert Score.objects.get(customer__name="b2b走0").current_minor == 0


def test_who_declared_gone_or_bought_on_other_days_of_a_deal_is_no_surprise(cast):
    customer = make_customer(cast.alice, "只有商机")
    deal = make_opportunity(customer, "泵站", amount_minor=500_000)
    win(deal, at=MONDAY)
    study()

    score = Score.objects.get(pk=customer.pk)
    assert (score.revenue_minor, score.margin_minor, score.order_days) == (500_000, None, 1)


def test_an_unknown_margin_is_not_taken_for_nothing(cast):
    known, unknown = (make_customer(cast.alice, name) for name in ("知道成本", "不知道成本"))
    bought(known, 10, 20)
    bought(unknown, 10, 20, margin=None)
    study()

    assert Score.objects.get(pk=known.pk).margin_minor == 2 * MARGIN
    assert Score.objects.get(pk=unknown.pk).margin_minor is None
    assert Score.objects.get(pk=unknown.pk).revenue_minor == 2 * AMOUNT


def test_the_model_speaks_only_where_it_did_better_on_the_past(cast):
    four(cast.alice)

    found = study()

    assert (found.status, found.speaker) == ("too_little_data", "rule")
    assert {"model", "rule", "rate", "gain", "won", "origins"} <= set(found.backtest)
    assert Score.objects.filter(chance__isnull=False).count() == len(Score.objects.filter(order_days__gt=0))


def test_scores_of_who_no_longer_bought_anything_lose_the_forecast(cast):
    customer = make_customer(cast.alice, "写错了")
    (order,) = bought(customer, 10)
    study()
    assert Score.objects.get().chance is not None

    order.deleted_at = MONDAY
    order.save(update_fields=["deleted_at"])
    study()

    assert (Score.objects.get().chance, Score.objects.get().order_days) == (None, 0)
    assert Study.objects.get().on == TODAY


def test_where_the_model_speaks_what_goes_on_is_its_own(cast):
    rows = cdnow("sample").rows
    shift = TODAY - date.fromordinal(int(rows.day.max()))
    keys = sorted(set(rows.customer.tolist()))[:3]
    people = {key: make_customer(cast.alice, f"CD{key}", market="b2c") for key in keys}
    purchases = list(zip(rows.customer.tolist(), rows.day.tolist(), rows.gross.tolist(), strict=True))
    for key, day_number, amount in purchases:
        if key in people:
            bought(people[key], (TODAY - shift - date.fromordinal(day_number)).days, margin=None, amount=amount)
    study()
    own = {key: person.pk for key, person in people.items()}
    rows_of_all = collapsed((own.get(key, -key), day, amount) for key, day, amount in purchases)
    found = learnt(rows_of_all, on=TODAY - shift, **YEARS)
    written = finish_study(ground=Ground.on(TODAY), kept={}, learnt=found)

    assert written.speaker == "model"
    for score in Score.objects.all():
        assert score.current_minor == score.to_come_minor is not None
    kept = Score.objects.first()
    write_scores([kept.pk], Ground.on(TODAY), written)
    assert Score.objects.get(pk=kept.pk).current_minor == kept.to_come_minor
