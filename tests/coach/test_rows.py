"""The rows of the method on the working system: what people do, and what the plan and the desk then say."""

from datetime import timedelta

import pytest
from django.utils import translation

from tests.cast import MONDAY
from tests.coach.test_time import go_to, later
from tests.coach.world import TODAY, World, answers, touch
from tests.factories import make_contact, make_customer, make_influencer, make_opportunity, win
from wendu.agenda.models import Notification
from wendu.coach.actions import requalify
from wendu.coach.frame import Frame
from wendu.coach.models import DealStanding, Standing
from wendu.coach.plan import daily_plan
from wendu.coach.queries import class_history
from wendu.customers.actions import edit_customer
from wendu.desk.customer_page import customer_page
from wendu.desk.effect import effect_of
from wendu.desk.plan import as_json, plan_lines
from wendu.desk.today_aside import week_share
from wendu.desk.today_rows import follow_rows
from wendu.desk.wording import reason_words
from wendu.opportunities.choices import InfluencerRole
from wendu.playbooks import shipped
from wendu.touches.actions import TailDraft, TouchDraft, answer_indicators

pytestmark = pytest.mark.django_db
LANGS = ("zh-hans", "en")


def line_of(customer, *, lang="zh-hans", at=MONDAY, user=None):
    day = daily_plan(user or customer.owner, at=at)
    steps, left_out = plan_lines(day, lang)
    return next(line for line in (*steps, *left_out) if line.step.customer_id == customer.pk)


def page_of(customer, *, lang="zh-hans", at=MONDAY):
    with translation.override(lang):
        return customer_page(customer.owner, customer, at)


def classed(owner, quadrant, *, on=TODAY, name=""):
    """A visited customer whose answers make it this class."""
    customer = make_customer(owner, name)
    make_contact(customer, "顾明舒")
    willingness, need = {"A": (2, 2), "B": (0, 2), "C": (2, 0), "D": (0, 0)}[quadrant]
    touch(customer, owner, on, answers=tuple(answers(willingness, need)))
    return customer


def test_m114_the_best_customer_leads_and_the_value_is_the_open_amount(cast):
    rich, poor = (classed(cast.alice, "B", on=later(-6)) for _ in range(2))
    make_opportunity(rich, amount_minor=500_000_00, opened_on=later(-6))
    make_opportunity(poor, amount_minor=5_000_00, opened_on=later(-6))
    d = classed(cast.alice, "D", on=later(-29))

    for lang in LANGS:
        lines, _ = plan_lines(daily_plan(cast.alice, at=MONDAY), lang)
        told = [as_json(line) for line in lines]

        assert [line.step.customer_id for line in lines] == [rich.pk, poor.pk, d.pk]
        assert all(row["why"]["words"] and "{" not in row["why"]["words"] for row in told)
        assert [row["score"] for row in told] == sorted((row["score"] for row in told), reverse=True)


def test_m114_too_much_time_on_the_long_war_is_said(cast):
    classed(cast.alice, "D")
    classed(cast.alice, "A")

    with translation.override("zh-hans"):
        share = week_share(cast.alice, daily_plan(cast.alice, at=MONDAY))

    assert dict(share.parts) == {"A": 50, "D": 50}
    assert "50" in share.advice


def test_m115_only_visited_customers_are_classed(cast):
    customer = make_customer(cast.alice)
    answer_indicators(customer=customer, answers=answers(2, 2), actor=cast.alice, at=MONDAY)
    before = Standing.objects.get(pk=customer.pk).quadrant

    touch(customer, cast.alice, kind="article", is_two_way=False)
    written = Standing.objects.get(pk=customer.pk).quadrant
    touch(customer, cast.alice, kind="phone")

    assert (before, written, Standing.objects.get(pk=customer.pk).quadrant) == ("", "", "A")


