"""A table of contracts: written down, corrected and taken further by files, and the same again on the way back."""

from datetime import date, timedelta

import pytest

from tests.cast import MONDAY
from tests.exchange.bringing import bring, reasons, table
from tests.factories import make_customer
from wendu.agreements.actions import delete_contract
from wendu.agreements.models import Contract
from wendu.exchange.exporting import run_export
from wendu.exchange.previewing import preview

pytestmark = pytest.mark.django_db
HEAD = (
    "合同编号,客户,合同名称,类型,状态,金额,币种,签订日期,生效日期,到期日期,提前天数,自动续期,"
    "终止日期,终止原因,接替的合同,负责人,存放位置,条款\n"
)
FRAME = "HT-1,华信,年度框架,框架,履行中,120000,,2025-03-20,2025-04-01,2026-03-31,60,是,,,,alice,三号柜,月结 30 天\n"
DRAFT = ",华信,维保,服务,,,,,,,,,,,,,,\n"
OVER = "HT-0,华信,旧框架,框架,已终止,80000,CNY,2024-03-20,2024-04-01,2025-03-31,,否,2025-02-01,换了范围,,,,\n"
NEXT = "HT-2,华信,下一年框架,框架,已签,130000,,2026-02-20,2026-04-01,2027-03-31,,,,,HT-1,,,\n"
ROWS = HEAD + FRAME + DRAFT + OVER + NEXT
NAMES = (
    *("number", "title", "kind", "state", "amount_minor", "signed_on", "starts_on", "ends_on", "notice_days"),
    *("renews", "ended_on", "follows__number", "owner__username", "paper", "terms"),
)


@pytest.fixture(autouse=True)
def home(cast):
    return make_customer(cast.alice, "华信")


def told():
    return list(Contract.objects.standing().order_by("number", "title").values_list(*NAMES))


def test_they_come_in_as_they_stand_in_the_other_system(cast, tmp_path):
    report = bring(table(tmp_path, ROWS), "contracts", cast.alice)

    assert (reasons(report), report.created) == ([], 4)
    draft, over, frame, later = (dict(zip(NAMES, row, strict=True)) for row in told())
    assert (frame["amount_minor"], frame["state"], frame["renews"], frame["notice_days"]) == (
        *(12_000_000, "running", True, 60),
    )
    assert (frame["owner__username"], frame["paper"], frame["terms"]) == ("alice", "三号柜", "月结 30 天")
    assert (draft["state"], draft["kind"], draft["amount_minor"]) == ("draft", "service", None)
    assert (over["state"], over["ended_on"]) == ("terminated", date(2025, 2, 1))
    assert Contract.objects.get(number="HT-0").moves.get().reason == "换了范围"
    assert (later["state"], later["follows__number"]) == ("signed", "HT-1")


def test_what_a_try_says_is_what_becomes_of_it(cast, tmp_path):
    path = table(tmp_path, ROWS + FRAME + "HT-9,没有,框架,,,,,,,,,,,,,,,\n")
    tried = preview(path, kind="contracts", actor=cast.alice, at=MONDAY)
    assert told() == []

    done = bring(path, "contracts", cast.alice)

    assert (tried.created, tried.rejected) == (done.created, done.rejected) == (4, 2)
    assert reasons(tried) == reasons(done) == [(6, "", "said_twice"), (7, "客户", "customer_not_found")]


@pytest.mark.parametrize("on_match", ["update", "fill", "skip"])
def test_the_same_file_twice_changes_nothing(cast, tmp_path, on_match):
    bring(table(tmp_path, ROWS), "contracts", cast.alice)
    before = told()

    again = bring(table(tmp_path, ROWS), "contracts", cast.alice, on_match=on_match)

    assert (reasons(again), again.unchanged, told()) == ([], 4, before)


def test_a_later_file_corrects_and_takes_further(cast, tmp_path):
    bring(table(tmp_path, ROWS), "contracts", cast.alice)
    ended = FRAME.replace("履行中", "已结束").replace("120000", "125000").replace("是,,", "是,2026-02-28,")
    signed = "HT-3,华信,维保,服务,履行中,9800,,2026-01-05,,,,,,,,,,\n"

    report = bring(table(tmp_path, HEAD + ended + signed), "contracts", cast.alice)

    assert (reasons(report), report.updated) == ([], 2)
    frame, care = (Contract.objects.get(number=number) for number in ("HT-1", "HT-3"))
    assert (frame.state, frame.ended_on, frame.amount_minor) == ("ended", date(2026, 2, 28), 12_500_000)
    assert [move.to_state for move in care.moves.order_by("pk")] == ["signed", "running"]
    assert Contract.objects.count() == 4


def test_filling_writes_only_where_nothing_stands(cast, tmp_path):
    bring(table(tmp_path, HEAD + "HT-1,华信,年度框架,,,100,,,2025-04-01,,,,,,,,,\n"), "contracts", cast.alice)

    report = bring(table(tmp_path, HEAD + FRAME), "contracts", cast.alice, on_match="fill")

    row = Contract.objects.get()
    assert (report.updated, row.state, row.amount_minor, row.paper) == (1, "draft", 10_000, "三号柜")


