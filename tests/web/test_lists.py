"""The list of customers: the warmest first, narrowed, page by page, and only what one may see."""

import pytest

from tests.factories import make_customers
from wendu.coach.actions import recompute
from wendu.desk.table.page import PAGE
from wendu.kernel.clock import now

pytestmark = pytest.mark.django_db


def names(client, query: str = "") -> list[str]:
    return [row.name for row in client.get(f"/customers/{query}").context["list"].rows]


def test_the_warmest_stand_first_and_the_unknown_last(cast, scene, enter):
    rows = enter(cast.alice).get("/customers/").context["list"].rows
    heats = [row.heat for row in rows if row.heat is not None]

    assert heats == sorted(heats, reverse=True)
    assert rows[-1].name == "云麓电子"
    assert rows[-1].heat is None
    assert "竹间日化" not in [row.name for row in rows]


def test_the_list_narrows_by_class_alert_owner_status_and_text(cast, scene, enter):
    client = enter(cast.mona)

    assert set(names(client, "?class=C")) == {"赤岭建材", "禾木食品"}
    assert "鹿鸣包装" in names(client, "?alert=cold_gap")
    assert names(client, f"?owner={cast.bob.uuid}") == ["青屿精密"]
    assert names(client, f"?owner={cast.charlie.uuid}") == []
    assert names(client, "?status=unvisited") == ["云麓电子"]
    assert names(client, "?q=tx") == ["桐溪注塑"]
    assert names(client, "?q=顾明舒") == ["桐溪注塑"]
    assert names(client, "?class=none") == ["云麓电子"]


@pytest.mark.parametrize("sort", ["heat", "due", "deadline", "amount", "latest", "since", "name", "created"])
def test_every_order_shows_everyone_once_and_turns_round(cast, scene, enter, sort):
    client = enter(cast.alice)
    found, turned = names(client, f"?sort={sort}"), names(client, f"?sort=-{sort}")

    assert len(found) == len(set(found)) == 9
    assert set(turned) == set(found)
    assert turned != found


def test_pages_follow_each_other_without_gap_or_double(cast, enter):
    made = make_customers(cast.alice, PAGE * 2 + 7)
    list(recompute(at=now(), customer_ids=[each.pk for each in made]))
    client, seen, back, url = enter(cast.alice), [], [], "?"

    while url:
        page = client.get(f"/customers/{url}")
        seen += [row.name for row in page.context["list"].rows]
        url = page.context["next_url"]
    url = page.context["previous_url"]
    while url:
        page = client.get(f"/customers/{url}")
        back = [row.name for row in page.context["list"].rows] + back
        url = page.context["previous_url"]

    assert sorted(seen) == sorted(each.name for each in made)
    assert back == seen[: len(back)]
    assert len(back) == PAGE * 2


@pytest.mark.parametrize(
    "query",
    [
        "?class=Z&alert=x&sort=;drop&status=y",
        "?owner=not-a-uuid",
        "?after=-1",
        "?after=1e999~x&before=~~",
        "?after=nan~00000000-0000-0000-0000-000000000000",
        "?sort=amount&after=99999999999999999999~00000000-0000-0000-0000-000000000000",
        "?sort=due&after=2026-13-40~00000000-0000-0000-0000-000000000000",
        "?sort=created&before=2026-01-01~00000000-0000-0000-0000-000000000000",
        "?cols=heat,nonsense,x_--,class&by=moon",
        "?q=%00%27",
    ],
)
def test_what_nobody_offers_is_left_out(cast, scene, enter, query):
    assert enter(cast.alice).get(f"/customers/{query}").status_code == 200


def test_an_outsider_sees_only_the_own(cast, scene, enter):
    assert names(enter(cast.charlie)) == ["竹间日化"]
    assert names(enter(cast.charlie), "?q=桐溪") == []


def test_an_empty_list_says_why_and_what_next(cast, enter):
    client = enter(cast.alice)

    assert "加第一个客户" in client.get("/customers/").content.decode()
    assert "看全部" in client.get("/customers/?class=A").content.decode()
    assert "empty-w" in enter(cast.eve).get("/customers/").content.decode()


def test_htmx_gets_the_table_alone(cast, scene, enter):
    answer = enter(cast.alice).get("/customers/", headers={"HX-Request": "true"}).content.decode()

    assert "<html" not in answer
    assert answer.count("<tr data-row") == 9
