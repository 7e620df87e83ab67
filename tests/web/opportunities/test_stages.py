"""The board by stage: what stands where, what each deal lacks, and moving it by evidence or with a reason."""

import re

import pytest
from django.test import Client

from tests.coach.proven import WAN, prove_demand
from tests.factories import make_contact, make_customer, make_influencer, make_opportunity
from tests.web.counts import counted
from tests.web.one_customer import HTMX, alice, story, today
from wendu.customers.actions import add_collaborator
from wendu.desk.pipeline import board as board_page
from wendu.kernel.clock import now
from wendu.opportunities.actions import move_stage
from wendu.opportunities.choices import InfluencerRole, Stage
from wendu.opportunities.models import StageMove
from wendu.readings.models import Override

__all__ = ["alice", "story"]
pytestmark = pytest.mark.django_db
BOARD = "/opportunities/board/"


def board(client: Client, **query):
    return client.get(BOARD, query).context["board"]


def column(shown, stage: str):
    return next(each for each in shown.columns if each.stage == stage)


def text_of(answer) -> str:
    return answer.content.decode()


def test_each_open_deal_stands_at_its_stage_with_what_it_lacks(story, alice):
    shown = board(alice)
    (card,) = column(shown, "ST1").cards

    assert (card.title, card.customer) == ("空压站节能改造", "桐溪注塑")
    assert len(card.missing) == 4
    assert card.days == 80
    assert (shown.deals, shown.amount_minor) == (1, 96 * WAN)
    page = text_of(alice.get(BOARD))
    assert "缺 4 项证据" in page
    assert "推进到 ST2 方案呈现" in page


def test_it_reads_as_well_in_english(story, alice):
    page = text_of(alice.get(BOARD, headers={"accept-language": "en"}))

    assert "4 pieces of evidence missing" in page
    assert "80 days at this stage" in page
    assert "On to ST2 Presentation" in page


def test_the_weighted_sum_is_the_amount_times_the_chance_of_the_class(cast, scene, enter, monkeypatch):
    monkeypatch.setattr(board_page, "SHOWN", 20)
    shown = board(enter(cast.mona))
    (first, *_rest) = shown.columns

    assert first.amount_minor == sum(card.amount_minor or 0 for card in first.cards)
    assert 0 < first.expected_minor < first.amount_minor
    assert first.unpriced == sum(card.amount_minor is None for card in first.cards)


def test_a_deal_without_a_class_promises_nothing_and_it_is_said(cast, enter):
    make_opportunity(make_customer(cast.bob), amount_minor=10 * WAN)

    shown = column(board(enter(cast.bob)), "ST1")

    assert (shown.amount_minor, shown.expected_minor, shown.unclassed) == (10 * WAN, 0, 1)
    assert "1 个没定级，不折算" in text_of(enter(cast.bob).get(BOARD))


def test_since_when_a_deal_stands_there_is_unknown_where_nobody_said(cast, enter):
    make_opportunity(make_customer(cast.alice), opened_on=None)

    assert "不知道从哪天起" in text_of(enter(cast.alice).get(BOARD))


def test_a_drop_without_evidence_is_refused_with_the_points_and_the_ways_to_them(story, alice):
    answer = alice.post(f"{story.deal_url}stage/", {"to_stage": "ST2"}, **HTMX)

    assert answer.status_code == 422
    page = text_of(answer)
    assert "缺 4 项证据" in page
    assert f"{story.deal_url}findings/demand/" in page
    assert 'name="reason"' in page
    story.deal.refresh_from_db()
    assert story.deal.stage == Stage.ST1
    assert not StageMove.objects.exists()


def test_with_a_reason_it_moves_and_the_board_hears_of_it(story, alice):
    answer = alice.post(f"{story.deal_url}stage/", {"to_stage": "ST2", "reason": "老板当面答应了"}, **HTMX)

    assert "touch:logged" in answer["HX-Trigger-After-Swap"]
    assert Override.objects.get().reason == "老板当面答应了"
    assert [card.uuid for card in column(board(alice), "ST2").cards] == [story.deal.uuid]


def test_with_its_evidence_it_moves_at_once(cast, enter):
    deal = make_opportunity(make_customer(cast.alice), amount_minor=95 * WAN)
    boss = make_contact(deal.customer, "韩松")
    make_influencer(deal, boss, InfluencerRole.DECISION_MAKER, weight=5, is_powerful=True)
    prove_demand(deal, boss)
    client, address = enter(cast.alice), f"/opportunities/{deal.uuid}/stage/"

    assert "项证据" not in text_of(client.get(f"{address}?to=ST2", **HTMX))
    client.post(address, {"to_stage": "ST2"}, **HTMX)

    deal.refresh_from_db()
    assert deal.stage == Stage.ST2
    assert not Override.objects.exists()


