"""The company's own fields in the list of deals: columns, filter, order, the form that asks, and the file."""

import re

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from tests.cast import MONDAY
from tests.factories import make_customer, make_opportunity
from wendu.coach.actions import recompute
from wendu.customers.actions import define_field, retire_field
from wendu.customers.choices import FieldAbout, FieldType
from wendu.desk.deal import ROWS
from wendu.exports.choices import Columns
from wendu.exports.lists import listed
from wendu.kernel.clock import now
from wendu.opportunities.models import Opportunity

pytestmark = pytest.mark.django_db
OPTIONS = [{"code": "open", "zh": "公开招标", "en": "Open"}, {"code": "asked", "zh": "邀请招标", "en": "By invitation"}]
VALUES = {
    "甲": {"kw": 90, "bid": "asked", "vip": True, "due": "2026-05-01", "memo": "高温车间"},
    "乙": {"kw": 250.5, "bid": "open", "vip": False, "due": "2026-03-01"},
    "丙": {"kw": 90, "bid": "gone", "memo": "二期"},
    "丁": {},
}


@pytest.fixture
def house(cast):
    def define(code, zh, type_, **more):
        words = {"label_zh": zh, "label_en": f"Own {code}", "type": type_, **more}
        return define_field(about=FieldAbout.OPPORTUNITY, code=code, actor=cast.ada, at=MONDAY, **words)

    cast.kw = define("kw", "总功率", FieldType.NUMBER)
    define("bid", "招标方式", FieldType.CHOICE, options=OPTIONS)
    define("vip", "重点单", FieldType.FLAG)
    define("due", "交货日", FieldType.DATE)
    define("memo", "现场", FieldType.TEXT)
    define_field(code="size", label_zh="客户规模", label_en="Size", actor=cast.ada, at=MONDAY)
    cast.customer = make_customer(cast.alice, "砚湖轴承")
    fill(cast, VALUES)
    return cast


def fill(cast, deals) -> list[Opportunity]:
    rows = [make_opportunity(cast.customer, owner=cast.alice, title=title) for title in deals]
    for row, custom in zip(rows, deals.values(), strict=True):
        row.custom = custom
    Opportunity.objects.bulk_update(rows, ["custom"])
    list(recompute(at=now(), customer_ids=[cast.customer.pk]))
    return rows


def titles(client, query: str) -> list[str]:
    return [row.card.opportunity.title for row in client.get(f"/opportunities/?{query}").context["found"].rows]


@pytest.mark.parametrize("state", ["open", "all"])
@pytest.mark.parametrize(
    ("condition", "found"),
    [
        ("x_kw.from:100", "乙"),
        ("x_kw.to:100", "甲丙"),
        ("x_kw.between:50,95", "甲丙"),
        ("x_kw.unknown", "丁"),
        ("x_bid.in:asked", "甲"),
        ("x_bid.in:open,asked", "甲乙"),
        ("x_vip.yes", "甲"),
        ("x_vip.no", "乙"),
        ("x_vip.unknown", "丙丁"),
        ("x_due.since:2026-04-01", "甲"),
        ("x_due.between:2026-02-01,2026-04-01", "乙"),
        ("x_memo.has:车间", "甲"),
        ("x_memo.known", "甲丙"),
        ("x_kw.to:100;x_vip.yes", "甲"),
        ("x_kw.from:100&f=x_memo.has:二", "乙丙"),
    ],
)
def test_the_list_and_its_file_are_narrowed_alike(house, enter, state, condition, found):
    query = f"state={state}&f={condition}"

    assert set(titles(enter(house.alice), query)) == set(found)

    file = listed("opportunities", query, Columns.ALL, user=house.alice, at=now())
    assert set(Opportunity.objects.filter(pk__in=list(file.in_order())).values_list("title", flat=True)) == set(found)


