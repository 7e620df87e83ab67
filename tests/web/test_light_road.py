"""Class D judged again, and the light road of who rests: on Today, on the customer page, in the plan, in one log."""

import re
from datetime import timedelta

import pytest

from tests.cast import MONDAY
from tests.coach.test_time import go_to, later
from tests.coach.world import TODAY, answers, touch
from tests.factories import make_contact, make_customer
from wendu.coach.models import Standing
from wendu.coach.plan import daily_plan
from wendu.customers.actions import begin_nurture, edit_contact, edit_customer
from wendu.customers.choices import NurtureReason
from wendu.desk.plan import plan_lines
from wendu.touches.actions import answer_indicators

pytestmark = pytest.mark.django_db


@pytest.fixture
def sleeper(cast):
    """A class B customer put to rest today for two hundred days."""
    customer = make_customer(cast.alice, "歇着的人")
    make_contact(customer, "冯春生")
    touch(customer, cast.alice, later(-2), kind="phone", answers=tuple(answers(0, 2)))
    begin_nurture(customer=customer, reason=NurtureReason.TIMING, wake_on=later(200), actor=cast.alice, at=MONDAY)
    return customer


@pytest.fixture
def long_war(cast):
    """A class D customer met today."""
    customer = make_customer(cast.alice, "老战场")
    make_contact(customer, "刘琳")
    touch(customer, cast.alice, answers=tuple(answers(0, 0)))
    return customer


def light(customer, actor, days: int, **more):
    """Something light on a later day."""
    more = {"kind": "article", "is_two_way": False, **more}
    return touch(customer, actor, later(days), at=MONDAY + timedelta(days=days), **more)


def of(customer) -> str:
    return f"/customers/{customer.uuid}/"


def line_of(customer, days: int, *, lang: str = "zh-hans"):
    day = daily_plan(customer.owner, at=MONDAY + timedelta(days=days))
    lines, left_out = plan_lines(day, lang)
    return next((line for line in (*lines, *left_out) if line.step.customer_id == customer.pk), None)


def test_m130_a_light_step_enters_the_day_with_its_own_words_and_leaves_when_it_is_done(cast, sleeper, look):
    before, due, english = line_of(sleeper, 6), line_of(sleeper, 7), line_of(sleeper, 7, lang="en")
    words = look("/today/", 7)
    light(sleeper, cast.alice, 7)

    assert before is None
    assert (due.situation, due.step.group, due.kinds) == ("nurture_touch", "queue", ("article",))
    assert due.do == "发一份他那行的资料，重点标出来"
    assert english.why == "On the slow fire for 7 days; start with the first step"
    assert "发一份他那行的资料，重点标出来" in words
    assert line_of(sleeper, 8) is None
    assert line_of(sleeper, 28).do == "挑他忙完一阵的时候，问候一句"
    assert line_of(sleeper, 28).why == "上次之后 21 天，该走第 2 步"


def test_m130_the_page_shows_where_on_the_road_they_are_and_the_next_day(cast, sleeper, look):
    light(sleeper, cast.alice, 7)

    words = look(of(sleeper), 8)

    assert "小火细炖" in words
    assert "做过了" not in words  # only a screen reader is told
    assert "挑他忙完一阵的时候，问候一句 03-30 周一前" in words
    assert "唤醒日 09-18" in words
    assert "说好歇到 09-18" in words
    assert "速战速决" not in words
    assert "They wake on" in look(of(sleeper), 8, language="en")


def test_m130_a_light_touch_is_logged_one_way_unless_they_answer(cast, sleeper, enter, look):
    look("/today/", 7)
    query = line_of(sleeper, 7).log_query
    form = enter(cast.alice).get(f"/touches/new/?{query}").content.decode()

    assert query.endswith("&kind=article&way=one")
    assert re.search(r'name="kind"[^>]*value="article"[^>]*checked|value="article"[^>]*name="kind"[^>]*checked', form)
    assert re.search(r'name="two_way"[^>]*value="no"[^>]*checked|value="no"[^>]*name="two_way"[^>]*checked', form)


def test_m130_an_answer_brings_the_sleeper_back_into_the_day_until_it_is_judged(cast, sleeper, look):
    light(sleeper, cast.alice, 7)
    light(sleeper, cast.alice, 9, kind="message", is_two_way=True, is_proactive=False)

    asked, page = line_of(sleeper, 10), look(of(sleeper), 10)
    answer_indicators(
        customer=sleeper, answers=answers(0, 2), actor=cast.alice, at=MONDAY + timedelta(days=11), on=later(11)
    )

    assert (asked.situation, asked.why) == ("nurture_reply", "歇着的时候 03-11 回了话")
    assert "03-11 · 他回话了，接着聊，重新定级" in page
    assert "重新跟进" in page
    assert line_of(sleeper, 12) is None
    assert Standing.objects.get(pk=sleeper.pk).light_on == later(9 + 21)


