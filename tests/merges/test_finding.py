"""Pairs that may be one: found by what they share, with the reasons, and never everybody against everybody."""

import pytest

from tests.cast import MONDAY
from tests.factories import make_contact, make_customer
from tests.factories.customers import make_customers
from wendu.customers.actions import add_contact_point, delete_customer
from wendu.customers.models import Customer
from wendu.jobs.actions import run_now
from wendu.jobs.choices import JobState
from wendu.jobs.delivery import perform
from wendu.jobs.run import Run
from wendu.kernel.clock import now
from wendu.kernel.errors import Denied
from wendu.kernel.names import normalise_name
from wendu.merges import finding, jobs
from wendu.merges.actions import merge_customers
from wendu.merges.cards import cards_of
from wendu.merges.finding import (
    JOB,
    NotSetAside,
    ScanRuns,
    begin_scan,
    resume_scan,
    stop_scan,
    tell_apart,
    undo_telling_apart,
)
from wendu.merges.models import Block, Pair, Scan
from wendu.merges.queries import latest_job, pairs_for, told_apart_for
from wendu.merges.scoring import BLOCK_AT_MOST, SHOWN_FROM, STRONG_FROM, Card, Likeness, keys_of, likeness


def card(pk, name, **more):
    more = {
        key: frozenset([value]) if key in ("numbers", "addresses", "people") else value for key, value in more.items()
    }
    return Card(pk, normalise_name(name), **more)


def codes(one, other):
    return [reason["code"] for reason in likeness(one, other).reasons]


@pytest.mark.parametrize(
    ("one", "other", "reasons"),
    [
        (card(1, "桐溪注塑有限公司"), card(2, "桐溪注塑（集团）股份有限公司"), ["same_name"]),
        (card(1, "桐溪注塑"), card(2, "苏州桐溪注塑有限公司", city="苏州"), ["name_alike"]),
        (card(1, "桐溪注塑"), card(2, "铜溪注塑"), ["name_alike", "sounds_alike"]),
        (card(1, "Northwind Traders"), card(2, "Northwnd Traders Ltd."), ["name_alike"]),
        (card(1, "桐溪注塑"), card(2, "桐溪注塑科技有限公司"), ["name_contains"]),
        (card(1, "张三", numbers="+8613800138000"), card(2, "李四商行", numbers="+8613800138000"), ["same_number"]),
        (card(1, "甲", addresses="a@b.cn"), card(2, "乙", addresses="a@b.cn"), ["same_address"]),
    ],
)
def test_why_two_may_be_one(one, other, reasons):
    found = likeness(one, other)

    assert [reason["code"] for reason in found.reasons] == reasons
    assert found.score >= SHOWN_FROM
    assert set(keys_of(one)) & set(keys_of(other))
    assert likeness(other, one).score == found.score


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (card(1, "砚湖轴承"), card(2, "澜岸重工")),
        (card(1, "赤湖轴承", city="宁波"), card(2, "赤湖轴承二分厂", city="台州")),
        (card(1, "华东电子科技"), card(2, "华南电子科技")),
        (card(1, "桐溪注塑", city="苏州"), card(2, "桐溪塑胶", city="苏州")),
        (card(1, "桐溪", city="苏州", people="王总"), card(2, "澜岸", city="苏州", people="王总")),
    ],
)
def test_what_is_nobodys_time_worth(one, other):
    assert likeness(one, other).score < SHOWN_FROM


def test_what_speaks_against_it_is_said():
    one, other = card(1, "赤湖轴承", city="宁波"), card(2, "赤湖轴承有限公司", city="台州", parent=1)

    assert codes(one, other) == ["same_name", "another_city", "parent_and_branch"]
    assert likeness(one, other).score < STRONG_FROM


def test_names_that_say_little_do_not_break_it():
    for name in ("甲", "A", "☃", "  . ", "有限公司"):
        assert keys_of(card(1, name))
        likeness(card(1, name), card(2, "桐溪注塑"))


pytestmark = pytest.mark.django_db


def looked(cast):
    scan = begin_scan(actor=cast.ada, at=now())
    perform(latest_job(scan).pk)
    scan.refresh_from_db()
    return scan


def names(rows):
    return [(row.first.name, row.second.name) for row in rows]


def test_all_pairs_are_found_and_everybody_sees_those_of_which_they_see_both(cast):
    make_customer(cast.alice, "桐溪注塑有限公司", city="苏州")
    make_customer(cast.bob, "苏州桐溪注塑厂有限公司", city="苏州")
    make_customer(cast.charlie, "桐溪注塑")
    make_customer(cast.charlie, "竹间日化")

    scan = looked(cast)

    assert scan.customers == 4
    assert len(pairs_for(cast.ada)) == 3
    assert names(pairs_for(cast.mona)) == [("桐溪注塑有限公司", "苏州桐溪注塑厂有限公司")]
    assert [list(pairs_for(who)) for who in (cast.nora, cast.alice, cast.sam, cast.mia, cast.eve)] == [[]] * 5
    assert not Block.objects.exists()