@pytest.mark.parametrize(
    ("sort", "found"),
    [
        ("x_kw", "甲丙乙丁"),
        ("-x_kw", "乙丙甲丁"),
        ("x_bid", "乙甲丙丁"),
        ("-x_bid", "丙甲乙丁"),
        ("x_vip", "乙甲丙丁"),
        ("-x_vip", "甲乙丁丙"),
        ("x_due", "乙甲丙丁"),
        ("-x_due", "甲乙丁丙"),
        ("x_memo", "丙甲乙丁"),
    ],
)
def test_the_list_and_its_file_stand_in_the_same_order(house, enter, sort, found):
    assert titles(enter(house.alice), f"sort={sort}") == list(found)

    file = listed("opportunities", f"state=open&sort={sort}", Columns.SHOWN, user=house.alice, at=now())
    held = Opportunity.objects.in_bulk(list(file.in_order()))
    assert [held[key].title for key in file.in_order()] == list(found)


@pytest.mark.parametrize("sort", ["x_kw", "-x_kw", "x_bid", "-x_bid", "x_vip", "-x_vip"])
def test_pages_by_an_own_field_follow_each_other_both_ways(house, enter, sort):
    some = [{"kw": 1.5, "bid": "open", "vip": True}, {"kw": 3, "bid": "asked", "vip": False}, {}]
    fill(house, {f"单{number:03}": some[number % 3] for number in range(2 * ROWS)})
    client, query, there = enter(house.alice), f"?sort={sort}", []
    while query:
        page = client.get(f"/opportunities/{query}")
        there += [row.card.opportunity.title for row in page.context["found"].rows]
        query = page.context["next_url"]
    back, query = [], page.context["previous_url"]
    while query:
        page = client.get(f"/opportunities/{query}")
        back = [row.card.opportunity.title for row in page.context["found"].rows] + back
        query = page.context["previous_url"]

    assert len(there) == len(set(there)) == 2 * ROWS + len(VALUES)
    assert back == there[: len(back)]
    assert len(back) == 2 * ROWS


@pytest.mark.parametrize(
    ("sort", "typed", "first"),
    [
        ("x_kw", "100", "乙"),
        ("-x_kw", "100", "丙"),
        ("x_bid", "邀请招标", "甲"),
        ("x_vip", "是", "甲"),
        ("x_due", "2026-04-01", "甲"),
    ],
)
def test_one_goes_straight_to_a_value(house, enter, sort, typed, first):
    page = enter(house.alice).get("/opportunities/", {"sort": sort, "jump": typed}, follow=True)

    assert page.context["found"].rows[0].card.opportunity.title == first


def test_columns_show_the_values_in_words_and_their_heads_sort(house, enter):
    page = enter(house.alice).get("/opportunities/?cols=x_kw,x_bid,x_vip,x_size,x_nowhere&sort=-x_kw")
    shown = page.content.decode()

    assert [(head.label, head.sorted) for head in page.context["own_heads"]] == [
        ("总功率", "descending"),
        ("招标方式", ""),
        ("重点单", ""),
    ]
    assert "sort=x_kw&" in page.context["own_heads"][0].url
    cells = re.findall(r'<td class="own(?: r)?" data-label="([^"]+)">([^<]*)</td>', shown)[:3]
    assert cells == [("总功率", "250.5"), ("招标方式", "公开招标"), ("重点单", "否")]
    assert "客户规模" not in shown