def test_m116_willingness_and_need_with_evidence_make_the_class(cast):
    customer = make_customer(cast.alice)
    told = [
        (axis, code, value)
        for axis, values in (("willingness", (2, 2, 1, 1, 1)), ("need", (2, 2, 2, 1, 1)))
        for code, value in zip((i.code for i in shipped().indicators if i.axis == axis), values, strict=True)
    ]
    drafts = [type(answers(0, 0)[0])(axis=a, indicator=c, value=v, evidence="原话") for a, c, v in told]
    touch(customer, cast.alice, answers=tuple(drafts))

    page = page_of(customer)
    sentences = {lang: " ".join(w.words for w in page_of(customer, lang=lang).judgements[0].reasons) for lang in LANGS}

    assert page.quadrant == "A"
    assert all("70" in words and "80" in words for words in sentences.values())
    assert page.questions[0].evidence == "原话"


def test_m117_the_window_of_a_class_and_the_day_after_it(cast):
    customer = classed(cast.alice, "A", on=later(-40), name="桐溪注塑")

    row, line = Standing.objects.get(pk=customer.pk), line_of(customer)

    assert (row.class_since, row.deadline_on) == (later(-40), later(-40).replace(month=2, day=21))
    assert "window_overdue" in {reason.code for reason in line.reasons}
    assert page_of(customer).days_left == -9


def test_m117_one_more_window_later_it_is_to_be_qualified_again(cast):
    customer = classed(cast.alice, "A", on=later(-80))

    zh, en = (line_of(customer, lang=lang) for lang in LANGS)

    assert zh.situation == "requalify"
    assert "过了" in zh.why
    assert "days over" in en.why


@pytest.mark.parametrize(
    ("changes", "days", "factor"),
    [
        ({"sale_kind": "project"}, 61, "2"),
        ({"sale_kind": "key_account"}, 61, "2"),
        ({"market": "b2g"}, 46, "1.5"),
        ({"market": "b2c"}, 15, "0.5"),
        ({"product_kind": "subscription"}, 23, "0.75"),
        ({"market": "b2g", "sale_kind": "project"}, 92, "3"),
    ],
)
def test_m118_market_product_and_sale_stretch_or_shorten_the_window_and_the_page_says_so(cast, changes, days, factor):
    customer = classed(cast.alice, "A")
    usual = Standing.objects.get(pk=customer.pk).deadline_on

    customer.refresh_from_db()
    edit_customer(customer=customer, actor=cast.alice, at=MONDAY, changes=changes)

    page = page_of(customer)
    window = " ".join(reason.words for each in page.judgements for reason in each.reasons)
    assert (usual, Standing.objects.get(pk=customer.pk).deadline_on) == (later(31), later(days))
    assert page.days_left == days
    assert f"{factor} 倍" in window


def test_m119_the_history_of_class_and_temperature_is_kept(cast):
    customer = classed(cast.alice, "B", on=later(-20))
    answer_indicators(customer=customer, answers=answers(2, 2), actor=cast.alice, at=MONDAY, on=later(-5))
    touch(customer, cast.alice, later(-4), kind="demo")

    spells = [(spell.since, spell.quadrant) for spell in class_history(cast.alice, customer)]
    page = page_of(customer)

    assert spells == [(later(-5), "A"), (later(-20), "B")]
    assert [wood.on for wood in page.curve.touches] == [later(-20), later(-4)]
    assert len({point.value for point in page.curve.points}) > 2


def test_m120_touches_heat_and_gaps_cool(cast):
    customer = classed(cast.alice, "A")
    at = MONDAY + timedelta(days=14)

    warm, cold = page_of(customer).heat, page_of(customer, at=at).heat
    reasons = {lang: [w.words for w in page_of(customer, lang=lang, at=at).heat_reasons] for lang in LANGS}

    assert (warm, cold) == (15.0, pytest.approx(7.5))
    assert len(reasons["zh-hans"]) == len(reasons["en"]) == 2
    assert reasons["zh-hans"] != reasons["en"]


def test_m121_a_rep_who_feels_it_warmer_than_it_is_sees_the_gap(cast):
    customer = make_customer(cast.alice)
    touch(customer, cast.alice, guess=80)

    zh, en = (page_of(customer, lang=lang).guess for lang in LANGS)

    assert "80" in zh
    assert "15" in zh
    assert "felt much warmer than it is" in en


