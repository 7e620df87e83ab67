"""Finding: the right things, for the right people, best first."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories.customers import make_contact, make_customer
from wendu.access.masking import MASKED_ROLES
from wendu.customers.actions import delete_customer
from wendu.customers.models import Collaborator
from wendu.search import queries
from wendu.search.actions import forget, forget_many, index, index_many
from wendu.search.findable import Findable
from wendu.search.models import Entry
from wendu.search.queries import find

pytestmark = pytest.mark.django_db


@pytest.fixture(params=["few", "some", "many"], autouse=True)
def how_many_are_seen(request, monkeypatch):
    """The three ways of reading: all of one's few customers, the index beside the keys of some, the index alone."""
    monkeypatch.setattr(queries, "NARROW", 2000 if request.param == "few" else 0)
    monkeypatch.setattr(queries, "MIDDLING", 0 if request.param == "many" else 10_000)


def titles(text, user, **options):
    return [entry.title for entry in find(text, user=user, **options)]


def name(owner, title, *, text="", secrets=()):
    """A customer found by exactly this."""
    customer = make_customer(owner, title)
    index(customer, customer=customer, title=title, texts=[text], secrets=secrets)
    return customer


@pytest.fixture
def tencent(cast):
    return name(
        cast.alice, "深圳市腾讯计算机系统有限公司", text="K-2031 南山", secrets=["+8613812345678", "pony@qq.com"]
    )


FOUND_BY_SIGNS = ["腾", "讯计", "腾讯计算机", "系统有限", "深圳市腾讯计算机系统有限公司", "南山"]
FOUND_BY_SOUND = ["tengxun", "tengx", "shenzhenshiteng", "xunjisuanji", "szs", "txjsj", "jsjxt", "ＴＸ"]
FOUND_BY_NUMBER = ["k", "2031", "K-2031", "5678", "345678", "13812345678", "1381", "pony", "pony@qq.com"]
FOUND_BY_WORDS = ["深圳 系统", "腾讯 k", "腾讯 tx 南山", "138 1234 5678", "+86 138-1234-5678", "腾讯 5678"]
NOT_FOUND_BY = ["", "  ", "'", '"', "*", "%", "腾 OR", "讯腾", "计腾讯", "腾讯系统", "tengxunx", "678", "K-2032"]
NOT_FOUND_BY += ["腾" * 500]


@pytest.mark.parametrize("typed", [*FOUND_BY_SIGNS, *FOUND_BY_SOUND, *FOUND_BY_NUMBER, *FOUND_BY_WORDS])
def test_a_customer_is_found_by(typed, cast, tencent):
    assert titles(typed, cast.alice) == [tencent.name]


@pytest.mark.parametrize("typed", NOT_FOUND_BY)
def test_a_customer_is_not_found_by(typed, cast, tencent):
    assert titles(typed, cast.alice) == []


def test_only_who_sees_the_customer_finds_it(cast, tencent):
    for person in cast.everyone:
        sees = person in (cast.alice, cast.mona, cast.sam, cast.mia, cast.eve, cast.ada)
        assert bool(titles("腾讯", person)) is sees, person

    Collaborator.objects.create(customer=tencent, user=cast.charlie, since=tencent.created_at)
    assert titles("腾讯", cast.charlie) == [tencent.name]


def test_nobody_finds_nothing(cast, tencent):
    assert find("腾讯", user=None) == []


def test_what_a_role_may_not_read_it_cannot_search_by(cast, tencent):
    for person in cast.everyone:
        if person.role in MASKED_ROLES:
            assert titles("5678", person) == titles("pony", person) == titles("腾讯 5678", person) == []
            assert titles("2031", person) == [tencent.name]

    Collaborator.objects.create(customer=tencent, user=cast.mia, since=tencent.created_at)
    assert titles("5678", cast.mia) == [tencent.name]


def test_a_deleted_customer_is_not_found(cast, tencent):
    delete_customer(customer=tencent, actor=cast.alice, at=tencent.created_at)

    assert titles("腾讯", cast.alice) == titles("腾讯", cast.ada) == []