def test_m130_willingness_that_grew_to_60_ends_the_rest(cast, sleeper, look):
    answer_indicators(
        customer=sleeper, answers=answers(2, 2), actor=cast.alice, at=MONDAY + timedelta(days=11), on=later(11)
    )

    assert line_of(sleeper, 12).why == "03-13 重看，意愿到了 60"
    assert "意愿到 60，回到跟进名单" in look(of(sleeper), 12)


def test_m130_on_the_wake_day_they_are_asked_and_the_page_says_why_the_road_ended(cast, sleeper, look):
    go_to(200)

    assert line_of(sleeper, 200).situation == "nurture_wake"
    assert line_of(sleeper, 200).why == "约好 09-18 再聊"
    assert line_of(sleeper, 203).why == "约好 09-18 再聊"
    assert "到了约好的日子，问一声" in look(of(sleeper), 200)


def test_m130_who_wants_no_more_gets_no_more(cast, sleeper, look):
    person = sleeper.contacts.get()
    edit_contact(contact=person, changes={"do_not_contact": True}, actor=cast.alice, at=MONDAY)

    assert line_of(sleeper, 30) is None
    assert "他说不想收，马上停" in look(of(sleeper), 30)


def test_m130_class_d_comes_back_after_thirty_days_to_be_judged_by_the_ten_questions(cast, long_war, look):
    for days in (7, 14, 21, 27):
        light(long_war, cast.alice, days)
    touch(long_war, cast.alice, later(29), kind="phone", at=MONDAY + timedelta(days=29))

    asked, words = line_of(long_war, 30), look("/today/", 30)
    answered = answer_indicators(
        customer=long_war, answers=answers(0, 0), actor=cast.alice, at=MONDAY + timedelta(days=30), on=later(30)
    )

    assert line_of(long_war, 29) is None  # spoken with on that day
    assert (asked.situation, asked.step.group, asked.asks_again) == ("review_due", "queue", True)
    assert asked.why == "定在 D 类 30 天了，还没重看过"
    assert "重看 D 类" in words
    assert "重看十问" in words
    assert answered
    assert line_of(long_war, 31) is None
    assert Standing.objects.get(pk=long_war.pk).review_on == later(60)


def test_m130_class_d_hears_from_us_in_between_and_is_not_asked_twice_for_one_act(cast, long_war):
    first = line_of(long_war, 7)
    light(long_war, cast.alice, 7)

    assert (first.situation, first.step.group) == ("nurture_touch", "queue")
    assert line_of(long_war, 28) is None
    assert (line_of(long_war, 29).situation, line_of(long_war, 29).step.group) == ("nurture_touch", "ranked")


def test_m16_nobody_at_rest_waits_longer_than_ninety_days(cast, sleeper):
    begun = Standing.objects.get(pk=sleeper.pk).light_on
    for days in (7, 28, 52, 77, 92):
        light(sleeper, cast.alice, days)

    assert begun == TODAY + timedelta(days=7)
    assert Standing.objects.get(pk=sleeper.pk).light_on == later(92 + 90)


def test_an_outsider_sees_no_road(cast, sleeper, enter):
    assert enter(cast.charlie).get(of(sleeper)).status_code == 404


@pytest.mark.parametrize(
    ("market", "zh", "en", "said"),
    [
        ("b2b", "发一份他那行的资料，重点标出来", "Send reading on their trade, key parts marked", "成本账"),
        ("b2g", "发一份公开的政策或兄弟单位做法", "Send a public policy text or what a sister office did", "兄弟单位"),
        ("b2c", "发一份家里用得上的小知识", "Send something useful for the home", "门诊报销"),
    ],
)
def test_m130_a_light_step_speaks_as_its_market_does(cast, sleeper, look, market, zh, en, said):
    edit_customer(customer=sleeper, actor=cast.alice, at=MONDAY, changes={"market": market})

    line = line_of(sleeper, 7)

    assert (line.do, line_of(sleeper, 7, lang="en").do) == (zh, en)
    assert said in line.script
    assert zh in look("/today/", 7)
    assert zh in look(of(sleeper))
    assert en in look(of(sleeper), language="en")
