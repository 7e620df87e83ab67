"""What winners do otherwise and whom to coach: with their counts, and nothing made up where too little is known."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest

from tests.coach.proven import WAN
from tests.factories import lose, make_contact, make_customer, make_influencer, make_opportunity, win
from tests.factories.findings import make_finding
from tests.web.counts import counted
from tests.web.one_customer import alice, story, today
from wendu.coach.actions import judge_many
from wendu.coach.frame import Frame
from wendu.coach.models import DealStanding
from wendu.coach.plan import daily_plan
from wendu.coach.team import Sight, waiting_of
from wendu.customers.actions import change_owner
from wendu.identity import snapshot
from wendu.kernel.clock import now
from wendu.opportunities.actions import move_stage
from wendu.opportunities.choices import InfluencerRole, Stage
from wendu.playbooks import method_scale
from wendu.touches.actions import CommitmentDraft, TouchDraft, log_touch
from wendu.touches.models import Touch

__all__ = ["alice", "story"]
pytestmark = pytest.mark.django_db
WINNERS, COACHING = "/opportunities/winners/", "/opportunities/coaching/"


@pytest.fixture
def few(monkeypatch):
    """Four of each are enough to compare, so that a test needs no forty deals."""

    def scale(book):
        found = method_scale(book)
        return replace(found, forecast=replace(found.forecast, own_rate_from=4))

    monkeypatch.setattr("wendu.coach.frame.method_scale", scale)
    monkeypatch.setattr("wendu.coach.frame._held", {})


@pytest.fixture
def customer(cast):
    return make_customer(cast.alice, "桐溪注塑")


def deal_of(customer, *, days: int = 40, **more):
    return make_opportunity(customer, opened_on=today() - timedelta(days=days), at=now(), amount_minor=10 * WAN, **more)


def talk(deal, who, days: int, **more):
    draft = TouchDraft(
        kind="visit",
        touched_on=today() - timedelta(days=days),
        opportunity_id=deal.pk,
        contact_ids=tuple(each.pk for each in who),
        **more,
    )
    return log_touch(customer=deal.customer, actor=deal.owner, at=now(), draft=draft)


def shown(client, url, **query):
    snapshot.forget()
    return client.get(url, query).context["shown"]


def rows(client, **query):
    return dict(shown(client, WINNERS, **query).rows)


def test_m90_won_deals_met_more_people_and_it_is_said(cast, customer, enter, few):
    people = [make_contact(customer, f"人{n}") for n in range(3)]
    for number in range(8):
        deal = deal_of(customer)
        for days in (30, 20, 10) if number < 4 else (30,):
            talk(deal, people if number < 4 else people[:1], days)
        (win if number < 4 else lose)(deal, today(), at=now())

    found = rows(enter(cast.alice))
    page = enter(cast.alice).get(WINNERS).content.decode()

    assert (found["people"].won.middle, found["people"].lost.middle, found["people"].verdict) == (3, 1, "more")
    assert found["talks"].verdict == "more"
    assert (found["first_talk"].won.middle, found["first_talk"].verdict) == (10, "same")
    assert "赢单的更多" in page


def test_m90_of_too_few_nothing_is_said_but_how_many_there_are(cast, customer, enter):
    who = [make_contact(customer)]
    for number in range(3):
        deal = deal_of(customer)
        talk(deal, who, 5)
        (win if number else lose)(deal, today(), at=now())

    assert rows(enter(cast.alice))["people"].verdict == "few"
    assert "太少，看不出：只知道 2 个赢单、1 个丢单的" in enter(cast.alice).get(WINNERS).content.decode()


def test_what_came_after_the_end_and_the_order_itself_do_not_count(cast, customer, enter):
    who = [make_contact(customer)]
    deal = deal_of(customer)
    talk(deal, who, 20)
    talk(deal, who, 10, outcome="order")
    late = talk(make_opportunity(customer), who, 2)
    Touch.objects.filter(pk=late.pk).update(opportunity=deal)
    deal.refresh_from_db()
    assert deal.closures.get().closed_on == today() - timedelta(days=10)

    found = rows(enter(cast.alice))

    assert (found["talks"].won.middle, found["advances"].won.middle) == (1, 0)


def test_a_deal_nobody_wrote_about_is_unknown_and_not_without(cast, customer, enter):
    for number in range(4):
        (win if number % 2 else lose)(deal_of(customer), today(), at=now())

    found = shown(enter(cast.alice), WINNERS)

    assert all(row.won is None and row.lost is None for _code, row in found.rows)
    assert (found.with_money.deals, found.without_money.deals, found.untold) == (0, 0, 4)


def test_m64_deals_with_a_money_effect_stand_beside_those_without(cast, customer, enter, few):
    for number in range(16):
        deal = deal_of(customer)
        if number < 8:
            make_finding(deal, "effect", solution="变频", save_minor=31 * WAN)
        else:
            make_finding(deal, "concern", severity=2)
        (win if number < 7 or number == 8 else lose)(deal, today(), at=now())
    deal.effects.update(written_at=now())

    found = shown(enter(cast.alice), WINNERS)
    page = enter(cast.alice).get(WINNERS).content.decode()

    assert (found.with_money.deals, found.with_money.won, found.with_money.rate) == (8, 7, 87.5)
    assert (found.without_money.deals, found.without_money.won, found.without_money.rate) == (8, 1, 12.5)
    assert found.money_verdict == "more"
    assert "算清了能多赚或省多少钱的商机，赢得更多" in page


def test_the_coaching_list_names_who_needs_help_and_with_what(cast, customer, enter):
    boss, deal = make_contact(customer, "韩松"), deal_of(customer)
    make_influencer(deal, boss, InfluencerRole.DECISION_MAKER, weight=5, is_powerful=True)
    make_finding(deal, "concern", severity=2)
    move_stage(opportunity=deal, to_stage=Stage.ST2, actor=cast.alice, at=now())
    for days in (30, 20, 10):
        talk(deal, [boss], days, outcome="continuation", objective="看样板站")
    deal_of(customer)

    found = shown(enter(cast.mona), COACHING)
    (alice_row,) = found.people
    needy = found.deals[0]

    assert (alice_row.name, alice_row.deals, alice_row.unwritten) == (cast.alice.display_name, 2, 1)
    assert {"stalled", "ahead"} <= set(needy.helps)
    assert (alice_row.rate, alice_row.talks) == (0, 3)
    page = enter(cast.mona).get(COACHING).content.decode()
    assert "谈了没推进" in page
    assert "人在 ST2，证据只到 ST1 需求调查" in page


def test_silence_is_unknown_where_the_log_has_no_talk_and_too_long_only_after_one(cast, customer, enter):
    """An account brought in with an old order and an open deal was never talked with here."""
    brought = make_customer(cast.alice, "澜岸重工")
    win(deal_of(brought, days=300), today() - timedelta(days=250), at=now())
    told, untold = deal_of(customer, days=90), deal_of(brought, days=200, title="二期")
    talk(told, [make_contact(customer)], 80)
    gone = make_contact(brought, at=now(), left_on=today())
    make_influencer(untold, gone, InfluencerRole.DECISION_MAKER)
    judge_many([brought.pk], frame=Frame.at(now()), at=now())
    assert DealStanding.objects.get(pk=untold.pk).gap_on is None

    found = shown(enter(cast.mona), COACHING)
    helps = {each.customer: ("silent" in each.helps, each.is_untold) for each in found.deals}
    page = re.sub(r"<[^>]+>|\s+", " ", enter(cast.mona).get(COACHING).content.decode())

    assert helps == {"桐溪注塑": (True, False), "澜岸重工": (False, True)}
    assert (found.people[0].helps[-1], found.people[0].untold) == (1, 1)
    assert page.count("没记过联系，冷不冷不知道") == 1
    assert "1 单不知道" in page


def test_what_nobody_logged_is_cold_nowhere(cast, customer, enter):
    """Today, the table, the count of the team and the page of the customer follow the one rule of the coaching list."""
    brought = make_customer(cast.alice, "澜岸重工")
    win(deal_of(brought, days=300), today() - timedelta(days=250), at=now())
    deal_of(brought, days=200, title="二期")
    talk(deal_of(customer, days=90), [make_contact(customer)], 80)
    judge_many([brought.pk, customer.pk], frame=Frame.at(now()), at=now())

    alice, day = enter(cast.alice), daily_plan(cast.alice, at=now())
    situations = {step.customer_id: step.situation for step in day.steps}
    rows = {row.owner_id: row.cold_gap for row in waiting_of(Sight(cast.mona), today())}

    assert alice.get("/customers/?alert=cold_gap").content.decode().count("澜岸重工") == 0
    assert "桐溪注塑" in alice.get("/customers/?alert=cold_gap").content.decode()
    assert rows == {cast.alice.pk: 1}
    assert (situations[brought.pk], situations[customer.pk]) == ("unlogged", "cold_gap_severe")


def test_coaching_reads_in_english_and_is_for_those_who_lead(cast, customer, enter):
    deal_of(customer)

    page = enter(cast.mona).get(COACHING, headers={"accept-language": "en"}).content.decode()

    assert "0 of 1 deal looked at" in page
    assert enter(cast.alice).get(COACHING).status_code == 404
    assert enter(cast.nora).get(COACHING).context["shown"].looked_at == 0


def test_who_left_sight_is_not_named_from_what_was_remembered(cast, customer, enter):
    talk(deal_of(customer), [make_contact(customer)], 30)
    mona = enter(cast.mona)
    assert "桐溪注塑" in mona.get(COACHING).content.decode()

    change_owner(customer=customer, owner=cast.charlie, actor=cast.ada, at=now())

    assert "桐溪注塑" not in mona.get(COACHING).content.decode()


@pytest.mark.parametrize("who", ["charlie", "nora"])
def test_an_outsider_learns_nothing_of_winners(cast, customer, enter, who):
    win(deal_of(customer), today(), at=now())

    found = shown(enter(getattr(cast, who)), WINNERS)

    assert (found.won, found.lost, found.untold) == (0, 0, 0)


def test_query_counts_do_not_grow_with_the_deals(story, alice, enter):
    mona = enter(story.cast.mona)
    pages = {"rep: winners": (alice, WINNERS), "manager: coaching": (mona, COACHING)}
    agreed = CommitmentDraft(contact_id=story.he.pk, what="看样板站", due_on=today())

    def more(number: int) -> None:
        for each in range(number):
            deal = deal_of(story.customer)
            talk(deal, [story.he], 5, outcome="advance", commitment=agreed)
            make_finding(deal, "concern", severity=2)
            (win if each % 2 else lose)(deal, today(), at=now())

    more(2)
    for name, (client, url) in pages.items():
        client.get(url)
        with counted(name):
            client.get(url)
    more(6)
    for name, (client, url) in pages.items():
        with counted(name):
            client.get(url)
