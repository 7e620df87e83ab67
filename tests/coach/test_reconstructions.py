"""Requests told back: what may be written down, when it counts, and what the deal room makes of it (METHOD 3.8)."""

from datetime import timedelta

import pytest

from tests.cast import MONDAY
from tests.coach.proven import TODAY, case_of, open_points, prove_demand
from tests.coach.test_rows_deal import joined
from tests.factories import make_opportunity
from tests.factories.findings import make_finding
from wendu.desk.deal_room import deal_room
from wendu.discovery.actions import (
    DEMAND,
    RECONSTRUCTION,
    AgreedInWords,
    AgreedTooEarly,
    AgreedUnrated,
    AgreedWordsStay,
    NothingGained,
    NothingToTellBack,
    SameRequest,
    ServesLess,
)
from wendu.discovery.models import Reconstruction
from wendu.journal.models import Entry
from wendu.kernel.errors import ActionError
from wendu.opportunities.actions import bring_back_finding, correct_finding, take_back_finding

pytestmark = pytest.mark.django_db
AGREED = {"agreed_on": TODAY, "words": "这么换我放心"}


@pytest.fixture
def asked(deal, boss):
    """A request that meets its need badly, in a deal decided by three criteria."""
    for name, weight, ours, theirs in (("不停产", 5, 8, 7), ("价格", 3, 5, 8), ("省电", 2, 9, 6)):
        make_finding(deal, "criterion", name=name, weight=weight, ours=ours, rivals={"海川": theirs})
    return make_finding(deal, "demand", boss, need="年底少停机", fit=6, is_best_for_them=True)


def told(asked, **more):
    return make_finding(asked.opportunity, "reconstruction", **{"demand_id": asked.pk, "fit": 8, **more})


def corrected(kind, row, **values):
    return correct_finding(kind, finding=row, values=values, actor=row.opportunity.owner, at=MONDAY)


def requests(deal):
    return [each for person in deal_room(case_of(deal), "ST1").demand.people for each in person.requests]


def test_m140_reconstruct_with_dual_gain(deal, asked):
    told(asked, brings="旁路先通气", brings_weight=4, brings_ours=9, brings_rivals={"海川": 5})

    (request,) = requests(deal)

    (version,) = request.versions
    assert (version.state, version.gain) == ("proposed", "双赢")
    assert version.effect == "契合 6 → 8 · 胜算 +1.1"
    assert case_of(deal).ahead == pytest.approx(0.2)  # only proposed: it does not count yet


def test_m45_a_reconstruction_that_serves_them_less_is_refused(asked):
    with pytest.raises(ServesLess) as refused:
        told(asked, fit=5, brings="品牌", brings_weight=5, brings_ours=10, brings_rivals={"海川": 0})

    assert "原来 6 分，现在 5 分" in refused.value.text()
    assert not Reconstruction.objects.exists()


def test_m139_three_checks_and_what_to_ask(deal, boss):
    make_finding(deal, "demand", boss, need="少停机")

    (request,) = requests(deal)

    assert [check.answer for check in request.checks] == ["unknown", "unknown", "unknown"]
    assert request.verdict_words == "先问清"
    assert "胜算不明" in request.checks[2].words


def test_m138_the_ladder_is_asked_of_every_key_person(deal, boss):
    joined(deal, "只用的人", weight=2)

    people = deal_room(case_of(deal), "ST1").demand.people

    assert [(person.name, person.is_key, person.requests) for person in people] == [("韩松", True, ())]


def test_m72_behind_the_need_stands_a_motive(deal, boss):
    make_finding(deal, "demand", boss, need="少停机", motive="年底考核看交付", motive_kind="personal")

    (request,) = requests(deal)

    assert (request.demand.need, request.demand.motive) == ("少停机", "年底考核看交付")


def test_m70_an_unclear_need_names_two_questions(deal, boss):
    make_finding(deal, "demand", boss, who="生产部", when="12 月前", how_much="两成")

    (request,) = requests(deal)

    assert request.told == 4
    assert request.ask == "为什么现在要、拿什么标准看"
    assert not request.is_whole


