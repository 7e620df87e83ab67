"""The question bank as a page."""

import re

import pytest
from django.test import Client

from tests.cast import call_the_cast
from wendu.kernel.clock import now
from wendu.packs.actions import draft_pack, publish_draft, remove_piece
from wendu.packs.queries import current_playbook, version_name

pytestmark = [pytest.mark.django_db, pytest.mark.once]
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def rep():
    client = Client(headers={"accept-language": "zh-hans"})
    client.force_login(call_the_cast().alice, backend=BACKEND)
    return client


def shown(page):
    return re.findall(r'<section class="bank-problem" id="(\w+)"', page.content.decode())


def test_m68_the_bank_is_looked_up_by_trade_person_kind_and_words(rep):
    everything = shown(rep.get("/talks/questions/"))
    food = shown(rep.get("/talks/questions/?trade=food"))
    families = shown(rep.get("/talks/questions/?trade=b2c"))

    assert len(everything) > 30
    assert {"shelf_loss", "recipe_cost"} <= set(food) < set(everything)
    assert "family_income" in families
    assert "changeover" not in families
    assert shown(rep.get("/talks/questions/?q=换型")) == ["changeover"]
    assert shown(rep.get("/talks/questions/?trade=any&who=finance&kind=payoff"))


def test_only_the_questions_wanted_are_listed(rep):
    page = rep.get("/talks/questions/?q=changeover&kind=payoff&who=decider").content.decode()

    assert "要是换型压到二十分钟以内" in page
    assert "换型的时候，最磨人的" not in page


@pytest.mark.parametrize("asked", ["q=zzzz", "trade=nowhere&q=zzzz", "q=%00"])
def test_what_is_not_there_says_so_and_shows_the_way_back(rep, asked):
    page = rep.get(f"/talks/questions/?{asked}")

    assert page.status_code == 200
    assert ("没有这样的问题" in page.content.decode()) == ("zzzz" in asked)


def test_a_trade_taken_out_of_the_list_leaves_its_problems_on_the_page(cast, enter):
    draft = draft_pack(base=version_name(current_playbook()), actor=cast.ada, at=now())
    draft = remove_piece(draft=draft, place="factors.industry.textile", actor=cast.ada, at=now())
    publish_draft(draft=draft, actor=cast.ada, at=now())

    page = enter(cast.alice).get("/talks/questions/").content.decode()

    assert "他说的这件事" in page
    assert "{problem}" not in page
    assert "textile" not in page
