"""The quadrant board: who stands where, what it may bring, whose time it took, and why nobody is dragged elsewhere."""

import re
from datetime import timedelta

import pytest

from tests.web.one_customer import HTMX
from wendu.coach.board import CLASSES
from wendu.coach.facts import CLASS
from wendu.coach.models import Standing
from wendu.customers.actions import change_owner
from wendu.desk.board import page as board_page
from wendu.kernel.clock import now
from wendu.readings.actions import set_override
from wendu.touches.models import Touch

pytestmark = pytest.mark.django_db
OF_ALICE = {"A": 2, "B": 3, "C": 2, "D": 1}
WAN = 1_000_000


@pytest.fixture
def alice(cast, scene, enter):
    return enter(cast.alice)


@pytest.fixture
def many(monkeypatch):
    """Nobody has few customers: the board goes the way of a whole firm."""
    monkeypatch.setattr("wendu.coach.ways.FEW", 0)


def board(client, **query):
    return client.get("/quadrants/", query).context["board"]


def counts(shown):
    return {cell.letter: cell.customers for cell in shown.cells if cell.customers}


def test_m125_customers_stand_in_their_classes_with_what_is_open(alice):
    shown = board(alice)

    assert counts(shown) == OF_ALICE
    assert {cell.letter: cell.amount_minor for cell in shown.cells} == {
        "A": 214 * WAN, "B": 111 * WAN, "C": 35 * WAN, "D": 0
    }  # fmt: skip
    assert [card.row.name for card in shown.cells[3].cards] == ["远汀化纤"]


def test_the_forecast_is_what_is_open_times_the_chance_of_the_class(alice):
    shown = board(alice)

    for cell in shown.cells:
        assert cell.expected_minor == round(cell.amount_minor * cell.chance.share)
    assert shown.expected.total_minor == sum(cell.expected_minor for cell in shown.cells)
    assert sum(month.customers for month in shown.expected.months) == shown.customers
    assert sum(month.amount_minor for month in shown.expected.months) == shown.amount_minor


def test_whoever_is_in_no_class_is_counted_beside_the_board(alice):
    page = alice.get("/quadrants/").content.decode()
    (rest,) = board(alice).left_out

    assert (rest.status, rest.customers) == ("unvisited", 1)
    assert "还没聊过" in page
    assert [row.name for row in alice.get(f"/customers/?{rest.query}").context["list"].rows] == ["云麓电子"]


@pytest.mark.parametrize("letter", OF_ALICE)
def test_the_list_of_a_class_shows_the_customers_the_board_counted(alice, letter):
    cell = next(cell for cell in board(alice, heat="warm").cells if cell.letter == letter)

    listed = alice.get(f"/customers/?{cell.query}").context["list"].rows

    assert {row.name for row in listed} == {card.row.name for card in cell.cards}
    assert len(listed) == cell.customers


def test_a_firm_of_many_sees_the_same_board_as_one_of_few(cast, scene, enter, many, monkeypatch):
    walked = board(enter(cast.mona))
    monkeypatch.undo()
    looked = board(enter(cast.mona))

    assert (walked.counted_at is None, looked.counted_at) == (False, None)
    assert counts(walked) == counts(looked) == {"A": 3, "B": 3, "C": 2, "D": 1}
    for one, other in zip(walked.cells, looked.cells, strict=True):
        assert (one.amount_minor, one.expected_minor, one.overdue) == (
            other.amount_minor, other.expected_minor, other.overdue,
        )  # fmt: skip
        assert [card.row.name for card in one.cards] == [card.row.name for card in other.cards]


def test_the_board_of_many_says_when_it_counted_and_that_only_the_warmest_are_drawn(
    cast, scene, enter, many, monkeypatch
):
    monkeypatch.setattr(board_page, "DRAWN", 1)

    page = enter(cast.mona).get("/quadrants/").content.decode()

    assert "图上只画每类最热的几家；数字按全部 9 家算" in page
    assert re.search(r"\d\d:\d\d 算的", page)


def test_who_left_sight_is_not_drawn_from_what_was_remembered(cast, scene, enter, many):
    nora = enter(cast.nora)
    assert "竹间日化" in nora.get("/quadrants/").content.decode()

    change_owner(customer=scene.customers["竹间日化"], owner=cast.alice, actor=cast.ada, at=now())

    assert "竹间日化" not in nora.get("/quadrants/").content.decode()


@pytest.mark.parametrize("who", ["charlie", "nora"])
def test_an_outsider_sees_none_of_it(cast, scene, enter, who):
    client = enter(getattr(cast, who))

    shown = board(client)

    assert counts(shown) == {"B": 1}
    assert shown.amount_minor == 50 * WAN
    for query in ({"owner": str(cast.alice.uuid)}, {"team": str(cast.east.uuid)}):
        assert counts(board(client, **query)) == {}
        assert "爱丽" not in client.get("/quadrants/time/", query).content.decode()


def test_a_manager_narrows_it_to_one_person_and_to_her_own(cast, scene, enter):
    mona = enter(cast.mona)

    assert counts(board(mona, owner=str(cast.bob.uuid))) == {"A": 1}
    assert counts(board(mona, owner="me")) == {}
    assert "这样筛，四格里没有人" in mona.get("/quadrants/?owner=me").content.decode()


