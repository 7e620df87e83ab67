"""What they expect of the signature: written down, filled from what was found out, and asked for by the gate."""

import pytest

from tests.cast import MONDAY
from tests.coach.proven import DAY, TODAY, WHOLE, case_of, open_points
from tests.coach.test_reconstructions import corrected
from tests.factories import make_opportunity
from tests.factories.findings import make_finding
from wendu.desk.expectations import expectation_table
from wendu.desk.gate import gate_view
from wendu.kernel.errors import ActionError
from wendu.offers.actions import EXPECTATION
from wendu.offers.models import Expectation
from wendu.touches.actions import PromiseDraft, TouchDraft, log_touch
from wendu.touches.models import Promise

pytestmark = pytest.mark.django_db


def expected(deal, **more):
    return make_finding(deal, "expectation", **{**WHOLE, **more})


def told(deal):
    return [(each.words, each.query) for each in expectation_table(case_of(deal)).suggestions]


def test_m101_beyond_the_best_is_unrealistic_and_closes_the_signing_gate(deal, boss):
    row = expected(deal, expected=31)

    assert "expectations" in open_points(deal, "ST4")
    (shown,) = expectation_table(case_of(deal)).rows
    assert (shown.reach, shown.css) == ("超过我们最好的结果：重新谈", "risk")

    corrected(EXPECTATION, row, expected=25)
    assert "expectations" not in open_points(deal, "ST4")


def test_m102_an_over_promise_closes_it_too_and_says_how_far_it_goes(deal, boss):
    expected(deal, expected=1, promised=10, typical=1, best=2)

    assert "expectations" in open_points(deal, "ST4")
    (shown,) = expectation_table(case_of(deal)).rows
    assert "10 倍" in shown.over


@pytest.mark.parametrize(
    ("lacking", "words"),
    [
        ({"due_on": None}, "数值、单位和日期"),
        ({"solution": ""}, "解决方案"),
        ({"safeguards": ""}, "保障措施"),
        ({"accepted_when": ""}, "怎么衡量、怎样算验收"),
    ],
)
def test_m103_a_row_is_whole_with_its_four_steps(deal, boss, lacking, words):
    expected(deal, **lacking)

    (shown,) = expectation_table(case_of(deal)).rows

    assert shown.lacks == words
    assert "expectations" in open_points(deal, "ST4")


def test_m103_a_row_holds_its_conditions_and_what_they_must_do_themselves(deal, boss):
    row = expected(deal, conditions="班次不变", their_part="宣传费用不变")

    assert (row.conditions, row.their_part) == ("班次不变", "宣传费用不变")


def test_without_a_row_the_gate_says_that_nobody_knows_and_with_one_it_names_it(deal, boss):
    def point():
        view = gate_view(case_of(deal), case_of(deal).gate_of("ST4"))
        return next(row for row in view.rows if row.kind == "expectation")

    assert (point().mark, point().lacks) == ("unknown", "他们期望什么：还没写")
    expected(deal, solution="")
    assert (point().mark, point().lacks) == ("missing", "电费降下来")


def test_a_small_deal_is_not_asked_for_a_table(deal, boss):
    make_finding(deal, "dealsheet", is_simple=True)

    assert "expectations" not in [item.code for item in case_of(deal).gate_of("ST4").items]


def test_it_is_filled_from_confirmed_needs_from_what_they_count_on_and_from_our_promises(deal, boss):
    need = make_finding(deal, "demand", boss, need="年底少停机", confirmed_on=TODAY, by_what_standard="停机小时")
    make_finding(deal, "demand", boss, requirement="便宜", need="没确认的")
    make_finding(deal, "valuemessage", boss, message="creates_value", state="acknowledged", words="一年省三十万")
    draft = TouchDraft(
        kind="visit",
        touched_on=TODAY,
        contact_ids=(boss.pk,),
        promises=(PromiseDraft(what="一周内到货", due_on=TODAY + DAY),),
    )
    log_touch(customer=deal.customer, draft=draft, actor=deal.owner, at=MONDAY)
    promises = list(Promise.objects.select_related("contact"))
    for promise in promises:
        promise.contact_id = boss.pk

    found = expectation_table(case_of(deal), promises)

    assert [each.words for each in found.suggestions] == [
        "韩松的需要：年底少停机",
        "韩松指望：“一年省三十万”",
        "我们承诺过：一周内到货",
    ]
    expected(deal, demand_id=need.pk)
    expected(deal, source=f"promise:{promises[0].pk}")
    left = expectation_table(case_of(deal), promises).suggestions
    assert [each.words for each in left] == ["韩松指望：“一年省三十万”"]


@pytest.mark.parametrize(
    "said",
    [
        {"goal": ""},
        {"expected": -1},
        {"best": 10},
        {"typical": 40, "best": 50, "lower_is_better": True},
        {"expected": "viel"},
    ],
)
def test_what_makes_no_sense_is_refused(deal, boss, said):
    with pytest.raises(ActionError):
        expected(deal, **said)

    assert not Expectation.objects.exists()


def test_a_need_of_another_deal_is_refused(deal, boss):
    other = make_opportunity(deal.customer, "别的商机")
    need = make_finding(deal, "demand", boss)

    with pytest.raises(ActionError, match="别的商机"):
        expected(other, demand_id=need.pk)