def test_it_counts_once_they_agreed_in_their_words(deal, asked):
    version = told(asked, brings="旁路先通气", brings_weight=4, brings_ours=9, brings_rivals={"海川": 5})
    assert "requirements" in open_points(deal, "ST1")

    corrected(RECONSTRUCTION, version, **AGREED)

    assert "requirements" not in open_points(deal, "ST1")
    assert "key_needs" not in open_points(deal, "ST1")  # led to it is as good as confirmed
    assert case_of(deal).ahead == pytest.approx(1.29, abs=0.005)
    (request,) = requests(deal)
    assert request.verdict_words == "已按重构谈妥"


def test_a_need_that_changed_makes_the_agreement_stale_and_asks_for_a_new_version(deal, asked):
    told(asked, **AGREED)

    corrected(DEMAND, asked, need="春节前搬完新厂")

    assert "requirements" in open_points(deal, "ST1")
    (request,) = requests(deal)
    assert request.versions[0].state == "stale"
    assert told(asked).number == 3
    corrected(DEMAND, asked, need="年底少停机。")
    assert requests(deal)[0].versions[0].state == "in_force"


@pytest.mark.parametrize(
    ("said", "refusal"),
    [
        ({"agreed_on": TODAY}, AgreedInWords),
        ({"words": "好"}, AgreedInWords),
        ({**AGREED, "told_on": TODAY + timedelta(days=1)}, AgreedTooEarly),
        ({**AGREED, "fit": None}, AgreedUnrated),
        ({"fit": 6}, NothingGained),
        ({"requirement": "换机 不停产"}, SameRequest),
        ({"fit": 11}, ActionError),
        ({"brings": "价格"}, ActionError),
        ({"brings": "快", "brings_weight": 6}, ActionError),
        ({"brings": "快", "brings_rivals": {"海川": 11}}, ActionError),
        ({"demand_id": None}, ActionError),
    ],
)
def test_what_makes_no_sense_is_refused_and_nothing_is_written(asked, said, refusal):
    entries = Entry.objects.count()

    with pytest.raises(refusal):
        told(asked, **said)

    assert (Reconstruction.objects.count(), Entry.objects.count()) == (0, entries)


def test_before_the_need_is_known_nothing_is_told_back(deal, boss):
    with pytest.raises(NothingToTellBack):
        told(make_finding(deal, "demand", boss))


def test_a_request_of_another_deal_is_refused(deal, asked):
    other = make_opportunity(deal.customer, "别的商机")
    with pytest.raises(ActionError, match="别的商机"):
        make_finding(other, "reconstruction", demand_id=asked.pk)


def test_what_they_agreed_to_is_not_changed_behind_their_back(asked):
    version = told(asked, **AGREED)

    with pytest.raises(AgreedWordsStay):
        corrected(RECONSTRUCTION, version, requirement="换一台再说")
    version.refresh_from_db()

    assert corrected(RECONSTRUCTION, version, words="就这么办").words == "就这么办"
    corrected(RECONSTRUCTION, version, agreed_on=None, words="")
    assert corrected(RECONSTRUCTION, version, requirement="换一台再说").requirement == "换一台再说"


def test_a_version_taken_back_counts_no_more_until_it_is_brought_back(deal, asked):
    version = told(asked, **AGREED)

    take_back_finding(RECONSTRUCTION, finding=version, actor=deal.owner, at=MONDAY)
    assert "requirements" in open_points(deal, "ST1")

    bring_back_finding(RECONSTRUCTION, finding=version, actor=deal.owner, at=MONDAY)
    assert "requirements" not in open_points(deal, "ST1")
    verbs = Entry.objects.filter(verb__startswith="reconstruction.").order_by("pk").values_list("verb", flat=True)
    assert [verb.partition(".")[2] for verb in verbs] == ["written", "taken_back", "brought_back"]


def test_two_who_insist_on_different_things_are_listed(deal, boss):
    other = joined(deal, "罗敏", weight=4)
    make_finding(deal, "demand", boss, requirement="三成预付", topic="付款")
    make_finding(deal, "demand", other, requirement="验收后付", topic="付款")

    (words,) = deal_room(case_of(deal), "ST1").demand.conflicts

    assert words == "付款：韩松坚持“三成预付”，罗敏坚持“验收后付”。"


def test_a_deal_proven_without_one_needs_none(deal, boss):
    prove_demand(deal, boss)

    assert open_points(deal, "ST1") == []
