"""The library as people use it: look for something, read it, use it in a deal, put a won deal into it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import make_opportunity, win
from tests.factories.findings import make_finding, values_of
from tests.web.one_customer import alice, story, today
from wendu.agreements.models import ProductSheet
from wendu.kernel.clock import now
from wendu.offers import actions
from wendu.offers.models import BenefitCard, Solution, SolutionCase

__all__ = ["alice", "story"]
pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def solution(story):
    keeper = story.cast.mona
    said = {"name": "空压站节能", "industry": "manufacturing", "problem": "夜里白跑", "audience": "生产、设备"}
    made = actions.add_solution(values=said, actor=keeper, at=now())
    for piece, kind in ((actions.POINT, "solutionpoint"), (actions.CASE, "solutioncase")):
        actions.write_piece(piece, solution=made, values=values_of(kind), actor=keeper, at=now())
    return made


def test_the_page_of_a_solution_says_what_it_is_for_and_what_it_has_earned(story, solution, alice):
    page = alice.get(f"/library/{solution.uuid}/").content.decode()

    for words in ("夜里白跑", "联控", "半年电费单", "一年省 31 万", "不能点名", "还不知道", "满 5 个才给赢率"):
        assert words in page, words
    assert "/details/" not in page


def test_the_win_rate_stands_once_five_deals_are_decided(story, solution, alice):
    for number in range(5):
        deal = make_opportunity(story.customer, f"第{number}期")
        actions.use_solution(opportunity=deal, solution=solution, actor=story.cast.alice, at=now())
        win(deal)

    assert "100%" in alice.get("/library/").content.decode()


def test_one_looks_for_what_one_needs(story, solution, alice):
    assert "空压站节能" in alice.get("/library/?q=白跑&industry=manufacturing").content.decode()
    assert "方案库里没有" in alice.get("/library/?q=冷库").content.decode()
    assert alice.get("/library/?kind=x&industry=y&state=z&q=%00").status_code == 200


def test_a_keeper_writes_and_takes_back(story, enter):
    mona = enter(story.cast.mona)
    mona.post("/library/new/", {"name": "视觉检测", "kind": "product"})
    made = Solution.objects.get()
    url = f"/library/{made.uuid}/"

    mona.post(f"{url}points/", values_of("solutionpoint"))
    mona.post(f"{url}cases/", values_of("solutioncase"))
    refused = mona.post(f"{url}cases/", values_of("solutioncase", customer_name="桐溪注塑"))
    assert refused.status_code == 422
    assert "要有客户同意" in refused.content.decode()

    case = SolutionCase.objects.get()
    mona.post(f"{url}cases/{case.uuid}/removal/")
    assert "一年省" not in mona.get(url).content.decode()
    mona.post(f"{url}cases/{case.uuid}/restoration/")
    assert "一年省" in mona.get(url).content.decode()


def test_a_form_of_a_solution_sent_twice_is_written_once(story, enter):
    for _ in range(2):
        enter(story.cast.mona).post("/library/new/", {"name": "甲", "kind": "product", "form_key": "once-and-for-all"})

    assert Solution.objects.count() == 1


def test_the_deal_takes_from_the_library_and_gives_back(story, solution, alice):
    used = alice.post(f"{story.deal_url}solutions/", {"solution": solution.pk}, follow=True).content.decode()
    assert "空压站节能" in used
    assert BenefitCard.objects.standing().get().feature == "联控"

    assert "promotion/" not in used
    win(story.deal, today(), at=now())
    make_finding(story.deal, "effect", problem="夜里白跑", solution="变频")
    form = alice.get(f"{story.deal_url}promotion/").content.decode()
    assert "夜里白跑" in form

    alice.post(f"{story.deal_url}promotion/", {"name": "注塑厂节能", "customer_kind": "注塑厂", "result": "省两成"})
    made = Solution.objects.get(name="注塑厂节能")
    assert "待收录" in alice.get(f"/library/{made.uuid}/").content.decode()
    assert "桐溪" not in alice.get("/library/").content.decode()


def test_what_is_not_in_the_list_is_refused_at_its_field(story, solution, alice):
    for wrong in ("", "x", "999999"):
        assert alice.post(f"{story.deal_url}solutions/", {"solution": wrong}).status_code == 422


def test_an_outsider_reads_the_library_but_not_who_used_it(story, solution, enter):
    actions.use_solution(opportunity=story.deal, solution=solution, actor=story.cast.alice, at=now())

    page = enter(story.cast.charlie).get(f"/library/{solution.uuid}/").content.decode()

    assert "1 单" in page
    assert story.deal.title not in page


def test_a_great_library_asks_no_more_questions_than_a_small_one(story, solution, alice):
    def asked(url):
        with CaptureQueriesContext(connection) as queries:
            assert alice.get(url).status_code == 200
        return len(queries)

    alice.get("/library/")
    small = asked("/library/"), asked(f"/library/{solution.uuid}/")
    for number in range(20):
        made = actions.add_solution(values={"name": f"方案{number}"}, actor=story.cast.mona, at=now())
        deal = make_opportunity(story.customer, f"第{number}期")
        actions.use_solution(opportunity=deal, solution=made, actor=story.cast.alice, at=now())
        actions.use_solution(opportunity=deal, solution=solution, actor=story.cast.alice, at=now())

    assert (asked("/library/"), asked(f"/library/{solution.uuid}/")) == small


def test_a_product_sheet_is_filled_in_corrected_and_read_without_its_cost_by_others(story, solution, enter):
    mona, url = enter(story.cast.mona), f"/library/{solution.uuid}/"
    assert "还不知道" in mona.get(url).content.decode()
    said = {"code": "P-9", "cost_minor": "320.5", "use": "consumable", "cycle_days": "90"}

    assert mona.post(f"{url}sheet/", said).status_code == 302
    assert mona.post(f"{url}sheet/", {**said, "cycle_days": "0"}).status_code == 422
    assert mona.post(f"{url}sheet/", {**said, "cycle_days": "60"}).status_code == 302

    row = ProductSheet.objects.get(solution=solution)
    assert (row.code, row.cost_minor, row.use, row.cycle_days) == ("P-9", 32_050, "consumable", 60)
    page = mona.get(url).content.decode()
    assert all(words in page for words in ("P-9", "320.5", "60 天"))
    theirs = enter(story.cast.alice).get(url).content.decode()
    assert "P-9" in theirs
    assert "320.5" not in theirs
    assert enter(story.cast.alice).post(f"{url}sheet/", said).status_code == 403


def test_one_number_means_one_product(story, solution, enter):
    other = actions.add_solution(values={"name": "滤芯"}, actor=story.cast.mona, at=now())
    mona = enter(story.cast.mona)
    mona.post(f"/library/{solution.uuid}/sheet/", {"code": "P-9"})

    refused = mona.post(f"/library/{other.uuid}/sheet/", {"code": "P-9"})

    assert refused.status_code == 422
    assert "P-9" in refused.content.decode()
