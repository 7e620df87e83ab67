"""The library of solutions: who writes it, what a deal takes from it, and what a won deal gives back."""

import pytest

from tests.cast import MONDAY
from tests.factories import lose, make_customer, make_opportunity, win
from tests.factories.findings import make_finding, values_of
from wendu.journal.models import Entry
from wendu.kernel.errors import Denied, Stale
from wendu.offers import actions
from wendu.offers.models import BenefitCard, Solution, SolutionPoint, SolutionUse
from wendu.offers.queries import GONE, WAITING, Earned, Wish, earned, library, usable

pytestmark = pytest.mark.django_db
NOW = MONDAY


@pytest.fixture
def deal(cast):
    return make_opportunity(make_customer(cast.alice, "桐溪注塑", industry="manufacturing"), "空压站节能改造")


@pytest.fixture
def solution(cast):
    made = actions.add_solution(values={"name": "空压站节能", "problem": "夜里白跑"}, actor=cast.mona, at=NOW)
    piece(made, cast.mona)
    return made


def piece(solution, actor, **more):
    return actions.write_piece(
        actions.POINT, solution=solution, values=values_of("solutionpoint", **more), actor=actor, at=NOW
    )


def use(deal, solution):
    return actions.use_solution(opportunity=deal, solution=solution, actor=deal.owner, at=NOW)


@pytest.mark.parametrize("who", ["mona", "ada", "mia"])
def test_managers_marketing_and_administrators_keep_the_library(cast, who):
    made = actions.add_solution(values={"name": "联控"}, actor=getattr(cast, who), at=NOW)

    assert made.published_at == NOW
    assert Entry.objects.filter(verb="solution.added").exists()


@pytest.mark.parametrize("who", ["alice", "sam", "eve", "charlie"])
def test_others_read_it_and_change_nothing(cast, solution, who):
    actor = getattr(cast, who)

    with pytest.raises(Denied):
        actions.add_solution(values={"name": "联控"}, actor=actor, at=NOW)
    with pytest.raises(Denied):
        piece(solution, actor)
    with pytest.raises(Denied):
        actions.retire_solution(solution=solution, actor=actor, at=NOW)
    assert list(library(actor, Wish())) == [solution]


def test_its_points_become_benefit_cards_without_a_need(cast, deal, solution):
    use(deal, solution)

    card = BenefitCard.objects.get()
    assert (card.feature, card.evidence, card.demand_id, card.contact_id) == ("联控", "半年电费单", None, None)


def test_the_points_of_its_parts_come_along_and_none_twice(cast, deal, solution):
    whole = actions.add_solution(values={"name": "全套"}, parts=[solution], actor=cast.mona, at=NOW)
    piece(whole, cast.mona, feature="远程看站")

    use(deal, solution)
    use(deal, whole)

    assert sorted(BenefitCard.objects.values_list("feature", flat=True)) == ["联控", "远程看站"]


def test_a_solution_is_used_once_in_a_deal(deal, solution):
    use(deal, solution)

    with pytest.raises(actions.AlreadyWritten):
        use(deal, solution)


def test_taken_out_it_takes_along_the_cards_nobody_worked_on(cast, deal, solution):
    piece(solution, cast.mona, feature="远程看站")
    used = use(deal, solution)
    BenefitCard.objects.filter(feature="联控").update(shown_on=NOW.date())

    actions.take_back_use(use=used, actor=cast.alice, at=NOW)
    assert [card.feature for card in BenefitCard.objects.standing()] == ["联控"]

    actions.bring_back_use(use=used, actor=cast.alice, at=NOW)
    assert BenefitCard.objects.standing().count() == 2


def test_what_is_out_of_use_or_only_suggested_is_not_used(cast, deal, solution):
    actions.retire_solution(solution=solution, actor=cast.mona, at=NOW)
    with pytest.raises(actions.SolutionRetired):
        use(deal, solution)

    actions.reinstate_solution(solution=solution, actor=cast.mona, at=NOW)
    Solution.objects.update(published_at=None)
    with pytest.raises(actions.NotTakenIn):
        use(deal, solution)
    assert not SolutionUse.objects.exists()
    assert not usable(cast.alice, deal).exists()


