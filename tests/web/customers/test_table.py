"""The table of customers as a page: heads that sort, chips to take away, filters and columns without a script."""

from urllib.parse import parse_qs, urlparse

import pytest
from django.http import QueryDict

from tests.desk.table.examples import dress
from wendu.desk.table.groups import SHOWN

pytestmark = pytest.mark.django_db
HTMX = {"headers": {"HX-Request": "true"}}


def table(client, query: str = ""):
    return client.get(f"/customers/{query}").context


def names(client, query: str = "") -> list[str]:
    return [row.name for row in table(client, query)["list"].rows]


def test_a_head_sorts_and_a_second_click_turns_the_order_round(cast, scene, enter):
    client = enter(cast.alice)
    heads = {head.label: head for head in table(client)["heads"]}

    assert heads["水温"].sorted == "descending"
    once = heads["在谈金额"].url
    twice = {head.label: head for head in table(client, once)["heads"]}["在谈金额"].url
    assert names(client, once)[0] == "澜岸重工"
    assert names(client, twice)[0] == "禾木食品"
    assert "类别" in heads
    assert heads["类别"].url == ""


def test_each_condition_is_a_chip_that_can_be_taken_away(cast, scene, enter):
    client = enter(cast.alice)
    query = "?f=class.in:A;amount.from:100万&f=class.in:D&status=in_pursuit&sort=due"
    chips = table(client, query)["chips"]

    assert [chip.words for chip in chips] == ["跟进中", "A 类", "在谈金额 ¥100万 以上", "D 类"]
    assert [chip.begins_group for chip in chips] == [False, False, False, True]
    left = QueryDict(chips[2].url[1:])
    assert left.getlist("f") == ["class.in:A", "class.in:D"]
    assert left["sort"] == "due"
    assert set(names(client, chips[2].url)) == {"砚湖轴承", "澜岸重工", "远汀化纤"}


def test_a_bad_filter_says_so_on_the_page_and_shows_nobody(cast, scene, enter):
    page = enter(cast.alice).get("/customers/?f=heat.from:warm")

    assert "“水温” 要填数字" in page.content.decode()
    assert page.context["list"].rows == []


def test_links_from_other_pages_go_on_working(cast, scene, enter):
    client = enter(cast.mona)

    for query in ("?class=A", "?status=in_pursuit", "?alert=cold_gap", f"?owner={cast.bob.uuid}"):
        assert names(client, query)


def step(client, **sent):
    query = QueryDict(mutable=True)
    for name, values in sent.items():
        query.setlist(name.replace("__", "."), values if isinstance(values, list) else [values])
    return client.get(f"/customers/filter/?{query.urlencode()}")


def test_a_filter_is_composed_step_by_step_without_a_script(cast, scene, enter):
    client = enter(cast.alice)
    empty = step(client, list="sort=due")
    added = step(client, list="sort=due", step="more", add__0="class")
    row = added.context["groups"][0][1][0]
    filled = {"f__0": "class", "g__0": "0", "o__0": "in", "v__0": ["A", "B"], "list": "sort=due"}
    second = step(client, **filled, step="more", add__0="latest")
    done = step(client, **filled, f__1="latest", g__1="0", o__1="over", v__1="9", step="show")

    assert empty.context["groups"] == [(0, [])]
    assert [code for code, _, _ in row.choices] == ["A", "B", "C", "D", "none"]
    assert [each.code for each in second.context["groups"][0][1]] == ["class", "latest"]
    assert done.status_code == 302
    query = parse_qs(urlparse(done["Location"]).query)
    assert query == {"f": ["class.in:A,B;latest.over:9"], "sort": ["due"]}
    assert set(names(client, f"?{urlparse(done['Location']).query}")) == {"桐溪注塑", "北栅纺织", "鹿鸣包装"}


def test_a_group_can_be_added_and_a_row_dropped(cast, scene, enter):
    client = enter(cast.alice)
    both = {"f__0": "class", "g__0": "0", "v__0": "A", "f__1": "class", "g__1": "1", "v__1": "D"}
    more = step(client, f__0="class", g__0="0", v__0="A", step="group")
    dropped = step(client, **both, drop="0", step="more")
    done = step(client, **both, step="show")

    assert [number for number, _ in more.context["groups"]] == [0, 1]
    assert [(number, len(rows)) for number, rows in dropped.context["groups"]] == [(1, 1)]
    assert parse_qs(urlparse(done["Location"]).query)["f"] == ["class.in:A", "class.in:D"]


def test_what_cannot_be_asked_is_said_at_its_row(cast, scene, enter):
    answer = step(enter(cast.alice), f__0="heat", g__0="0", o__0="from", v__0="warm", step="show")

    assert answer.status_code == 422
    assert "写成 60 这样" in answer.content.decode()


def test_the_step_says_how_many_it_would_show(cast, scene, enter):
    answer = step(enter(cast.alice), f__0="class", g__0="0", v__0="A", step="more")

    assert answer.context["count"] == "2"
    assert answer.context["words"] == "A 类"


def test_the_drawer_leaves_for_the_list(cast, scene, enter):
    client = enter(cast.alice)
    answer = client.get("/customers/filter/?f.0=class&g.0=0&v.0=A&step=show", **HTMX)

    assert answer.status_code == 204
    assert answer["HX-Redirect"] == "/customers/?f=class.in:A"