def test_the_name_itself_comes_first_then_beginnings_then_names_then_the_rest(cast):
    for title, text in [("远航", ""), ("一帆远航", ""), ("王某", "远航的人"), ("远航科技", ""), ("北京远航", "")]:
        name(cast.alice, title, text=text)

    found = titles("远航", cast.alice)

    assert found[:2] == ["远航", "远航科技"]
    assert set(found[2:4]) == {"一帆远航", "北京远航"}
    assert found[4] == "王某"


def test_an_early_name_is_found_among_many_late_ones(cast, monkeypatch):
    monkeypatch.setattr(queries, "CANDIDATES", 20)
    name(cast.alice, "甲科技")
    for number in range(12):
        name(cast.alice, f"乙{number}科技园区")

    assert len(titles("科技", cast.alice, limit=1)) == 1
    assert "甲科技" in titles("科技", cast.alice, limit=20)
    assert titles("甲科", cast.alice) == ["甲科技"]


def test_pairs_that_stand_apart_are_not_taken_for_one_word(cast, monkeypatch):
    monkeypatch.setattr(queries, "CANDIDATES", 20)
    name(cast.alice, "甲乙丙")
    for _ in range(6):
        name(cast.alice, "乙丙与甲乙")

    assert titles("甲乙丙", cast.alice) == ["甲乙丙"]


def test_kinds_narrow_what_is_found(cast, tencent):
    make_contact(tencent, "腾小讯")

    assert {entry.kind for entry in find("腾", user=cast.alice)} == {"customer", "contact"}
    assert [entry.kind for entry in find("腾", user=cast.alice, kinds=["contact"])] == ["contact"]


def test_a_thing_is_found_by_its_new_name_only(cast, tencent):
    index(tencent, customer=tencent, title="南京云锦")

    assert titles("腾讯", cast.alice) == titles("5678", cast.alice) == []
    assert titles("云锦", cast.alice) == titles("yunj", cast.alice) == ["南京云锦"]


def test_a_forgotten_thing_is_not_found(cast, tencent):
    forget(tencent)
    forget_many("customer", [tencent.pk])

    assert titles("腾讯", cast.alice) == []


def test_indexing_many_takes_few_queries_and_can_be_repeated(cast, tencent, django_assert_max_num_queries):
    things = [
        Findable(kind="thing", object_id=n % 300, object_uuid=uuid4(), customer_id=tencent.pk, title=f"物件{n}")
        for n in range(600)
    ]
    with django_assert_max_num_queries(16):
        assert index_many(things) == 400  # of each batch, the latest of a thing

    assert Entry.objects.filter(kind="thing").count() == 300
    assert titles("物件599", cast.alice) == ["物件599"]
    assert titles("物件299", cast.alice) == []


def test_over_long_names_are_cut_and_still_found(cast, tencent):
    index(tencent, customer=tencent, title="长" * 400, subtitle="短" * 400, texts=["文" * 5000], secrets=["9" * 500])

    assert titles("长长长", cast.alice) == ["长" * 300]


def test_sqlite_keeps_its_index_by_triggers(cast, tencent):
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'search_entry'")
        assert {row[0] for row in cursor.fetchall()} == {
            "search_entry_added", "search_entry_removed", "search_entry_changed",
        }  # fmt: skip
        cursor.execute("INSERT INTO search_words (search_words, rank) VALUES ('integrity-check', 1)")


@pytest.mark.parametrize(("middling", "is_passed_over"), [(10_000, True), (0, False)])
def test_what_many_others_hold_is_passed_over_by_its_key(cast, monkeypatch, middling, is_passed_over):
    """Entries of others are not read to ask whose they are."""
    monkeypatch.setattr(queries, "NARROW", 0)
    monkeypatch.setattr(queries, "MIDDLING", middling)
    for number in range(5):
        name(cast.charlie, f"外区泵业{number}")
    name(cast.alice, "安澜泵业")

    with CaptureQueriesContext(connection) as asked:
        assert titles("泵业", cast.alice) == ["安澜泵业"]

    matched = [query["sql"] for query in asked if "MATCH" in query["sql"]]
    assert connection.vendor == "postgresql" or matched
    assert all(("+w.rowid IN" in sql) is is_passed_over for sql in matched)