def test_nothing_contains_itself(cast, solution):
    whole = actions.add_solution(values={"name": "全套"}, parts=[solution], actor=cast.mona, at=NOW)

    with pytest.raises(actions.PartOfItself):
        actions.edit_solution(solution=solution, changes={}, parts=[whole], actor=cast.mona, at=NOW)


def test_two_do_not_overwrite_each_other(cast, solution):
    seen = solution.revision
    actions.edit_solution(solution=solution, changes={"name": "甲"}, actor=cast.mona, at=NOW, seen=seen)

    with pytest.raises(Stale):
        actions.edit_solution(solution=solution, changes={"name": "乙"}, actor=cast.ada, at=NOW, seen=seen)


def test_a_customer_is_named_only_with_its_consent(cast, solution):
    for said in ({"customer_name": "桐溪"}, {"may_name": True}):
        with pytest.raises(actions.MayNotBeNamed):
            actions.write_piece(
                actions.CASE, solution=solution, values=values_of("solutioncase", **said), actor=cast.mona, at=NOW
            )


def test_only_a_won_deal_is_promoted(cast, deal):
    lesson = actions.Lesson({"name": "空压站节能"}, {})
    with pytest.raises(actions.DealNotWon):
        actions.promote_deal(opportunity=deal, lesson=lesson, actor=cast.alice, at=NOW)
    lose(deal)
    with pytest.raises(actions.DealNotWon):
        actions.promote_deal(opportunity=deal, lesson=lesson, actor=cast.alice, at=NOW)

    assert not Solution.objects.exists()


def test_a_promoted_deal_gives_its_cards_without_their_persons_and_waits_to_be_taken_in(cast, deal, solution):
    use(deal, solution)
    for benefit in ("省电", "省电费"):
        make_finding(deal, "benefitcard", feature="变频", benefit=benefit)
    win(deal)
    case = {"customer_kind": "注塑厂", "result": "一年省 31 万", "may_name": False, "customer_name": ""}

    made = actions.promote_deal(
        opportunity=deal, lesson=actions.Lesson({"name": "新办法"}, case), actor=cast.alice, at=NOW
    )

    assert made.published_at is None
    assert [each.part for each in made.parts.all()] == [solution]
    assert sorted(SolutionPoint.objects.filter(solution=made).values_list("feature", flat=True)) == ["变频", "联控"]
    assert made.cases.get().customer_name == ""
    assert list(library(cast.charlie, Wish(state=WAITING))) == [made]
    assert actions.publish_solution(solution=made, actor=cast.mona, at=NOW).published_at == NOW


def test_an_outsider_does_not_promote(cast, deal):
    win(deal)

    with pytest.raises(Denied):
        actions.promote_deal(opportunity=deal, lesson=actions.Lesson({"name": "偷"}, {}), actor=cast.charlie, at=NOW)


def test_what_it_has_earned_counts_deals_that_are_decided(cast, deal, solution):
    use(deal, solution)
    lost = make_opportunity(deal.customer, "二期")
    use(lost, solution)
    make_opportunity(deal.customer, "三期")
    win(deal)
    lose(lost)

    assert earned([solution.pk]) == {solution.pk: Earned(2, 1, 1)}


def test_it_is_found_by_problem_kind_industry_and_state(cast, solution):
    other = actions.add_solution(
        values={"name": "视觉检测", "industry": "electronics", "kind": "product"}, actor=cast.mona, at=NOW
    )

    assert list(library(cast.alice, Wish(words="白跑"))) == [solution]
    assert list(library(cast.alice, Wish(words="联控"))) == [solution]
    assert list(library(cast.alice, Wish(kind="product"))) == [other]
    assert list(library(cast.alice, Wish(industry="electronics"))) == [solution, other]
    assert list(library(cast.alice, Wish(state=GONE))) == []
    assert list(library(cast.alice, Wish(words="没有这个"))) == []