def test_the_form_writes_the_address_and_shows_what_it_says(house, enter):
    client = enter(house.alice)
    sent = {"own": "1", "state": "all", "sort": "amount", "col": ["x_bid", "x_kw", "x_size"], "v.x_bid": "asked"}

    done = client.get("/opportunities/", {**sent, "v.x_kw": "50", "to.x_kw": "95", "v.x_memo": " 车间 "})

    assert done.status_code == 302
    query = QueryDict(done["Location"].partition("?")[2])
    assert query.getlist("f") == ["x_kw.between:50,95;x_bid.in:asked;x_memo.has:车间"]
    assert (query["cols"], query["state"], query["sort"]) == ("x_bid,x_kw", "all", "amount")
    page = client.get(done["Location"])
    boxes = {box.code: (box.is_shown, *box.values) for box in page.context["own_boxes"]}
    assert boxes["x_kw"] == (True, "50", "95")
    assert boxes["x_bid"] == (True, "asked", "")
    assert boxes["x_memo"] == (False, "车间", "")
    assert [chip.words for chip in page.context["own_chips"]] == [
        "总功率 50 到 95",
        "招标方式是邀请招标",
        "现场含“车间”",
    ]
    assert titles(client, page.context["own_chips"][0].url.removeprefix("?")) == ["甲"]
    assert set(titles(client, page.context["clear_url"].removeprefix("?"))) == set(VALUES)


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        ("x_kw.from:viel", "总功率"),
        ("x_bid.in:nobody", "nobody"),
        ("x_size.has:x", "x_size"),
        ("class.in:A", "class"),
        ("x_kw.has:1", "总功率"),
        ("%00", ""),
    ],
)
def test_what_cannot_be_asked_shows_no_deal_and_says_how_to_mend_it(house, enter, condition, words):
    for sort in ("heat", "x_kw"):
        page = enter(house.alice).get(f"/opportunities/?f={condition}&sort={sort}")

        assert page.status_code == 200
        assert page.context["found"].rows == []
        assert page.context["problem"]
        assert words in page.context["problem"]
        assert page.context["clear_url"] in page.content.decode().replace("&amp;", "&")


def test_a_field_that_is_retired_is_no_column_and_no_order(house, enter):
    retire_field(field=house.kw, actor=house.ada, at=now())
    client = enter(house.alice)

    page = client.get("/opportunities/?cols=x_kw,x_bid&sort=x_kw")

    assert [head.label for head in page.context["own_heads"]] == ["招标方式"]
    assert page.context["own"].order is None
    assert "总功率" not in page.content.decode()


def test_outsiders_find_no_deal_by_what_own_fields_say(house, enter):
    for query in (
        "f=x_memo.has:车间",
        "f=x_kw.known",
        "sort=x_kw",
        "state=all&f=x_vip.unknown",
        "cols=x_memo&state=all",
    ):
        for who in (house.charlie, house.nora):
            page = enter(who).get(f"/opportunities/?{query}")
            assert page.context["found"].rows == []
            assert "高温车间" not in page.content.decode()
            file = listed("opportunities", query, Columns.ALL, user=who, at=now())
            assert list(file.in_order()) == []
        assert titles(enter(house.mona), query)


def test_columns_conditions_and_orders_cost_the_same_queries_for_few_and_many(house, enter):
    client = enter(house.alice)
    queries = [
        "",
        "cols=x_kw,x_bid",
        "f=x_kw.to:1000&cols=x_kw",
        "sort=x_bid&cols=x_bid&f=x_kw.known",
        "state=all&sort=-x_kw",
    ]

    def counts():
        found = []
        for query in queries:
            client.get(f"/opportunities/?{query}")
            with CaptureQueriesContext(connection) as asked:
                client.get(f"/opportunities/?{query}")
            found.append(len(asked))
        return found

    few = counts()
    fill(house, {f"单{number:03}": {"kw": number, "bid": "open"} for number in range(40)})

    assert counts() == few


@pytest.mark.parametrize("odd", ["\x00", "'; DROP", "x" * 3000, "a,b;c%2C"])
def test_odd_words_in_the_form_lead_to_a_list(house, enter, odd):
    sent = {"own": "1", "col": odd, "v.x_kw": odd, "to.x_due": odd, "v.x_memo": odd, "v.x_vip": odd, "v.x_bid": odd}

    assert enter(house.alice).get("/opportunities/", sent, follow=True).status_code == 200
