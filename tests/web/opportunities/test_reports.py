"""What open deals promise and how closed ones went, as pages: whose figure speaks, and who sees what."""

import re
from datetime import timedelta

import pytest

from tests.coach.proven import WAN
from tests.factories import lose, make_customer, make_opportunity, win
from tests.factories.findings import make_finding
from tests.web.counts import counted
from tests.web.one_customer import alice, story, today
from wendu.identity import snapshot
from wendu.kernel.clock import now
from wendu.opportunities.actions import move_stage, reopen_opportunity
from wendu.opportunities.choices import LossReason, Stage

__all__ = ["alice", "story"]
pytestmark = pytest.mark.django_db
FORECAST, RECORD = "/opportunities/forecast/", "/opportunities/record/"
BEGAN = timedelta(days=60)


@pytest.fixture
def customer(cast):
    return make_customer(cast.alice, "桐溪注塑")


def ended(customer, won: int, lost: int, *, days: int = 30, amount: int = 10, stages: int = 0, **more):
    """So many deals won and lost after some days, and some stages passed before."""
    deals = []
    for number in range(won + lost):
        opened = today() - timedelta(days=days)
        deal = make_opportunity(customer, opened_on=opened, at=now(), amount_minor=amount * WAN, **more)
        for stage in list(Stage)[1 : stages + 1]:
            move_stage(opportunity=deal, to_stage=stage, actor=deal.owner, at=now())
        deal.stage_moves.update(moved_on=opened)
        (win if number < won else lose)(deal, today(), at=now())
        deals.append(deal)
    return deals


def shown(client, url, **query):
    return client.get(url, query).context["shown"]


def text_of(client, url, **query):
    return client.get(url, query).content.decode()


def test_the_playbook_speaks_until_twenty_deals_have_closed(cast, customer, enter):
    client = enter(cast.alice)
    page = text_of(client, FORECAST)

    assert "打法包的数；满 20 个有结果的商机后用自己的" in page
    assert [each.percent for each in shown(client, FORECAST).chances] == pytest.approx([60, 35, 20, 5])


def test_the_rate_of_a_stage_speaks_from_twenty_closed_deals_on(cast, customer, enter):
    client = enter(cast.alice)
    soon = today() + timedelta(days=40)
    make_opportunity(customer, at=now(), opened_on=today(), amount_minor=100 * WAN, expected_on=soon)
    ended(customer, 9, 10)
    before = shown(client, FORECAST, by="stage")
    ended(customer, 6, 0)
    snapshot.forget()
    after = shown(client, FORECAST, by="stage")

    assert (before.expected_minor, before.unknown, before.chances[0].percent) == (0, 1, None)
    assert after.chances[0].percent == pytest.approx(60)
    assert after.expected_minor == 60 * WAN
    (month,) = after.months
    assert month.key == f"{soon:%Y-%m}"
    assert "自己的，来自 25 个有结果的商机" in text_of(client, FORECAST, by="stage")


def test_a_day_that_is_over_and_none_at_all_stand_apart(cast, customer, enter):
    ended(customer, 10, 10)
    for expected in (today() - timedelta(days=3), None):
        make_opportunity(customer, at=now(), opened_on=today(), amount_minor=WAN, expected_on=expected)
    make_opportunity(customer, at=now(), opened_on=today())

    found = shown(enter(cast.alice), FORECAST, by="stage")

    assert [month.key for month in found.months] == ["overdue", "undated"]
    assert found.unpriced == 1


def test_stages_passed_on_the_day_of_the_end_say_nothing(cast, customer, enter):
    ended(customer, 12, 8)
    ended(customer, 15, 5, stages=2)

    found = {each.name: (each.won, each.deals, each.rate) for each in shown(enter(cast.alice), RECORD).stages}

    assert found == {"ST1": (27, 40, 67.5), "ST2": (15, 20, 75.0), "ST3": (15, 20, 75.0), "ST4": (0, 0, None)}


def test_few_deals_have_no_rate_but_are_counted(cast, customer, enter):
    ended(customer, 2, 1, days=20)
    page = text_of(enter(cast.alice), RECORD)
    found = shown(enter(cast.alice), RECORD).whole

    assert (found.deals, found.won, found.rate) == (3, 2, None)
    assert found.days.middle == 20
    assert "太少" in page
    assert "满 20 个有结果的商机才算赢单率" in page


