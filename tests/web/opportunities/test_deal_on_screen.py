"""Rows of the checklist a deal is worked by, each read from the page as it is drawn (METHOD 5: M45 to M144)."""

import re
from datetime import timedelta

import pytest

from tests.coach.proven import WAN, make_rival, prove_exchange
from tests.factories import make_contact, make_customer, make_influencer, make_opportunity, win
from tests.factories.findings import make_finding, values_of
from tests.web.one_customer import alice, story, today
from tests.web.opportunities.test_rows_on_screen import stand_at
from wendu.customers.choices import CustomerKind, Market
from wendu.discovery.models import CallPlan, Demand, Reconstruction
from wendu.kernel.clock import now
from wendu.opportunities.choices import InfluencerRole, Stage
from wendu.opportunities.models import Opportunity
from wendu.touches.actions import TouchDraft, log_touch

__all__ = ["alice", "story"]
pytestmark = pytest.mark.django_db
CRITERIA = (("不停产", 5, 8, 7), ("价格", 3, 5, 8), ("省电", 2, 9, 6))
THREE = ("can_meet", "creates_value", "better")


def joined(story, name, role=InfluencerRole.APPROVER, weight=4, **more):
    who = make_contact(story.customer, name)
    make_influencer(story.deal, who, role, weight=weight, **more)
    return who


def write(client, deal, finding, /, **said):
    told = {name: str(value) for name, value in values_of(finding, **said).items()}
    return client.post(f"/opportunities/{deal.uuid}/findings/{finding}/", told)


def decided_by_three(story):
    for name, weight, ours, theirs in CRITERIA:
        make_finding(story.deal, "criterion", name=name, weight=weight, ours=ours, rivals={"海川": theirs})


def heard(story, who, *messages):
    for message in messages:
        make_finding(story.deal, "valuemessage", who, message=message, state="acknowledged", words="是这样")


def rate(story, who, each, company=6, on=None):
    person = {"credibility": each, "reliability": each, "intimacy": each, "self_orientation": 10 - each}
    make_finding(story.deal, "trustrating", who, rated_on=on or today(), delivery=company, **person)


def priced(story, minor):
    Opportunity.objects.filter(pk=story.deal.pk).update(amount_minor=minor)


def text(client, url):
    """A page as one reads it."""
    return read(client.get(url).content.decode())


def read(html):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def card(client, url, title):
    """The words of the one card with this title."""
    (found,) = [each for each in client.get(url).content.decode().split("<section")[1:] if f"<h2>{title}</h2>" in each]
    return read(found.split("</section>")[0])


def gate_row(client, story, kind):
    (row,) = [each for each in client.get(story.deal_url).context["page"].room.gate.rows if each.kind == kind]
    return row


def test_m45_to_tell_back_what_serves_them_less_is_refused_with_both_figures(story, alice):
    Demand.objects.filter(pk=story.demand.pk).update(need="年底少停机", fit=6)

    said = {"demand_id": story.demand.pk, "fit": 5, "told_on": today(), "brings": "品牌", "brings_weight": 5}
    answer = write(alice, story.deal, "reconstruction", **said, brings_ours=10, brings_rivals="海川 0")

    assert answer.status_code == 422
    assert "原来 6 分，现在 5 分" in answer.content.decode()
    assert not Reconstruction.objects.exists()


def test_m56_what_they_gain_is_added_up_and_held_against_the_price(story, alice):
    make_finding(story.deal, "effect", people="customers", problem="交货慢", solution="快两天", earn_minor=30 * WAN)
    make_finding(story.deal, "effect", people="self", problem="夜里白跑", solution="联控", save_minor=8 * WAN)
    priced(story, 9_500_000)

    page = text(alice, story.deal_url)

    assert re.search(r"他们一年得 ¥\s?380,000 · 是我们报价的 4.0 倍", page)
    priced(story, 95_000_000)
    assert "我们的报价 2.5 年回本" in text(alice, story.deal_url)


