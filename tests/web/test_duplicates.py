"""Duplicates through the web door: what is said while typing, the search, and pairs told apart."""

import pytest

from tests.factories import make_contact, make_customer
from tests.web.one_customer import HTMX
from wendu.customers.actions import add_contact_point
from wendu.jobs.delivery import perform
from wendu.kernel.clock import now
from wendu.merges.finding import begin_scan
from wendu.merges.models import Distinct, Scan
from wendu.merges.queries import latest_job

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair(cast):
    one = make_customer(cast.alice, "桐溪注塑有限公司", city="苏州")
    return one, make_customer(cast.bob, "苏州桐溪注塑厂", city="苏州")


def searched(cast):
    scan = begin_scan(actor=cast.ada, at=now())
    perform(latest_job(scan).pk)
    return scan


def typed(client, **said):
    return client.get("/customers/similar/", said, **HTMX).content.decode()


@pytest.mark.parametrize("name", ["桐溪注塑", "铜溪注塑", "苏州桐溪注塑有限责任公司", "桐溪注塑科技集团"])
def test_while_typing_those_one_sees_are_named_with_the_reason(cast, pair, enter, name):
    said = typed(enter(cast.alice), name=name, city="苏州")

    assert pair[0].name in said
    assert str(pair[0].uuid) in said
    assert "%" in said
    assert "名称" in said or "读音" in said


def test_of_those_one_does_not_see_nothing_is_said(cast, pair, enter):
    nothing = typed(enter(cast.charlie), name="毫无关系的名字")

    for name in ("桐溪注塑有限公司", "桐溪注塑", "苏州桐溪注塑厂"):
        assert typed(enter(cast.charlie), name=name) == nothing
    for value in ("13800138000",):
        make_contact(pair[0], "叶青", points=[("mobile", value)])
        assert enter(cast.charlie).get("/duplicates/reach/", {"mobile": value}).content.strip() == b""


def test_while_typing_a_number_the_person_who_has_it_is_named(cast, pair, enter):
    make_contact(pair[0], "叶青", points=[("mobile", "13800138000"), ("email", "ye@example.com")])
    add_contact_point(customer=pair[0], kind="phone", value="0512-66668888", actor=cast.alice, at=now())
    alice = enter(cast.alice)

    for said in ({"mobile": "138 0013 8000"}, {"email": "YE@example.com"}):
        page = alice.get("/duplicates/reach/", said).content.decode()
        assert "叶青" in page
        assert pair[0].name in page
    for said in ({}, {"mobile": "138"}, {"mobile": "\x00"}, {"email": "ye@"}, {"mobile": "9" * 900}):
        assert alice.get("/duplicates/reach/", said).content.strip() == b""
    assert "duplicates/reach" in alice.get(f"/customers/{pair[0].uuid}/contacts/new/").content.decode()


@pytest.mark.parametrize("name", ["", "甲", " ", "\x00", "长" * 900, "%_", "有限公司"])
def test_whatever_is_typed_is_answered(cast, pair, enter, name):
    assert enter(cast.alice).get("/customers/similar/", {"name": name}).status_code == 200


def test_the_page_shows_pairs_with_reasons_and_ways_on(cast, pair, enter):
    searched(cast)

    page = enter(cast.mona).get("/duplicates/").content.decode()

    assert "桐溪注塑有限公司" in page
    assert "同城" in page
    assert f"/merges/with/{pair[0].uuid}/{pair[1].uuid}/" in page
    assert "桐溪" not in enter(cast.nora).get("/duplicates/").content.decode()
    for who in ("alice", "sam", "mia", "eve"):
        assert enter(getattr(cast, who)).get("/duplicates/").status_code == 403


def test_a_search_is_begun_shown_stopped_and_goes_on(cast, pair, enter):
    mona = enter(cast.mona)
    assert "还没查过" in mona.get("/duplicates/").content.decode()

    assert mona.post("/duplicates/").status_code == 302
    scan = Scan.objects.get()
    assert "正在查重" in mona.get("/duplicates/", **HTMX).content.decode()
    assert mona.post("/duplicates/").status_code == 422
    mona.post(f"/duplicates/searches/{scan.uuid}/stop/")
    assert "停下了" in mona.get("/duplicates/").content.decode()
    mona.post(f"/duplicates/searches/{scan.uuid}/resumption/")
    perform(latest_job(scan).pk)

    assert "桐溪注塑有限公司" in mona.get("/duplicates/").content.decode()


def test_two_told_apart_lie_aside_and_come_back(cast, pair, enter):
    searched(cast)
    mona = enter(cast.mona)

    said = mona.post(f"/duplicates/{pair[0].uuid}/{pair[1].uuid}/apart/", follow=True).content.decode()

    row = Distinct.objects.get()
    assert f"/duplicates/apart/{row.uuid}/return/" in said
    assert "并排看" not in said
    assert "桐溪" in mona.get("/duplicates/apart/").content.decode()
    assert "桐溪" not in enter(cast.nora).get("/duplicates/apart/").content.decode()
    assert enter(cast.nora).post(f"/duplicates/apart/{row.uuid}/return/").status_code == 404
    assert "并排看" in mona.post(f"/duplicates/apart/{row.uuid}/return/", follow=True).content.decode()


def test_pages_of_pairs_bear_any_number(cast, pair, enter):
    for page in ("0", "-1", "x", "999999999", "\x00"):
        assert enter(cast.mona).get("/duplicates/", {"page": page}).status_code == 200


def test_the_palette_leads_there(cast, enter):
    assert "/duplicates/" in enter(cast.mona).get("/search/?q=重复").content.decode()
    assert "/duplicates/" not in enter(cast.alice).get("/search/?q=重复").content.decode()
