"""The trust of a deal over its stages, as its page draws and tells it (METHOD 3.6, M142)."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import MONDAY
from tests.coach.proven import TODAY, case_of
from tests.coach.test_rows_deal import joined
from tests.factories.findings import make_finding
from wendu.desk.trust_chart import trust_chart
from wendu.opportunities.actions import move_stage
from wendu.opportunities.choices import Stage
from wendu.web.components.trust_chart import trust_chart as drawing

pytestmark = pytest.mark.django_db


def days(number):
    return timedelta(days=number)


def rate(deal, who, ago, mark):
    parts = {"credibility": mark, "reliability": mark, "intimacy": mark, "self_orientation": 10 - mark}
    return make_finding(deal, "trustrating", who, rated_on=TODAY - days(ago), delivery=mark, **parts)


def chart_of(deal):
    return trust_chart(case_of(deal), list(deal.stage_moves.all()))


def test_m142_trust_timeline_across_stages(deal, boss):
    move_stage(opportunity=deal, to_stage=Stage.ST2, actor=deal.owner, at=MONDAY, reason="当面答应了")
    rate(deal, boss, 40, 5)
    rate(deal, boss, 2, 8)

    found = chart_of(deal)

    assert [border.words for border in found.borders] == [str(Stage.ST1.label), str(Stage.ST2.label)]
    assert [(row.name, round(row.value), row.passes) for row in found.rows if row.name == "韩松"] == [
        ("韩松", 80, True),
        ("韩松", 50, False),
    ]
    assert "韩松 50 → 80" in found.sentence


def test_before_anybody_was_rated_nothing_is_drawn(deal, boss):
    assert chart_of(deal) is None


def test_who_was_not_asked_for_too_long_is_said_to_be_stale(deal, boss):
    rate(deal, boss, 100, 8)

    found = chart_of(deal)

    assert found.rows[0].is_stale
    assert "10 天没再问" in found.sentence
    assert "太久没再问" in drawing(found)
    assert 'class="way of-person stale"' in drawing(found)


def test_with_several_people_the_deal_and_the_company_have_their_lines(deal, boss):
    rate(deal, boss, 10, 8)
    rate(deal, joined(deal, "罗敏", weight=1), 5, 2)

    found = chart_of(deal)

    assert [line.name for line in found.lines] == ["韩松", "罗敏", "我们公司", "整个商机"]
    assert round(found.lines[-1].value) == 70  # five times 80 and once 20
    assert not found.lines[1].passes


def test_a_name_is_text_and_never_markup(deal, boss):
    rate(deal, joined(deal, "<b>x</b>", weight=4), 5, 2)

    assert "<b>x" not in drawing(chart_of(deal))


def test_more_people_are_told_than_drawn_and_cost_no_more_questions(deal, boss):
    def asked():
        with CaptureQueriesContext(connection) as queries:
            found = chart_of(deal)
        return len(queries), found

    rate(deal, boss, 10, 8)
    one, _found = asked()
    for number in range(6):
        rate(deal, joined(deal, f"人{number}"), 5, number)

    many, found = asked()

    assert many == one
    assert found.more == 3
    assert {row.name for row in found.rows} >= {f"人{number}" for number in range(6)}