def test_filters_show_as_chips_that_take_themselves_away_and_nonsense_asks_for_nothing(alice):
    page = alice.get("/quadrants/?heat=hot&market=b2b")

    assert len(page.context["chips"]) == 2
    assert all(heat.heat >= 60 for cell in page.context["board"].cells for heat in (card.row for card in cell.cards))
    assert 'href="?market=b2b"' in page.content.decode()
    assert counts(board(alice, heat="lava", market="moon", owner="x", team="'")) == OF_ALICE


def test_every_point_is_a_link_with_a_whole_sentence(alice, scene):
    page = alice.get("/quadrants/").content.decode()
    customer = scene.customers["砚湖轴承"]

    point = re.search(rf'<a class="dot[^"]*"[^>]*href="/customers/{customer.uuid}/" aria-label="([^"]*)"', page)

    assert point
    assert re.fullmatch(r"砚湖轴承，A 意愿强 需求强，\d+° 临界，¥86万，剩 \d+ 天", point[1]), point[1]


def test_a_name_that_is_a_tag_stays_a_name(alice, cast, scene):
    customer = scene.customers["砚湖轴承"]
    customer.name = "<b>&砚\"'"
    customer.save()

    page = alice.get("/quadrants/").content.decode()

    assert "<b>&砚" not in page
    assert "&lt;b&gt;&amp;砚" in page


def test_wanting_another_class_moves_nothing_and_offers_the_question_to_answer(alice, scene):
    customer = scene.customers["远汀化纤"]
    before = Standing.objects.get(customer=customer)

    page = alice.get(f"/quadrants/{customer.uuid}/?to=A")
    text = page.content.decode()
    asked = page.context["why"].wanted.first.question.code

    assert "不看愿望" in text
    assert f"/customers/{customer.uuid}/answers/?ask={asked}" in text
    assert Standing.objects.get(customer=customer).quadrant == before.quadrant == "D"
    form = alice.get(f"/customers/{customer.uuid}/answers/?ask={asked}")
    assert form.context["form"].asked[0].code == asked


def test_the_question_answered_as_it_says_brings_the_customer_nearer(alice, scene):
    customer = scene.customers["赤岭建材"]
    first = alice.get(f"/quadrants/{customer.uuid}/?to=A").context["why"].wanted.first
    before = Standing.objects.get(customer=customer).need

    assert first.question.axis == "need"
    assert first.score > before


def test_the_same_refusal_comes_as_a_piece_for_the_drawer(alice, scene):
    customer = scene.customers["远汀化纤"]

    piece = alice.get(f"/quadrants/{customer.uuid}/?to=B", **HTMX).content.decode()

    assert "<html" not in piece
    assert "不看愿望" in piece


def test_every_card_carries_the_link_that_dragging_uses(alice):
    page = alice.get("/quadrants/").content.decode()
    cards = re.findall(r"<li data-row.*?</li>", page, re.DOTALL)

    assert len(cards) == 8
    assert all('draggable="true"' in card and "data-why" in card and 'href="/quadrants/' in card for card in cards)
    assert {letter for letter in CLASSES if f'data-class="{letter}"' in page} == set(CLASSES)


def test_a_class_set_by_hand_says_whose_judgement_holds_it(alice, cast, scene):
    customer = scene.customers["远汀化纤"]
    set_override(subject=customer, code=CLASS, value="C", reason="老板点头了", actor=cast.alice, at=now())

    text = alice.get(f"/quadrants/{customer.uuid}/").content.decode()
    card = next(card for cell in board(alice).cells for card in cell.cards if card.row.name == "远汀化纤")

    assert (card.quadrant, card.is_held) == ("C", True)
    assert "老板点头了" in text


@pytest.mark.parametrize("who", ["charlie", "nora"])
def test_why_a_customer_stands_there_is_nothing_to_an_outsider(cast, scene, enter, who):
    client = enter(getattr(cast, who))

    assert client.get(f"/quadrants/{scene.customers['砚湖轴承'].uuid}/").status_code == 404


def test_time_is_shared_by_class_and_person_whoever_fights_the_long_war_first(cast, scene, enter):
    shares = enter(cast.mona).get("/quadrants/time/").context["shares"]

    assert {share.name for share in shares.people} == {cast.alice.display_name, cast.bob.display_name}
    for share in (shares.total, *shares.people):
        assert sum(percent for _letter, percent in share.parts) == pytest.approx(100)
    assert [share.long_war for share in shares.people] == sorted(
        (share.long_war for share in shares.people), reverse=True
    )


def test_the_time_of_one_person_alone_is_that_of_the_filter(cast, scene, enter):
    mona = enter(cast.mona)

    shares = mona.get("/quadrants/time/", {"owner": str(cast.bob.uuid)}).context["shares"]

    assert [share.name for share in shares.people] == [cast.bob.display_name]
    assert shares.total.parts == (("A", pytest.approx(100)),)


def test_a_touch_older_than_four_weeks_takes_no_time_of_theirs(cast, scene, enter):
    Touch.objects.update(touched_on=scene.today - timedelta(days=28))

    shares = enter(cast.mona).get("/quadrants/time/").context["shares"]

    assert (shares.total, shares.people) == (None, ())