def test_a_number_in_common_is_found_wherever_it_stands(cast):
    one, other = make_customer(cast.alice, "砚湖轴承"), make_customer(cast.bob, "澜岸重工")
    add_contact_point(customer=one, kind="phone", value="0512-66668888", actor=cast.alice, at=MONDAY)
    make_contact(other, "何立群", points=[("phone", "+86 512 6666 8888")])

    looked(cast)

    assert pairs_for(cast.ada).get().reasons == [{"code": "same_number"}]


def test_what_everybody_shares_tells_nobody_apart(cast):
    for place in range(BLOCK_AT_MOST + 1):
        row = make_customer(cast.alice, f"{chr(0x4E00 + 37 * place)}{chr(0x5E00 + 41 * place)}")
        add_contact_point(customer=row, kind="phone", value="0512-66668888", actor=cast.alice, at=MONDAY)

    scan = looked(cast)

    assert scan.crowded > 0
    assert not any(reason["code"] == "same_number" for pair in Pair.objects.all() for reason in pair.reasons)


def test_who_is_gone_is_in_no_pair(cast):
    one, other, third = (make_customer(cast.alice, f"桐溪注塑{end}") for end in ("", "有限公司", "集团"))
    looked(cast)
    assert len(pairs_for(cast.ada)) == 3

    delete_customer(customer=third, actor=cast.alice, at=MONDAY)
    assert names(pairs_for(cast.ada)) == [(one.name, other.name)]
    merge_customers(kept=one, gone=other, actor=cast.mona, at=MONDAY)
    assert list(pairs_for(cast.ada)) == []
    looked(cast)
    assert not Pair.objects.exists()


def test_two_that_were_told_apart_stay_apart_until_that_is_taken_back(cast):
    one, other = make_customer(cast.alice, "桐溪注塑"), make_customer(cast.bob, "桐溪注塑有限公司")
    looked(cast)

    said = tell_apart(one=other, other=one, actor=cast.mona, at=MONDAY)

    assert tell_apart(one=one, other=other, actor=cast.mona, at=MONDAY).pk == said.pk
    looked(cast)
    assert list(pairs_for(cast.ada)) == []
    assert list(told_apart_for(cast.mona)) == [said]
    undo_telling_apart(distinct=said, actor=cast.mona, at=MONDAY)
    assert len(pairs_for(cast.mona)) == 1
    with pytest.raises(NotSetAside):
        undo_telling_apart(distinct=said, actor=cast.mona, at=MONDAY)
    assert list(told_apart_for(cast.nora)) == []


@pytest.mark.parametrize("who", ["alice", "bob", "charlie", "sam", "mia", "eve"])
def test_only_who_leads_looks_and_tells_apart(cast, who):
    one, other = make_customer(cast.alice, "桐溪注塑"), make_customer(cast.bob, "桐溪注塑有限公司")
    person = getattr(cast, who)

    with pytest.raises(Denied):
        begin_scan(actor=person, at=MONDAY)
    with pytest.raises(Denied):
        tell_apart(one=one, other=other, actor=person, at=MONDAY)


def test_one_search_at_a_time(cast):
    begin_scan(actor=cast.ada, at=MONDAY)

    with pytest.raises(ScanRuns):
        begin_scan(actor=cast.mona, at=MONDAY)


def test_a_search_that_was_stopped_goes_on_where_it_stopped(cast, monkeypatch):
    make_customers(cast.alice, 12)
    for end in ("", "有限公司", "集团"):
        make_customer(cast.alice, f"桐溪注塑{end}")
    monkeypatch.setattr(jobs, "GIVEN", 4)
    monkeypatch.setattr(jobs, "COMPARED", 2)
    scan = begin_scan(actor=cast.ada, at=now())
    batches, usual = iter(range(1000)), Run.batch

    def stopping(self):
        if next(batches) == 6:
            stop_scan(scan=scan, actor=cast.mona, at=now())
        return usual(self)

    monkeypatch.setattr(Run, "batch", stopping)
    perform(latest_job(scan).pk)
    assert latest_job(scan).state == JobState.CANCELLED
    cursor = latest_job(scan).cursor
    assert cursor["given"] > 0

    resume_scan(scan=scan, actor=cast.ada, at=now())
    perform(latest_job(scan).pk)

    scan.refresh_from_db()
    assert latest_job(scan).state == JobState.DONE
    assert scan.customers == 15
    assert len(pairs_for(cast.ada).filter(first__name__startswith="桐溪")) == 3


def test_the_work_grows_with_the_customers_not_with_their_square(cast, monkeypatch):
    """However alike they are called, nobody is compared with more than a few dozen others per key."""
    make_customers(cast.alice, 400)  # all of them begin and sound alike
    scan, counted = Scan.objects.create(actor=cast.ada, begun_at=now()), []
    monkeypatch.setattr(finding, "likeness", lambda one, other: counted.append((one.pk, other.pk)) or Likeness(0.0))

    run_now(JOB, actor=cast.ada, scan=scan.pk)

    keys = max(len(keys_of(one)) for one in cards_of(Customer.objects.values_list("pk", flat=True)).values())
    assert 0 < len(counted) <= 400 * keys * (BLOCK_AT_MOST - 1) / 2