def test_m58_plus_and_minus_say_what_is_still_needed_to_lead(story, alice):
    prove_exchange(story.deal)
    make_rival(story.deal, "海川", worth=150 * WAN, price=100 * WAN)

    page = card(alice, story.deal_url, "加减法")

    ours, rival = 150 - 20 - 96, 50
    assert re.search(rf"还差多少才领先 ¥\s?{(rival - ours) * 10_000:,}", page)


def test_m62_one_point_in_six_that_concerns_them_is_the_standard_deck(story, alice):
    Demand.objects.filter(pk=story.demand.pk).update(need="交货", confirmed_on=today())
    make_finding(story.deal, "benefitcard", demand_id=story.demand.pk, shown_on=today())
    for _ in range(5):
        make_finding(story.deal, "benefitcard", shown_on=today())
    stand_at(story, Stage.ST2)

    page = text(alice, story.deal_url)

    assert "16.7% / 需 70%" in page
    make_finding(story.deal, "benefitcard", demand_id=story.demand.pk, shown_on=today())
    assert "28.6% / 需 70%" in text(alice, story.deal_url)


def test_m63_their_criteria_stand_with_weights_scores_and_who_is_ahead(story, alice):
    decided_by_three(story)

    page = card(alice, story.deal_url, "他按什么决定")

    assert "我们 7.3 · 海川 7.1" in page
    assert "分量 5 · 我们 8 · 海川 7" in page


def test_m65_a_plan_that_brings_no_idea_is_flagged_until_it_does(story, alice):
    url = f"/talks/{story.plan.uuid}/"
    assert "带一个对他有用的构想去" in text(alice, url)

    CallPlan.objects.filter(pk=story.plan.pk).update(idea="夜里只开一台，先算给他看")

    assert "带一个对他有用的构想去" not in text(alice, url)


def test_m66_the_bar_of_stages_counts_the_missing_evidence_and_the_gate_names_it(story, alice):
    page = text(alice, story.deal_url)
    missing = int(re.search(r"缺 (\d+) 项证据", page).group(1))
    assert missing == alice.get(story.deal_url).context["page"].room.gate.missing > 0

    make_finding(story.deal, "effect", problem="夜里白跑", solution="联控", save_minor=WAN)

    assert f"缺 {missing - 1} 项证据" in text(alice, story.deal_url)


def test_m67_a_wish_without_its_problem_is_flagged_until_somebody_asks(story, alice):
    assert "背后的问题还没问" not in text(alice, story.deal_url)
    Demand.objects.filter(pk=story.demand.pk).update(kind="explicit", quote="年底前一定要换")
    assert "背后的问题还没问：为什么现在要" in text(alice, story.deal_url)

    make_finding(story.deal, "effect", problem=story.demand.requirement)

    assert "背后的问题还没问" not in text(alice, story.deal_url)


def test_m70_four_of_six_told_and_the_two_to_ask(story, alice):
    Demand.objects.filter(pk=story.demand.pk).update(who="生产部", when="12 月前", how_much="两成")

    assert "六问已知 4 · 该问：为什么现在要、拿什么标准看" in text(alice, story.deal_url)


def test_m72_m138_the_ladder_is_asked_of_every_key_person_down_to_the_motive(story, alice):
    joined(story, "罗敏")
    joined(story, "只用的人", InfluencerRole.USER, 1)
    Demand.objects.filter(pk=story.demand.pk).update(need="年底少停机", motive="年底考核看交付")

    ladder = card(alice, story.deal_url, "要求、需要、动因")

    assert "年底少停机" in ladder
    assert "年底考核看交付" in ladder
    assert "罗敏 关键人 还没问：他要什么、为了什么、为什么对他要紧？" in ladder
    assert "只用的人" not in ladder


def test_m73_three_kinds_of_people_with_what_to_ask_where_nothing_was_found(story, alice):
    make_finding(story.deal, "effect", people="customers", problem="交货慢")
    make_finding(story.deal, "effect", people="self", problem="夜里白跑")

    page = alice.get(story.deal_url)
    words = card(alice, story.deal_url, "他能得到什么")

    assert "三类人问到 66.7%" in words
    assert [bool(row.starters) for row in page.context["page"].room.gains.rows] == [False, True, False]
    assert "报价的时候，同行赢在哪里？" in words
    assert "findings/effect/?people=rivals" in page.content.decode()
    assert "还不算方案" in words