def test_a_step_back_asks_why(story, alice):
    move_stage(opportunity=story.deal, to_stage=Stage.ST2, actor=story.cast.alice, at=now())

    answer = alice.post(f"{story.deal_url}stage/", {"to_stage": "ST1"}, **HTMX)

    assert answer.status_code == 422
    assert "原因" in text_of(answer)
    assert column(board(alice), "ST2").deals == 1


def test_without_a_script_one_comes_back_to_the_board(story, alice):
    (way,) = re.findall(r'href="([^"]*stage/\?to=ST2[^"]*)"', text_of(alice.get(BOARD)))

    answer = alice.post(way.replace("&amp;", "&"), {"to_stage": "ST2", "reason": "先走一步"})

    assert (answer.status_code, answer["Location"]) == (302, BOARD)


def test_more_of_a_column_comes_page_by_page(cast, enter, monkeypatch):
    monkeypatch.setattr(board_page, "SHOWN", 2)
    monkeypatch.setattr(board_page, "MORE", 2)
    customer = make_customer(cast.alice)
    for amount in (5, 3, None, 4, 1):
        make_opportunity(customer, f"{amount}万", amount_minor=amount and amount * WAN)
    client = enter(cast.alice)

    titles = re.findall(r'title="(\w+万)"', text_of(client.get(BOARD)))
    (more,) = re.findall(r'href="([^"]*/board/ST1/[^"]*)"', text_of(client.get(BOARD)))
    while more:
        piece = text_of(client.get(more, **HTMX))
        assert "<html" not in piece
        titles += re.findall(r'title="(\w+万)"', piece)
        more = next(iter(re.findall(r'href="([^"]*/board/ST1/[^"]*)"', piece)), "")

    assert titles == ["5万", "4万", "3万", "1万", "None万"]
    assert client.get(f"{BOARD}ST1/").status_code == 200
    assert client.get(f"{BOARD}ST5/").status_code == 404


def test_filters_narrow_whose_deals_these_are(cast, scene, enter):
    mona = enter(cast.mona)
    everybody, bobs = board(mona), board(mona, owner=str(cast.bob.uuid))

    assert {card.owner for each in bobs.columns for card in each.cards} == {cast.bob.display_name}
    assert bobs.deals < everybody.deals
    assert board(mona, team=str(cast.branch.uuid)).deals == 0
    assert board(mona, **{"class": "A"}).deals < everybody.deals
    assert board(mona, owner=str(cast.charlie.uuid)).deals == 0
    assert board(mona, owner="me").deals == 0


def test_a_firm_of_many_sees_the_same_board_as_one_of_few(cast, scene, enter, monkeypatch):
    monkeypatch.setattr(board_page, "sees_few", lambda _user: True)
    few = board(enter(cast.mona))
    monkeypatch.setattr(board_page, "sees_few", lambda _user: False)
    many = board(enter(cast.mona))

    assert (few.counted_at is None, many.counted_at is None) == (True, False)
    for one, other in zip(few.columns, many.columns, strict=True):
        assert (one.deals, one.amount_minor) == (other.deals, other.amount_minor)
        assert one.expected_minor == other.expected_minor
        assert [card.key for card in one.cards] == [card.key for card in other.cards]
    assert re.search(r"\d\d:\d\d 算的", text_of(enter(cast.mona).get(BOARD)))


@pytest.mark.parametrize("who", ["charlie", "nora"])
def test_an_outsider_sees_none_of_it(story, enter, who):
    client = enter(getattr(story.cast, who))

    assert board(client).deals == 0
    assert "桐溪注塑" not in text_of(client.get(BOARD))
    assert "桐溪注塑" not in text_of(client.get(f"{BOARD}ST1/"))


def test_who_only_reads_is_offered_no_move(story, enter):
    page = text_of(enter(story.cast.eve).get(BOARD))

    assert "桐溪注塑" in page
    assert "draggable" not in page
    assert "stage/" not in page


def test_who_works_along_may_move_it(story, enter):
    add_collaborator(customer=story.customer, user=story.cast.charlie, actor=story.cast.alice, at=now())

    assert 'draggable="true"' in text_of(enter(story.cast.charlie).get(BOARD))


def test_query_counts_do_not_grow_with_the_deals(story, alice, enter):
    boss = enter(story.cast.eve)
    for name, client in (("rep: stages", alice), ("executive: stages", boss)):
        client.get(BOARD)
        with counted(name):
            client.get(BOARD)
    for number in range(12):
        make_opportunity(story.customer, f"又一个{number}", amount_minor=number * WAN, opened_on=today(), at=now())
    for name, client in (("rep: stages", alice), ("executive: stages", boss)):
        with counted(name):
            client.get(BOARD)