def test_only_what_one_sees_can_be_chosen(cast, scene, enter):
    dress(cast, scene)
    offered = {}
    for who in ("alice", "charlie", "mona", "ada"):
        client = enter(getattr(cast, who))
        for field in ("owner", "tag", "team"):
            row = step(client, step="more", add__0=field).context["groups"][0][1][0]
            offered[who, field] = {words for _, words, _ in row.choices}

    assert offered["alice", "tag"] == {"重点", "展会"}
    assert offered["charlie", "tag"] == {"外区"}
    assert offered["ada", "tag"] == {"重点", "展会", "外区"}
    assert offered["charlie", "owner"] == {"我", "没有负责人", "查理"}
    assert "林小雅" in offered["mona", "owner"]
    assert offered["alice", "team"] == set()
    assert offered["mona", "team"] == {"华东一部", "苏州组"}


def test_columns_are_chosen_and_put_in_order_without_a_script(cast, scene, enter):
    dress(cast, scene)
    client = enter(cast.alice)
    first = client.get("/customers/columns/?list=class=B").context["rows"]
    order = "&".join(f"order={code}" for code, _, _ in first)
    moved = client.get(f"/customers/columns/?step=show&{order}&col=heat&col=amount&up=class").context["rows"]
    done = client.get(f"/customers/columns/?list=class=B&step=show&{order}&col=x_size&col=amount&col=heat")

    assert [code for code, _, shown in first if shown] == ["heat", "class", "window", "due", "amount"]
    assert ("x_size", "自定size", False) in first
    assert [code for code, _, _ in moved][:2] == ["class", "heat"]
    assert done["Location"] == "/customers/?class=B&cols=heat,amount,x_size"
    assert [head.label for head in table(client, "?cols=x_size,heat")["heads"]] == ["自定size", "水温"]
    assert "12.5" in client.get("/customers/?cols=x_size,tags,place,industry,created,market").content.decode()


def test_every_column_can_be_drawn(cast, scene, enter):
    dress(cast, scene)
    codes = [code for code, _, _ in enter(cast.ada).get("/customers/columns/").context["rows"]]

    for language in ("zh-hans", "en"):
        for first in range(0, len(codes), 10):
            page = enter(cast.ada, language).get(f"/customers/?cols={','.join(codes[first : first + 10])}")
            assert page.content.decode().count("<tr data-row") == 11


@pytest.mark.parametrize(
    "by,labels", [("class", ["A", "B", "C", "D", "未定"]), ("stage", ["ST1 需求调查", "没有在谈商机"])]
)
def test_groups_hold_everybody_once(cast, scene, enter, by, labels):
    page = table(enter(cast.mona), f"?by={by}")["list"]

    assert [group.label for group, _ in page.groups] == labels
    rows = [row.name for row in page.rows]
    assert sorted(rows) == sorted(names(enter(cast.mona)))
    assert [int(group.count) for group, _ in page.groups] == [len(found) for _, found in page.groups]


def test_groups_of_owners_show_the_first_few_and_lead_to_all(cast, scene, enter, monkeypatch):
    monkeypatch.setattr("wendu.desk.table.groups.SHOWN", 3)
    client = enter(cast.mona)
    page = table(client, "?by=owner&sort=amount")["list"]
    of_alice = next(group for group, _ in page.groups if group.label == "林小雅")

    assert {group.label for group, _ in page.groups} == {"林小雅", "包伯"}
    assert (of_alice.count, of_alice.has_more, len(of_alice.keys)) == ("9", True, 3)
    assert len(names(client, f"?{of_alice.query}")) == 9
    assert SHOWN == 10


@pytest.mark.parametrize("by", ["class", "owner"])
@pytest.mark.parametrize("order", ["", "&sort=amount", "&sort=-due", "&sort=name", "&f=class.in:A,B;heat.from:10"])
def test_groups_read_at_once_are_those_of_a_walk_for_each(cast, scene, enter, monkeypatch, by, order):
    monkeypatch.setattr("wendu.desk.table.groups.SHOWN", 2)
    client = enter(cast.mona)
    at_once = table(client, f"?by={by}{order}")["list"].groups
    monkeypatch.setattr("wendu.coach.ways.PARTED", 0)
    one_by_one = table(client, f"?by={by}{order}")["list"].groups

    assert [group for group, _ in at_once] == [group for group, _ in one_by_one]
    assert any(group.has_more for group, _ in at_once)


def test_owners_come_a_dozen_at_a_time(cast, scene, enter, monkeypatch):
    monkeypatch.setattr("wendu.desk.table.groups.OWNERS", 1)
    monkeypatch.setattr("wendu.desk.table.page.OWNERS", 1)
    client, seen, url = enter(cast.mona), [], "?by=owner"

    while url:
        context = table(client, url)
        seen += [group.label for group, _ in context["list"].groups]
        url = context["next_url"]

    assert sorted(seen) == ["包伯", "林小雅"]


def test_an_outsider_sees_only_own_groups(cast, scene, enter):
    for by in ("class", "owner", "stage"):
        assert {row.name for row in table(enter(cast.charlie), f"?by={by}")["list"].rows} == {"竹间日化"}