def test_m64_it_is_called_a_solution_once_there_is_money_in_it(story, alice):
    make_finding(story.deal, "effect", problem="夜里白跑", solution="联控")
    assert "还不算方案：写下他们能挣多少或省多少" in text(alice, story.deal_url)

    make_finding(story.deal, "effect", problem="白天空转", solution="变频", save_minor=WAN)

    assert "算得上方案" in text(alice, story.deal_url)


def test_m73_a_household_is_not_asked_about_its_customers_and_rivals(story, alice):
    family = make_customer(story.cast.alice, "何家", kind=CustomerKind.PERSON, market=Market.B2C)
    deal = make_opportunity(family, "重疾险", amount_minor=WAN)

    words = card(alice, f"/opportunities/{deal.uuid}/", "他能得到什么")

    assert "部门" not in text(alice, f"/opportunities/{deal.uuid}/")
    assert "同行" not in words
    assert "你们的客户" not in words
    assert "最费钱" in words


def test_a_tender_is_not_told_of_rivals_in_place_nor_asked_for_its_customers(story, alice):
    bureau = make_customer(story.cast.alice, "水务局", market=Market.B2G)
    deal = make_opportunity(bureau, "泵站改造招标", amount_minor=WAN)
    chief = make_contact(bureau, "钱处")
    make_influencer(deal, chief, InfluencerRole.DECISION_MAKER, weight=5, is_dissatisfied=True)
    for rival in ("海川", "新源"):
        make_finding(deal, "worth", rival=rival)
    url = f"/opportunities/{deal.uuid}/"

    words = card(alice, url, "他能得到什么")

    assert "满意" not in card(alice, url, "决策链")
    assert "你们服务的人最近在抱怨什么？" in words
    assert "同行" not in words
    assert "他的客户、他的对手、他自己 算出他能赚多少、省多少" in card(alice, url, "G1 还差什么")


def test_m82_who_says_what_he_wants_has_the_problem_a_mother_at_her_own_table_too(story, alice):
    family = make_customer(story.cast.alice, "何家", kind=CustomerKind.PERSON, market=Market.B2C)
    deal = make_opportunity(family, "重疾险", amount_minor=WAN)
    mother = make_contact(family, "何太太")
    make_influencer(deal, mother, InfluencerRole.DECISION_MAKER, weight=5, is_powerful=True, access="direct")
    url = f"/opportunities/{deal.uuid}/"
    assert "手里没有问题就见了拍板人" in card(alice, url, "决策链")

    make_finding(deal, "demand", mother, requirement="给孩子买重疾", kind="explicit", quote="孩子的先买了")

    assert "手里没有问题就见了拍板人" not in card(alice, url, "决策链")


def test_a_sleeping_customer_whose_talks_nobody_logged_is_not_called_silent_nor_deaf(story, alice):
    old = make_customer(story.cast.alice, "川南泵业")
    win(make_opportunity(old, "一期", opened_on=today() - timedelta(days=60), at=now()), today(), at=now())
    deal = make_opportunity(old, "二期", opened_on=today(), at=now(), amount_minor=WAN)
    assert "它还没有过双向联系" in text(alice, f"/opportunities/{deal.uuid}/")

    words = card(alice, f"/opportunities/{deal.uuid}/", "关系")

    assert "记录里还没有谈过" in words
    assert "谈了 0 次" not in words


def test_m74_a_customer_content_with_a_rival_gets_its_play_step_by_step(story, alice):
    make_finding(story.deal, "worth", rival="海川")
    assert "问清谁最头疼这个问题，请人引荐过去。" in text(alice, story.deal_url)

    joined(story, "叶工", InfluencerRole.USER, 2, is_dissatisfied=True)

    assert "他对现在的供应商满意：拿出对方做不到的一点。" in text(alice, story.deal_url)