@pytest.mark.parametrize(
    ("row", "column", "code"),
    [
        ("HT-1,,框架,,,,,,,,,,,,,,,", "客户", "value_missing"),
        ("HT-1,华信,,,,,,,,,,,,,,,,", "合同名称", "value_missing"),
        ("HT-1,华信,框架,买卖,,,,,,,,,,,,,,", "类型", "unknown_word"),
        ("HT-1,华信,框架,,飞了,,,,,,,,,,,,,", "状态", "unknown_word"),
        ("HT-1,华信,框架,,,-1,,,,,,,,,,,,", "金额", "negative_amount"),
        ("HT-1,华信,框架,,,一百,,,,,,,,,,,,", "金额", "unreadable_amount"),
        ("HT-1,华信,框架,,,1,USD,,,,,,,,,,,", "币种", "other_currency"),
        ("HT-1,华信,框架,,已签,,,,,,,,,,,,,", "签订日期", "value_missing"),
        ("HT-1,华信,框架,,,,,2999-01-01,,,,,,,,,,", "签订日期", "day_to_come"),
        ("HT-1,华信,框架,,,,,2025-01-01,2025-04-01,2025-03-01,,,,,,,,", "到期日期", "contract_out_of_time"),
        ("HT-1,华信,框架,,,,,,,,800,,,,,,,", "提前天数", "unreadable_number"),
        ("HT-1,华信,框架,,,,,,,,,也许,,,,,,", "自动续期", "unknown_word"),
        ("HT-1,华信,框架,,已结束,,,2025-01-01,,,,,,,,,,", "终止日期", "value_missing"),
        ("HT-1,华信,框架,,已终止,,,2025-01-01,,,,,2025-06-01,,,,,", "终止原因", "value_missing"),
        ("HT-1,华信,框架,,履行中,,,2025-01-01,,,,,2025-06-01,,,,,", "状态", "state_and_end"),
        ("HT-1,华信,框架,,,,,,,,,,,,HT-8,,,", "接替的合同", "contract_not_found"),
        ("HT-1,华信,框架,,,,,,,,,,,,,谁也不是,,", "负责人", "person_not_found"),
    ],
)
def test_what_cannot_be_stays_outside_with_its_reason(cast, tmp_path, row, column, code):
    report = bring(table(tmp_path, HEAD + row + "\n"), "contracts", cast.alice)

    assert [(each[1], each[2]) for each in reasons(report)] == [(column, code)]
    assert not Contract.objects.exists()


@pytest.mark.parametrize(
    ("old", "new", "column"),
    [("已终止", "履行中", "状态"), ("2025-02-01", "2025-01-01", "终止日期")],
)
def test_what_ended_is_not_opened_again_by_a_file(cast, tmp_path, old, new, column):
    bring(table(tmp_path, HEAD + OVER), "contracts", cast.alice)
    before, row = told(), OVER.replace(old, new)
    if new == "履行中":
        row = row.replace("2025-02-01", "").replace("换了范围", "")

    report = bring(table(tmp_path, HEAD + row), "contracts", cast.alice)

    assert [(each[1], each[2]) for each in reasons(report)] == [(column, "contract_stands")]
    assert told() == before


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_what_goes_out_comes_back_the_same_here_and_elsewhere(cast, tmp_path, ending):
    bring(table(tmp_path, ROWS), "contracts", cast.alice)
    path, before = tmp_path / f"out.{ending}", told()
    run_export(path, kind="contracts", actor=cast.alice, at=MONDAY)

    here = bring(path, "contracts", cast.alice)
    assert (reasons(here), here.unchanged, told()) == ([], 4, before)
    Contract.objects.all().delete()
    there = bring(path, "contracts", cast.alice)

    assert (reasons(there), there.created, told()) == ([], 4, before)
    assert Contract.objects.get(number="HT-0").moves.get().reason == "换了范围"


def test_one_that_was_deleted_stays_away(cast, tmp_path):
    bring(table(tmp_path, HEAD + FRAME), "contracts", cast.alice)
    delete_contract(contract=Contract.objects.get(), actor=cast.alice, at=MONDAY + timedelta(hours=1))

    report = bring(table(tmp_path, HEAD + FRAME), "contracts", cast.alice)

    assert (report.unchanged, told()) == (1, [])


def test_an_outsider_brings_in_and_takes_out_nothing(cast, tmp_path):
    bring(table(tmp_path, HEAD + FRAME), "contracts", cast.alice)
    path, before = tmp_path / "out.csv", told()
    run_export(path, kind="contracts", actor=cast.charlie, at=MONDAY)
    make_customer(cast.charlie, "别家")
    theirs = FRAME.replace("华信", "别家").replace("alice", "")

    report = bring(table(tmp_path, HEAD + FRAME + theirs), "contracts", cast.charlie)

    assert [code for _, _, code in reasons(report)] == ["customer_not_found", "contract_number_taken"]
    assert "HT-1" not in path.read_text("utf-8-sig")
    assert told() == before


def test_what_rows_are_looked_up_by_does_not_grow_with_them(cast, tmp_path, django_assert_max_num_queries):
    rows = "".join(f"N{number},华信,合同{number},,,10,,2025-06-01,,,,,,,,,,\n" for number in range(40))
    bring(table(tmp_path, HEAD + rows), "contracts", cast.alice)

    with django_assert_max_num_queries(110):  # two savepoints a row, and what a batch asks
        assert bring(table(tmp_path, HEAD + rows), "contracts", cast.alice).unchanged == 40