def test_m122_at_80_it_strikes_until_the_heat_is_missed(cast):
    world = World.of(cast.alice)
    world.heat(later(-1))
    touch(world.customer, cast.alice, later(-1), kind="demo")
    go_to(8)
    reopened = MONDAY + timedelta(days=8)

    zh, en = (line_of(world.customer, lang=lang, at=reopened) for lang in LANGS)
    assert (zh.situation, zh.step.group) == ("strike", "alert")
    assert zh.why.startswith(("到了", "约好"))
    assert "°" in en.why

    for days in range(9, 40):
        go_to(days)
    missed = DealStanding.objects.get(customer=world.customer).missed_on
    line = line_of(world.customer, at=MONDAY + (missed - TODAY))
    assert line.situation == "missed_heat"
    assert Notification.objects.filter(code="heat_missed", user=cast.mona).count() == 1


def test_m123_silence_longer_than_the_class_allows_is_a_cold_gap(cast):
    customer = classed(cast.alice, "B", on=later(-8))
    just = classed(cast.alice, "B", on=later(-7))

    zh, en = (line_of(customer, lang=lang) for lang in LANGS)

    assert (zh.situation, zh.step.group) == ("cold_gap", "alert")
    assert zh.why == "冷却空当 8 天，B 类最长 7 天"
    assert en.why == "8 days of silence, class B allows 7"
    assert line_of(just).situation == "routine"


def heated_and_left(owner, *days):
    """A class A customer brought close to the boil on each of these days, left alone after it, and called yesterday."""
    customer = classed(owner, "A", on=later(days[0]))
    for start in days:
        for kind in ("visit", "demo", "negotiation"):
            touch(customer, owner, later(start), kind=kind)
    touch(customer, owner, later(-2), kind="phone", answers=tuple(answers(2, 2)))
    return customer


def test_m124_three_deep_drops_in_ninety_days_are_told_with_their_days_and_ask_for_a_steady_rhythm(cast):
    customer, twice = heated_and_left(cast.alice, -84, -56, -28), heated_and_left(cast.alice, -56, -28)
    requalify(customer=customer, reason="还要接着谈", actor=cast.alice, at=MONDAY)

    zh, en = (
        next(each for each in page_of(customer, lang=lang).judgements if each.name in ("节奏", "Rhythm"))
        for lang in LANGS
    )
    step = page_of(customer).step

    assert (zh.value, en.value) == ("忽冷忽热", "up and down")
    assert sum("25°" in reason.words for reason in zh.reasons) == 3
    assert step.situation == "erratic"
    assert step.why == "90 天里掉了 3 次 25° 以上"
    assert "固定" in step.do
    calm = next(each for each in page_of(twice).judgements if each.name == "节奏")
    assert calm.value == "平稳"
    assert page_of(twice).step.situation != "erratic"


def test_m127_red_items_are_named_on_today_to_be_closed_by_phone_within_a_day(cast):
    customer = classed(cast.alice, "A", on=later(-3))
    deal = make_opportunity(customer)
    buyer = make_contact(customer, "钱采购")
    make_influencer(deal, buyer, InfluencerRole.USER)

    red = checks_of(customer)
    make_influencer(deal, make_contact(customer, "顾总"), InfluencerRole.DECISION_MAKER)
    green = checks_of(customer)

    assert [state for state, _words in red.checks] == ["missing", "unknown", "unknown", "unknown"]
    assert red.checks[0][1] == "打电话问清还有谁要点头"
    assert red.checks_hint == "缺的 24 小时内打电话补上，补不上也照常去"
    assert [state for state, _words in green.checks] == ["met", "unknown", "unknown", "unknown"]
    assert green.checks_hint == red.checks_hint, "trust, concerns and offer are unknown still"
    assert "速战速决" in red.line.motto
    assert checks_of(classed(cast.alice, "B", on=later(-6))).checks == []


def checks_of(customer):
    """The row of a customer on Today, in Chinese."""
    with translation.override("zh-hans"):
        day = daily_plan(customer.owner, at=MONDAY)
        rows = follow_rows(day, plan_lines(day, "zh-hans")[0], customer.owner)
        return next(row for row in rows if row.uuid == customer.uuid)