def test_m75_a_benefit_without_evidence_is_unproven_and_without_a_need_an_advantage(story, alice):
    make_finding(story.deal, "benefitcard", story.he, feature="联控", evidence="")
    page = text(alice, story.deal_url)
    assert "只是优点" in page

    make_finding(story.deal, "benefitcard", story.he, feature="变频", demand_id=story.demand.pk)
    assert "还没证明" in text(alice, story.deal_url)
    make_finding(story.deal, "benefitcard", story.he, feature="余热", demand_id=story.demand.pk, evidence="样板站")
    assert card(alice, story.deal_url, "利益和证据").count("样板站") == 1


def test_m80_a_grave_concern_closes_the_gate_of_trust_and_is_named(story, alice):
    make_finding(story.deal, "concern", story.he, severity=5)
    stand_at(story, Stage.ST3)

    assert gate_row(alice, story, "concern").mark == "missing"
    assert "停机误交货 去解决" in card(alice, story.deal_url, "G3 还差什么")


def test_m80_what_was_settled_and_comes_up_again_at_the_trust_stage_hides_a_worry(story, alice):
    settled = {"state": "resolved", "words": "行", "settled_on": today() - timedelta(days=20)}
    make_finding(story.deal, "concern", story.he, what="停机", raised_on=today() - timedelta(days=30), **settled)
    make_finding(story.deal, "concern", story.he, what="还是怕停机", severity=2, raised_on=today())
    assert "没说出口的顾虑" not in card(alice, story.deal_url, "顾虑")

    stand_at(story, Stage.ST3)

    words = card(alice, story.deal_url, "顾虑")
    assert "可能有没说出口的顾虑：主动问出来" in words
    assert "不轻描淡写，不替他下结论，不施压" in words


def test_m82_the_way_in_shows_which_place_is_empty_and_the_next_step(story, alice):
    page = text(alice, story.deal_url)
    assert page.count("还没有人") >= 2
    assert "手里没有问题就见了拍板人：先弄清是谁的问题" not in page, "nobody has met who decides"
    assert "先找一个肯给信息、肯引荐的人" in page

    joined(story, "叶工", InfluencerRole.USER, 2, is_dissatisfied=True, access="direct")

    assert "带着问题去见拍板人" in text(alice, story.deal_url)


def test_m83_the_strategy_is_asked_for_at_the_gate_before_signing(story, alice):
    stand_at(story, Stage.ST3)
    before = {row.words: row.mark for row in alice.get(story.deal_url).context["page"].room.gate.rows}

    write(alice, story.deal, "dealsheet", strategy="从设备部进去，年底前签")

    after = {row.words: row.mark for row in alice.get(story.deal_url).context["page"].room.gate.rows}
    (changed,) = [words for words in before if before[words] != after[words]]
    assert (before[changed], after[changed]) == ("missing", "met")
    assert "从设备部进去，年底前签" in text(alice, story.deal_url)


def test_m85_talks_that_only_go_on_are_a_stall_and_the_rate_is_shown(story, alice):
    for days, outcome in ((7, "continuation"), (6, "continuation"), (5, "continuation")):
        story.log("visit", days, opportunity_id=story.deal.pk, contact_ids=(story.he.pk,), outcome=outcome)
    words = card(alice, story.deal_url, "推进率")

    assert "连着三次客户没有动作：换个人、换个问题，或者换个方案" in words
    story.log("visit", 4, opportunity_id=story.deal.pk, contact_ids=(story.he.pk,), outcome="no_sale")
    assert "连着三次" not in card(alice, story.deal_url, "推进率")


def test_m85_the_relation_before_the_deal_and_after_the_talks_about_it(story, alice):
    page = text(alice, story.deal_url)
    assert "商机开始前，记录里还没见过他们的人；到现在就它谈了 1 次" in page

    early = today() - timedelta(days=90)
    draft = TouchDraft(kind="visit", touched_on=early, contact_ids=(story.he.pk,))
    log_touch(customer=story.customer, draft=draft, actor=story.cast.alice, at=now())

    assert "商机开始时：个人层；现在：个人层；就它谈了 1 次" in text(alice, story.deal_url)


def test_m88_a_wish_without_their_words_is_refused_at_its_box(story, alice):
    answer = write(alice, story.deal, "demand", contact_id=story.he.pk, kind="explicit")

    assert answer.status_code == 422
    assert "原话" in answer.content.decode()
