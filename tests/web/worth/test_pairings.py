"""Rules about what goes with what: written by whoever keeps the library, they speak before what the orders show."""

import pytest
from django.test import Client

from tests.factories import make_customer
from tests.insights.world import bought, item
from tests.web.one_customer import HTMX, alice, story, today
from wendu.insights import jobs
from wendu.insights.models import Pairing
from wendu.insights.pairings import write_pairing
from wendu.jobs.actions import run_now
from wendu.journal.models import Entry
from wendu.kernel.clock import now

__all__ = ["alice", "story"]
pytestmark = pytest.mark.django_db
NEW = "/worth/next/rules/new/"
RULE = {
    "has": "滤芯",
    "also": "润滑油",
    "reason": "换滤芯的那天一起换油",
    "scenario": "年度停机",
    "talk": "油也该看看了",
}
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
REFUSED, FORBIDDEN = 422, 403


@pytest.fixture
def ada(story):
    client = Client()
    client.force_login(story.cast.ada, backend=BACKEND)
    return client


def rows(client):
    run_now(jobs.STUDY, actor=None)
    return client.get("/worth/next/").context["shown"].rows


def with_filters(story):
    (order,) = bought(make_customer(story.customer.owner, "有滤芯的"), 10, on=today())
    item(order, "滤芯")


def test_m113_one_rule_is_enough_however_few_orders_there_are(alice, ada, story):
    with_filters(story)

    assert ada.post(NEW, RULE, **HTMX).status_code == 204
    (row,) = rows(alice)

    assert (row.name, row.item, row.talk) == ("有滤芯的", "润滑油", "油也该看看了")
    assert "换滤芯的那天一起换油 · 年度停机" in row.why


def test_taken_back_it_proposes_nothing_and_brought_back_it_does_again(alice, ada, story):
    with_filters(story)
    rule = write_pairing(values=RULE, actor=story.cast.ada, at=now())

    ada.post(f"/worth/next/rules/{rule.uuid}/removal/")
    assert rows(alice) == ()
    ada.post(f"/worth/next/rules/{rule.uuid}/restoration/")
    assert len(rows(alice)) == 1
    verbs = Entry.objects.filter(verb__startswith="pairing.").order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["pairing.written", "pairing.taken_back", "pairing.brought_back"]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [({"also": "滤芯"}, "also"), ({"reason": ""}, "reason"), ({"has": ""}, "has"), ({"talk": "长" * 301}, "talk")],
)
def test_what_is_no_rule_is_refused_at_its_field(ada, wrong, field):
    answer = ada.post(NEW, {**RULE, **wrong}, **HTMX)

    assert (answer.status_code, list(answer.context["form"].errors)) == (REFUSED, [field])
    assert not Pairing.objects.exists()


def test_one_rule_for_one_pair(ada, story):
    write_pairing(values=RULE, actor=story.cast.ada, at=now())

    assert ada.post(NEW, RULE, **HTMX).status_code == REFUSED


def test_sent_twice_it_is_one_rule(ada, story):
    key = "0199a0d5-0000-7000-8000-000000000002"
    for _again in range(2):
        ada.post(NEW, {**RULE, "form_key": key}, **HTMX)

    assert Pairing.objects.count() == 1


def test_whoever_does_not_keep_the_library_writes_none(alice, story):
    rule = write_pairing(values=RULE, actor=story.cast.ada, at=now())

    assert alice.get(NEW).status_code == FORBIDDEN
    assert alice.post(NEW, {**RULE, "has": "水泵"}).status_code == FORBIDDEN
    assert alice.post(f"/worth/next/rules/{rule.uuid}/removal/").status_code == FORBIDDEN
    assert "写一条规则" not in alice.get("/worth/next/").content.decode()
