"""Files that cannot be read whole, in both languages, and texts that a spreadsheet would compute."""

import csv
import json
import re

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from tests.exchange.bringing import bring, table
from wendu.exchange.cells import as_string, freed, guarded
from wendu.exchange.errors import FileRefused
from wendu.exchange.maps import load_map
from wendu.exchange.reading import open_table
from wendu.exchange.report import Rejection, Report

texts = st.text(st.characters(codec="utf-8", exclude_categories=("Cs",))) | st.from_regex(r"'*[ \t]*[=+\-@＝']?x?")


@given(texts)
def test_a_guarded_text_comes_back_as_it_was(text):
    assert freed(guarded(text)) == text
    assert freed(as_string(text)) == text
    assert guarded(text).lstrip()[:1] not in set("=+-@")


@given(st.lists(st.sampled_from(["created", "updated", "unchanged", "rejected"]), max_size=40))
def test_the_counts_of_a_report_always_add_up(outcomes):
    report = Report()
    for number, what in enumerate(outcomes, start=2):
        if what == "rejected":
            report.reject(Rejection(number, "a", "b", "c"), Rejection(number, "d", "e", "f"))
        else:
            report.accept(what)

    assert report.accepted + report.rejected == report.rows == len(outcomes)
    assert len(list(report.rejections())) == 2 * outcomes.count("rejected")
    report.close()


def test_a_report_is_json_with_exactly_these_keys(tmp_path):
    report = Report()
    report.accept("created")
    report.reject(Rejection(3, "手机", "bad_phone", "不对"))

    report.write(tmp_path / "report.json")

    told = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))
    assert list(told) == ["rows", "accepted", "created", "updated", "unchanged", "rejected", "rejections"]
    assert told["rejections"] == [{"row": 3, "column": "手机", "code": "bad_phone", "message": "不对"}]


@pytest.mark.parametrize(
    "name,content,code",
    [
        ("a.csv", b"", "empty_file"),
        ("a.csv", b"foo,bar\n1,2\n", "no_header"),
        ("a.csv", b"city,province\n1,2\n", "column_missing"),
        ("a.csv", b"name\n\xff\xff\xff\n", "unreadable_encoding"),
        ("a.csv", b'name,note\nA,"never closed\nB,\n', "broken_table"),
        ("a.xlsx", b"no workbook", "broken_workbook"),
        ("a.pdf", b"x", "unknown_format"),
    ],
)
def test_a_file_that_cannot_be_read_whole_is_refused_whole(cast, tmp_path, name, content, code):
    (tmp_path / name).write_bytes(content)

    with pytest.raises(FileRefused) as refused:
        bring(tmp_path / name, "customers", cast.ada)

    assert refused.value.code == code


@pytest.mark.parametrize("sign", [",", "\t", ";"])
def test_the_delimiter_is_found(tmp_path, sign):
    found = open_table(table(tmp_path, sign.join(["name", "note"]) + "\n" + sign.join(["A", '"x,y;z\tw"']) + "\n"))

    assert [cells for _, cells in found.rows()] == [["A", "x,y;z\tw"]]


def test_a_workbook_gives_the_same_texts(cast, tmp_path):
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        for place, row in enumerate([["客户名称", "编号", "员工数"], ["华信", "007", 120]]):
            sheet.write_row(place, 0, row)

    report = bring(path, "customers", cast.ada)

    from wendu.customers.models import Customer

    assert report.created == 1
    assert Customer.objects.values_list("name", "external_id", "headcount").get() == ("华信", "007", 120)


@pytest.mark.parametrize(
    "text,place",
    [
        ("kind: customers\ncolums: {a: name}\n", "colums"),
        ("columns: {a: name}\n", "kind"),
        ("kind: touches\n", "kind"),
        ("kind: [\n", "line 2"),
    ],
)
def test_a_map_that_does_not_fit_is_refused_with_its_place(tmp_path, text, place):
    from django.utils import translation

    path = table(tmp_path, text, "map.yaml")
    with pytest.raises(FileRefused) as refused:
        load_map(path, kind="customers")

    with translation.override("en"):
        told = refused.value.text()
    assert place in told
    assert not re.search(r"[\u4e00-\u9fff]", told), "read in English, all of it is English"


def test_blank_lines_are_no_rows(tmp_path):
    found = open_table(table(tmp_path, "name,note\n\nA,\n , \nB,\n"))

    assert (found.count, [number for number, _ in found.rows()]) == (2, [3, 5])


def test_rejects_carry_no_live_formula(cast, tmp_path):
    rejects = tmp_path / "rejects.csv"
    bring(table(tmp_path, "name,headcount\n=cmd|x,many\n"), "customers", cast.ada, rejects=rejects)

    with rejects.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert rows[1][:2] == ["'=cmd|x", "many"]
