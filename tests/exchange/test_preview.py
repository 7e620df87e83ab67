"""A try says of every row what the import will then do, whatever the rows of the file mean to each other."""

from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.cast import MONDAY
from tests.exchange.bringing import bring, table
from tests.factories.customers import make_customer
from tests.laws import examples
from wendu.customers.models import Contact, Customer
from wendu.exchange.previewing import preview
from wendu.opportunities.models import Opportunity
from wendu.touches.models import Touch

pytestmark = pytest.mark.django_db
COUNTS = ("created", "updated", "unchanged", "rejected")
_files = count()

CUSTOMERS = (
    "甲{n}公司,,alice,苏州,",
    "甲{n}公司,,alice,苏州,",
    "甲{n}公司,,alice,无锡,K{n}",
    "乙{n}公司,甲{n}公司,alice,,",
    "丙{n}公司,K{n},,,",
    "丁{n}公司,丙{n}公司,,,",
    "戊{n}公司,没有的公司,,,",
    "己{n}公司,,没有这个人,,",
    "甲{n}集团,,,杭州,K{n}",
)
OTHERS = {
    "contacts": (
        "联系人,客户,手机,编号",
        ("王芳,老客户,,", "王芳,老客户,13812345678,", "李雷,老客户,,P1", "李雷,老客户,,P2", "王芳,别家,,"),
    ),
    "opportunities": (
        "商机,客户,负责人,开始",
        ("一期,老客户,alice,2026-01-05", "一期,,alice,2026-01-05", "二期,,bob,", "三期,别家,bob,"),
    ),
    "touches": (
        "日期,方式,客户,人员,内容",
        ("2026-02-03,电话,老客户,alice,问了", "2026-02-03,电话,老客户,bob,问了", "2026-02-30,电话,老客户,bob,"),
    ),
}


@pytest.fixture(autouse=True)
def _two_rows_at_once(monkeypatch):
    for name in ("FIRST_ROWS", "FEWEST_ROWS", "MOST_ROWS"):
        monkeypatch.setattr(f"wendu.exchange.pace.{name}", 2)


def counts(report):
    return {name: getattr(report, name) for name in COUNTS}


def tried_and_done(path, kind, actor, **wishes):
    tried = preview(path, kind=kind, actor=actor, at=MONDAY, **wishes)
    there = [model.objects.count() for model in (Customer, Contact, Opportunity, Touch)]
    found = counts(tried), sorted((each.row, each.code) for each in tried.rejections())
    done = bring(path, kind, actor, **wishes)
    return there, found, (counts(done), sorted((each.row, each.code) for each in done.rejections()))


@settings(max_examples=examples(15), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rows=st.lists(st.sampled_from(CUSTOMERS), min_size=1, max_size=12), way=st.sampled_from(["update", "fill", "skip"])
)
def test_customers_that_mean_each_other_are_tried_as_they_come_in(cast, tmp_path, rows, way):
    number, before = next(_files), Customer.objects.count()
    lines = "".join(row.format(n=f"〇{number}号") + "\n" for row in rows)

    there, tried, done = tried_and_done(
        table(tmp_path, "名称,上级,负责人,市,编号\n" + lines), "customers", cast.ada, on_match=way
    )

    assert tried == done
    assert there[0] == before, "a try leaves nothing"


@pytest.mark.parametrize("kind", OTHERS)
def test_other_rows_are_tried_as_they_come_in(cast, tmp_path, kind):
    make_customer(cast.alice, "老客户")
    head, rows = OTHERS[kind]

    there, tried, done = tried_and_done(table(tmp_path, "\n".join([head, *rows, *rows]) + "\n"), kind, cast.ada)

    assert tried == done
    assert there == [1, 0, 0, 0], "a try leaves nothing"


RENAMED = {
    "customers": (
        "名称,编号,上级,市",
        ("老客户,K1,,", "新名字,K1,,", "老客户,,,苏州", "分公司,,老客户,", "新名字,,,", "又一家,K1,,"),
    ),
    "contacts": (
        "联系人,客户,编号,职位",
        ("王芳,老客户,P1,", "王方,老客户,P1,", "王芳,老客户,,厂长", "王芳,老客户,P2,", "王方,老客户,,采购"),
    ),
    "opportunities": (
        "商机,客户,编号,开始,备注",
        (
            "一期,老客户,D1,2026-01-05,",
            "二期,老客户,D1,2026-01-05,",
            "一期,老客户,,2026-01-05,问过",
            "二期,老客户,D1,2026-01-06,",
        ),
    ),
}


@pytest.mark.parametrize("kind", RENAMED)
@settings(max_examples=examples(10), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_what_is_called_otherwise_on_the_way_is_tried_as_it_comes_in(cast, tmp_path, kind, data):
    head, rows = RENAMED[kind]
    first, n = rows[0], f"甲{next(_files)}号"
    some = data.draw(st.lists(st.sampled_from(rows), min_size=2, max_size=8))
    make_customer(cast.alice, f"{n}老客户") if kind != "customers" else None
    bring(table(tmp_path, _named(head, [first], n)), kind, cast.ada)

    _there, tried, done = tried_and_done(table(tmp_path, _named(head, some, n)), kind, cast.ada)

    assert tried == done


def _named(head, rows, n):
    """The rows, with customers and numbers of their own."""
    text = "\n".join([head, *rows]) + "\n"
    for word in ("老客户", "新名字", "又一家", "分公司", "K1", "K2", "P1", "P2", "D1"):
        text = text.replace(word, n + word)
    return text


def test_colleagues_are_tried_too(cast, tmp_path):
    _there, tried, done = tried_and_done(table(tmp_path, "姓名,团队\n张三,新组\n李四,新组\n"), "users", cast.ada)

    assert tried == done
    assert tried[0]["created"] == 2


def test_it_says_how_far_it_is(cast, tmp_path):
    told = []
    path = table(tmp_path, "名称\n" + "".join(f"公司{number}\n" for number in range(5)))

    preview(path, kind="customers", actor=cast.ada, at=MONDAY, progress=lambda done, total: told.append((done, total)))

    assert told == [(2, 5), (4, 5), (5, 5)]