def test_m127_a_failed_visit_leaves_48_hours(cast):
    customer = classed(cast.alice, "A", on=later(-10))
    touch(customer, cast.alice, later(-1), outcome="no_sale", refusal="purchase")

    zh, en = (page_of(customer, lang=lang).step for lang in LANGS)

    assert zh.situation == "recovery_48h"
    assert "24" in zh.why
    assert "24" in en.why


def test_m128_the_share_of_class_b_is_watched(cast):
    for quadrant in "BBBA":
        classed(cast.alice, quadrant)

    with translation.override("zh-hans"):
        share = week_share(cast.alice, daily_plan(cast.alice, at=MONDAY))

    assert dict(share.parts) == {"A": 25, "B": 75}
    assert share.advice == "", "B wins easily, so time on it is well spent"


def test_m128_class_b_is_touched_every_seven_days_with_trend_and_vision(cast):
    customer = classed(cast.alice, "B", on=later(-6))

    zh, en = (line_of(customer, lang=lang) for lang in LANGS)

    assert Standing.objects.get(pk=customer.pk).due_on == TODAY
    assert "趋势" in zh.do
    assert "trend" in en.do


def test_m129_an_open_tail_stands_in_the_way_of_done(cast):
    customer = classed(cast.alice, "C", on=later(-13))
    touch(customer, cast.alice, later(-13), kind="phone", tails=(TailDraft(what="露点偏高"),))
    draft = TouchDraft(kind="visit", touched_on=TODAY)

    hint = effect_of(draft, customer, frame=Frame.at(MONDAY)).hint
    zh, en = (line_of(customer, lang=lang) for lang in LANGS)

    assert hint.code == "open_tail"
    assert zh.why == "留着一条尾巴：露点偏高"
    assert en.why == "One tail open: 露点偏高"


def test_m130_a_visit_to_class_d_is_warned_against(cast):
    customer = classed(cast.alice, "D", on=later(-29))
    visit, message = (TouchDraft(kind=kind, touched_on=TODAY) for kind in ("visit", "message"))
    frame = Frame.at(MONDAY)

    hint = effect_of(visit, customer, frame=frame).hint
    line = line_of(customer)

    light = effect_of(message, customer, frame=frame).hint
    assert hint.code == "indirect_is_better"
    assert light is None or light.code != "indirect_is_better"
    with translation.override("zh-hans"):
        zh = reason_words(hint)
    with translation.override("en"):
        assert reason_words(hint) != zh
    assert "visit" not in line.kinds


def test_a_weekly_caller_we_never_visited_is_not_said_to_have_been_revisited(cast):
    customer = make_customer(cast.alice)
    win(make_opportunity(customer, opened_on=later(-90)), later(-80))
    touch(customer, cast.alice, later(-7), kind="phone", is_proactive=False)

    never = line_of(customer)
    touch(customer, cast.alice, later(-75), kind="phone")
    go_to(200)
    again = line_of(customer, at=MONDAY + timedelta(days=200))

    assert never.why == "成交后还没回访过，已经 80 天"
    assert again.why == "上次回访 2025-12-17，已经 275 天"


def test_a_lead_grows_older_while_nobody_calls(cast):
    customer = make_customer(cast.alice, source_text="展会")

    today, later_on = line_of(customer), line_of(customer, at=MONDAY + timedelta(days=45))

    assert today.why == "今天来自展会，趁还记得你"
    assert later_on.why == "来自展会，放了 45 天没联系"


def test_one_mail_without_an_answer_does_not_take_a_deal_off_the_list(cast):
    customer = make_customer(cast.alice)
    make_opportunity(customer, opened_on=later(-20))
    touch(customer, cast.alice, later(-9), kind="message", is_two_way=False)

    assert line_of(customer).situation == "first_touch_old"


def test_somebody_silent_for_more_than_half_a_year_is_no_alarm_but_a_question(cast):
    customer = make_customer(cast.alice)
    touch(customer, cast.alice, later(-565))

    line = line_of(customer)

    assert (line.step.group, line.situation) == ("queue", "requalify")
    assert line.why == "565 天没说上话，也没定过级"


def test_what_we_ask_for_is_to_be_done_within_days_not_by_the_end_of_the_window(cast):
    customer = classed(cast.alice, "C", on=later(-20))

    line = line_of(customer)

    assert line.situation == "cold_gap"
    assert "03-09" in line.objective