def test_m65_problems_solved_are_counted_per_person_and_unknown_where_none_was_written(cast, customer, enter):
    won, other, lost = ended(customer, 2, 1)
    theirs = make_customer(cast.bob, "砚湖轴承")
    ended(theirs, 1, 0)
    for deal, answer, saved in ((won, "变频", 3 * WAN), (won, "联控", None), (other, "", None), (lost, "变频", WAN)):
        make_finding(deal, "effect", problem="夜里白跑", solution=answer, save_minor=saved, at=now())

    owners = {each.name: each.solved for each in shown(enter(cast.mona), RECORD).owners}
    page = re.sub(r"<[^>]+>|\s+", " ", text_of(enter(cast.mona), RECORD))

    assert (owners[cast.alice.display_name].told, owners[cast.alice.display_name].solved) == (3, 2)
    assert owners[cast.alice.display_name].gain_minor == 3 * WAN
    assert owners[cast.bob.display_name] is None
    assert "替客户解决的问题" in page
    assert shown(enter(cast.charlie), RECORD).owners == ()


def test_a_loss_taken_up_again_and_a_period_long_past_do_not_count(cast, customer, enter):
    (deal,) = ended(customer, 0, 1)
    reopen_opportunity(opportunity=deal, actor=cast.alice, at=now())
    old = make_opportunity(customer, opened_on=today() - timedelta(days=900), at=now())
    win(old, today() - timedelta(days=800), at=now())

    assert shown(enter(cast.alice), RECORD).whole.deals == 0
    assert "看全部" in text_of(enter(cast.alice), RECORD)
    assert shown(enter(cast.alice), RECORD, period="all").whole.deals == 1


def test_a_deal_lost_twice_counts_once(cast, customer, enter):
    (deal,) = ended(customer, 0, 1)
    reopen_opportunity(opportunity=deal, actor=cast.alice, at=now())
    lose(deal, today(), at=now(), reason=LossReason.NO_TRUST)

    found = shown(enter(cast.alice), RECORD)

    assert (found.whole.deals, found.losses.said) == (1, (("no_trust", 1),))


def test_m145_a_loss_nobody_wrote_about_is_not_diagnosable(cast, customer, enter):
    _blank, told = ended(customer, 0, 2)
    make_finding(told, "concern", severity=3)

    found = shown(enter(cast.alice), RECORD).losses

    assert (found.deals, found.without_evidence) == (2, 1)
    assert "无法诊断：什么证据都没记" in text_of(enter(cast.alice), RECORD)


def test_it_reads_as_well_in_english(cast, customer, enter):
    ended(customer, 2, 1)
    english = {"accept-language": "en"}

    assert "3 deals ended, 2 won" in enter(cast.alice).get(RECORD, headers=english).content.decode()
    assert "the playbook&#x27;s figure" in enter(cast.alice).get(FORECAST, headers=english).content.decode()


@pytest.mark.parametrize("who", ["charlie", "nora"])
def test_an_outsider_has_no_part_in_it(cast, customer, enter, who):
    ended(customer, 3, 1)
    client = enter(getattr(cast, who))

    assert shown(client, RECORD, period="all").whole.deals == 0
    assert shown(client, FORECAST).deals == 0
    assert shown(enter(cast.mona), RECORD).whole.deals == 4


def test_filters_are_kept_from_page_to_page(cast, customer, enter):
    ended(customer, 1, 0)
    page = text_of(enter(cast.mona), RECORD, owner=str(cast.alice.uuid), period="24")

    assert f"owner={cast.alice.uuid}&amp;period=3" in page
    assert 'name="period" value="24"' in page


def test_query_counts_do_not_grow_with_the_deals(story, alice):
    pages = {"rep: forecast of deals": FORECAST, "rep: record of deals": RECORD}
    ended(story.customer, 1, 1)
    for name, url in pages.items():
        alice.get(url)
        with counted(name):
            alice.get(url)
    ended(story.customer, 5, 5)
    for name, url in pages.items():
        with counted(name):
            alice.get(url)


def test_a_forecast_without_classes_shows_the_way_to_the_stages(cast, customer, enter):
    make_opportunity(customer, at=now(), amount_minor=10 * WAN)
    page = text_of(enter(cast.alice), FORECAST)

    assert "客户答完十个问题才有类" in page
    assert 'href="?by=stage"' in page
    assert "客户答完十个问题才有类" not in text_of(enter(cast.alice), FORECAST, by="stage")
    assert "客户答完十个问题才有类" not in text_of(enter(cast.charlie), FORECAST)


def test_losses_of_another_time_are_one_step_away(cast, customer, enter):
    deal = make_opportunity(customer, opened_on=today() - timedelta(days=900), at=now())
    lose(deal, today() - timedelta(days=800), at=now())
    client = enter(cast.alice)

    assert 'href="/opportunities/losses/?days=all"' in text_of(client, "/opportunities/losses/")
    assert "这段时间没有丢单" not in text_of(client, "/opportunities/losses/", days="all")
