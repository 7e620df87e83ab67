"""A tender with thirty people asks no more questions than one with three, and shows every one of them."""

import re

import pytest

from tests.factories import lose, make_customer
from tests.factories.quotes import make_quote
from tests.web.counts import counted
from wendu.coach.facts import gather
from wendu.coach.frame import Frame
from wendu.desk.deal import deal_touches
from wendu.desk.timeline import heats_of
from wendu.kernel.clock import now
from wendu.ops.bench_deal import CARDS, PEOPLE, TOUCHES, big_deal

pytestmark = pytest.mark.django_db
SIZES = {"three": (3, 12, 6), "thirty": (PEOPLE, TOUCHES, CARDS)}
PAGES = ("deal room", "touches of a deal", "losses", "quote")


@pytest.fixture
def deals(cast):
    """A small and a large deal of Alice, alike in everything but their size."""
    made = {}
    for name, (people, touches, cards) in SIZES.items():
        customer = make_customer(cast.alice, f"招标人{name}")
        made[name] = big_deal(customer, cast.alice, now(), people=people, touches=touches, cards=cards)
        make_quote(made[name], ("空压站", 480_000_000), at=now())
    return made


def address(deal, page):
    return {
        "deal room": f"/opportunities/{deal.uuid}/",
        "touches of a deal": f"/opportunities/{deal.uuid}/touches/",
        "losses": "/opportunities/losses/",
        "quote": f"/quotes/{deal.quotes.get().uuid}/",
    }[page]


@pytest.mark.parametrize("page", PAGES)
def test_a_deal_of_three_and_of_thirty_people_ask_equally_many_questions(cast, deals, enter, page):
    alice = enter(cast.alice)
    alice.get(address(deals["three"], page))
    for deal in deals.values():
        alice.get(address(deal, page))  # what was opened before is asked for less: the second time they are alike
        if page == "losses":
            lose(deal, at=now(), on=Frame.at(now()).today)
        with counted(f"rep: large {page}"):
            assert alice.get(address(deal, page)).status_code == 200


def test_the_room_of_thirty_shows_everybody_and_what_is_missing(cast, deals, enter):
    page = enter(cast.alice).get(address(deals["thirty"], "deal room")).content.decode()

    assert all(page.count(f"评委{number:02d}") >= 2 for number in range(PEOPLE))
    assert "G1 还差什么" in page
    assert len(re.findall(r'class="cell (?:pr|un|mi|na)"', page)) >= PEOPLE * 8


def test_what_was_said_is_on_a_page_of_its_own_and_as_a_piece_for_the_room(cast, deals, enter):
    alice, url = enter(cast.alice), address(deals["thirty"], "touches of a deal")

    whole = alice.get(url).content.decode()
    piece = alice.get(url, HTTP_HX_REQUEST="true").content.decode()

    assert "<html" in whole
    assert "<html" not in piece
    assert piece.count("问了近况") == 30
    assert url in alice.get(address(deals["thirty"], "deal room")).content.decode()


def test_the_heat_beside_each_touch_is_that_of_the_whole_history(cast, deals):
    deal, frame = deals["thirty"], Frame.at(now())

    shown = {item.touch.pk: item.heat for item in deal_touches(cast.alice, deal, now())}
    folded = heats_of(gather([deal.customer_id], frame)[0]).of_touch

    assert len(shown) == 30
    assert shown == {pk: folded[pk] for pk in shown}
