"""The card of the model: who speaks and why, in plain words, and nothing of a single customer."""

import pytest

from tests.analytics.cdnow import cdnow
from tests.insights.world import four
from tests.web.one_customer import alice, story, today
from wendu.insights import jobs
from wendu.insights.actions import finish_study
from wendu.insights.facts import Ground
from wendu.insights.fitting import learnt
from wendu.insights.in_place import collapsed
from wendu.jobs.actions import run_now

__all__ = ["alice", "story"]
pytestmark = pytest.mark.django_db
URL = "/worth/model/"


def test_before_the_first_night_it_says_when_to_come_back(alice):
    assert "还没有统计过" in alice.get(URL).content.decode()


def test_with_few_orders_the_rule_speaks_and_it_says_why(alice, story):
    four(story.customer.owner, on=today())
    run_now(jobs.STUDY, actor=None)

    page = alice.get(URL)

    assert page.context["card"].model_speaks is False
    assert "还学不出来" in page.content.decode()
    assert story.customer.name not in page.content.decode()


def test_where_the_model_did_better_it_says_by_how_much(alice, story):
    rows = cdnow("sample").rows
    purchases = zip(rows.customer.tolist(), rows.day.tolist(), rows.gross.tolist(), strict=True)
    found = learnt(collapsed(purchases), on=today().fromordinal(int(rows.day.max())), years=3, discount=0.1)
    finish_study(ground=Ground.on(today()), kept={"b2c": [3, 4], "": [3, 4]}, learnt=found)
    alice.cookies["django_language"] = "en"

    page = alice.get(URL)
    card = page.context["card"]

    assert card.verdict == "The model speaks: on 6 of 6 days of your past it missed by less, 48% in all."
    assert (len(card.origins), len(card.bins), card.kept[0].percent) == (6, 10, 75.0)
    assert "In the next 68 days" in card.drift_words
