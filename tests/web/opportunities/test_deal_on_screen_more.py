"""More rows of the checklist about a deal, read from its page: told, trusted and exchanged (METHOD 5)."""

import re
from datetime import timedelta

import pytest

from tests.coach.proven import WAN, prove_exchange
from tests.web.one_customer import alice, story, today
from tests.web.opportunities.test_deal_on_screen import (
    THREE,
    card,
    decided_by_three,
    gate_row,
    heard,
    joined,
    priced,
    rate,
    text,
    write,
)
from tests.web.opportunities.test_rows_on_screen import stand_at
from wendu.discovery.models import Demand
from wendu.opportunities.choices import Stage

__all__ = ["alice", "story"]
pytestmark = pytest.mark.django_db


def test_m131_five_elements_each_empty_part_or_there(story, alice):
    assert "需求 部分 信息 未到 信用 未到 交换 未到 满足 未到" in card(alice, story.deal_url, "五要素")

    heard(story, story.he, "can_meet")
    rate(story, story.he, 8, 8)

    assert "信息 部分 信用 到位 交换 未到" in card(alice, story.deal_url, "五要素")


def test_m139_three_checks_say_what_is_not_known_and_yes_when_it_is(story, alice):
    ladder = text(alice, story.deal_url)
    assert "先问清" in ladder
    assert "胜算不明" in ladder

    decided_by_three(story)
    Demand.objects.filter(pk=story.demand.pk).update(fit=8, is_best_for_them=True)

    ladder = text(alice, story.deal_url)
    assert "领先 0.2 分" in ladder
    assert "先问清" not in card(alice, story.deal_url, "要求、需要、动因")


def test_m140_what_is_told_back_shows_what_both_sides_gain(story, alice):
    decided_by_three(story)
    Demand.objects.filter(pk=story.demand.pk).update(need="年底少停机", fit=6, is_best_for_them=True)

    said = {"demand_id": story.demand.pk, "fit": 8, "told_on": today(), "brings": "旁路先通气", "brings_weight": 4}
    answer = write(alice, story.deal, "reconstruction", **said, brings_ours=9, brings_rivals="海川 5")

    assert answer.status_code in (200, 204, 302)
    page = text(alice, story.deal_url)
    assert "契合 6 → 8 · 胜算 +1.1" in page
    assert "双赢" in page


def test_m141_six_of_nine_messages_are_two_thirds_and_not_enough(story, alice):
    others = [joined(story, name) for name in ("罗敏", "韩松")]
    heard(story, story.he, *THREE)
    heard(story, others[0], "can_meet", "creates_value")
    heard(story, others[1], "can_meet")
    stand_at(story, Stage.ST2)

    page = text(alice, story.deal_url)

    assert "66.7% 要到 70%" in card(alice, story.deal_url, "价值传到哪了")
    assert "66.7% / 需 70%" in page
    heard(story, others[1], "creates_value")
    assert "77.8% 要到 70%" in text(alice, story.deal_url)


def test_m142_trust_over_the_stages_company_and_person(story, alice):
    rate(story, story.he, 8, 7, on=today() - timedelta(days=60))
    rate(story, story.he, 9, 9)

    chart = alice.get(story.deal_url).content.decode().split('id="trust"')[1].split("</section>")[0]

    words = re.sub(r"<[^>]+>|\s+", " ", chart)
    assert "顾明舒" in words
    assert "公司" in words
    assert "75" in words
    assert "90" in words


def test_m143_sixty_is_not_over_the_line_and_sixty_three_and_a_half_is(story, alice):
    stand_at(story, Stage.ST3)
    rate(story, story.he, 6)
    assert "60 / 需 60" in text(alice, story.deal_url)
    assert gate_row(alice, story, "trustrating").mark == "missing"

    rate(story, story.he, 7)

    assert gate_row(alice, story, "trustrating").mark == "met"


def test_m144_a_price_below_our_floor_is_good_for_them_only_and_says_the_margin(story, alice):
    prove_exchange(story.deal)
    priced(story, 80 * WAN)

    page = card(alice, story.deal_url, "双赢价格空间")

    assert "只对客户划算" in page
    assert "我们的毛利 至少 15% 12.5%" in page
    priced(story, 95 * WAN)
    assert "我们的毛利 至少 15% 26.3%" in text(alice, story.deal_url)
