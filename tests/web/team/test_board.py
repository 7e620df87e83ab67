"""The manager's board: every number is the length of the list it opens, and only who looks after a team sees it."""

import re
from datetime import timedelta
from html import unescape

import pytest

from tests.cast import person
from tests.web.scene import build_scene
from wendu.coach.actions import refresh_copies, requalify
from wendu.customers.models import Customer
from wendu.desk.team.asked import scope_from
from wendu.desk.team.page import team_page
from wendu.identity import snapshot
from wendu.kernel.clock import now
from wendu.readings.actions import set_override
from wendu.readings.models import Override
from wendu.touches.actions import TouchDraft, log_touch

pytestmark = pytest.mark.django_db
BOARD = "/team/"


def listed(client, query: str) -> int:
    """How many customers a table shows."""
    snapshot.forget()
    return client.get(f"/customers/?{query}").content.decode().count("data-row ")


def row_of(page, name: str):
    return next(row for row in page.people.rows if row.name == name)


def cell(row, code: str):
    return next(each for each in row.cells if each.code == code)


@pytest.mark.parametrize("who", ["mona", "eve", "ada"])
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_who_looks_after_people_sees_the_board(cast, scene, enter, who, language):
    answer = enter(getattr(cast, who), language).get(BOARD)

    assert answer.status_code == 200
    assert "林小雅" in answer.content.decode()


@pytest.mark.parametrize("who", ["alice", "sam", "mia"])
@pytest.mark.parametrize(
    "address", [BOARD, "/team/overrides/", "/team/requalifications/", "/team/feelings/", "/team/unproven/"]
)
def test_for_everybody_else_there_is_no_board(cast, scene, enter, who, address):
    assert enter(getattr(cast, who)).get(address).status_code == 404


def test_a_manager_of_another_team_sees_nobody_of_this_one(cast, scene, enter):
    page = enter(cast.nora).get(BOARD)

    assert "林小雅" not in page.content.decode()
    assert [row.name for row in page.context["page"].people.rows] == ["查理"]
    assert enter(cast.nora).get(BOARD, {"team": cast.east.uuid}).status_code == 404


def test_every_number_is_as_long_as_the_list_it_opens(cast, scene, enter):
    client = enter(cast.mona)
    page = client.get(BOARD).context["page"]
    rows = [page.everybody, *page.teams, *page.people.rows]
    cells = [each for row in rows for each in (*row.cells, row.customers)]
    months = [part for month in page.expected.months for part in (*month.parts, month)]

    assert any(each.number for each in cells if each.code == "strike")
    assert any(each.number for each in cells if each.code == "cold_gap")
    for each in cells:
        assert listed(client, each.query) == each.number, each
    for each in (*months, *page.expected.left_out):
        assert listed(client, each.query) == each.customers, each


def test_the_forecast_is_open_amounts_times_the_chance_of_the_class(cast, scene):
    page = team_page(scope_from(cast.mona, ""), now())
    chances = page.frame.scale.forecast.chance
    open_of = {each.quadrant: 0 for month in page.expected.months for each in month.parts}
    for month in page.expected.months:
        for part in month.parts:
            open_of[part.quadrant] += part.open_minor

    expected = sum(amount * chances[letter] for letter, amount in open_of.items())
    assert open_of["A"] == (860000 + 1280000 + 500000) * 100
    assert abs(page.expected.total_minor - expected) <= len(page.expected.months) * 4
    assert page.expected.own_rates == ""


def test_what_has_no_amount_is_named_and_not_guessed(cast, scene):
    page = team_page(scope_from(cast.mona, ""), now())

    assert {each.code: each.customers for each in page.expected.left_out} == {"amount": 1}


def test_a_team_narrows_everything_to_itself_and_those_below(cast, scene, enter):
    cast.bob.team = cast.branch
    cast.bob.save()
    Customer.objects.filter(owner=cast.bob).update(team=cast.branch)

    refresh_copies(list(Customer.objects.filter(owner=cast.bob).values_list("pk", flat=True)))
    snapshot.forget()
    client = enter(cast.mona)

    branch = client.get(BOARD, {"team": str(cast.branch.uuid)}).context["page"]
    east = client.get(BOARD, {"team": str(cast.east.uuid)}).context["page"]

    assert [row.name for row in branch.people.rows] == ["包伯"]
    assert branch.everybody.customers.number == listed(client, branch.everybody.customers.query) == 1
    assert [(row.name, row.customers.number) for row in east.teams] == [("华东一部", 10), ("苏州组", 1)]


def test_time_is_weighed_by_the_playbooks_minutes(cast, scene):
    page = team_page(scope_from(cast.mona, ""), now())
    kinds = page.frame.scale.heat.kinds
    bob = next(share for share in page.time.people if share.name == "包伯")

    assert bob.hours == pytest.approx(kinds["demo"].effort_minutes / 60)
    assert bob.parts == (("A", 100.0),)


def test_a_feel_far_above_the_facts_is_counted_and_listed(cast, scene, enter):
    client, customer = enter(cast.mona), scene.customers["远汀化纤"]
    before = row_of(client.get(BOARD).context["page"], "林小雅").too_warm
    draft = TouchDraft(kind="phone", touched_on=scene.today, guess=90)
    log_touch(customer=customer, actor=cast.alice, at=now(), draft=draft)

    after = row_of(client.get(BOARD).context["page"], "林小雅").too_warm
    listed_ = client.get("/team/feelings/", {"owner": str(cast.alice.uuid)})

    assert (before, after) == (0, 1)
    assert [item.customer for item in listed_.context["found"].rows] == ["远汀化纤"]
    assert listed_.context["found"].rows[0].numbers[0] == 90
    assert enter(cast.nora).get("/team/feelings/", {"owner": str(cast.alice.uuid)}).context["found"].total == 0


def test_the_inbox_holds_classes_by_hand_and_windows_afresh(cast, scene, enter):
    override = set_override(
        subject=scene.customers["桐溪注塑"],
        code="quadrant",
        value="A",
        reason="他们总经理来过了",
        actor=cast.alice,
        at=now(),
    )
    requalify(customer=scene.customers["鹿鸣包装"], reason="换了采购经理，重新开始", actor=cast.alice, at=now())
    client = enter(cast.mona)

    page = client.get(BOARD)
    text = page.content.decode()

    assert page.context["page"].boxes.inbox == 2
    assert "他们总经理来过了" in text
    assert "重新开始" in text
    for address in ("overrides", "requalifications"):
        assert client.get(f"/team/{address}/").context["found"].total == 1
        assert enter(cast.nora).get(f"/team/{address}/").context["found"].total == 0
    Override.objects.filter(pk=override.pk).update(expires_on=scene.today + timedelta(days=3))
    assert client.get("/team/overrides/").context["found"].rows[0].is_soon


def test_of_many_customers_the_figures_are_kept_for_a_minute(cast, scene, enter, monkeypatch):
    monkeypatch.setattr("wendu.desk.team.figures.FEW", 3)
    client = enter(cast.mona)
    first = client.get(BOARD).context["page"].everybody.customers.number
    build_scene(cast)

    assert client.get(BOARD).context["page"].everybody.customers.number == first
    snapshot.forget()
    assert client.get(BOARD).context["page"].everybody.customers.number > first


def test_more_people_than_fit_are_said_and_can_all_be_seen(cast, scene, enter):
    for number in range(14):
        draft = TouchDraft(kind="phone", touched_on=scene.today)
        colleague = person(f"more{number}", f"同事{number:02}", in_team=cast.branch)
        customer = scene.customers["远汀化纤"]
        customer.collaborations.create(user=colleague, since=now())
        log_touch(customer=customer, actor=colleague, at=now(), draft=draft)
    client = enter(cast.mona)

    few, everybody = (client.get(BOARD, query).context["page"] for query in ({}, {"people": "all"}))

    assert (few.is_cut, len(few.people.rows), few.people.total) == (True, 12, 16)
    assert (everybody.is_cut, len(everybody.people.rows)) == (False, 16)


def test_every_link_of_the_board_leads_somewhere(cast, scene, enter):
    client = enter(cast.mona)
    page = client.get(BOARD).content.decode().partition("<main")[2].partition("</main>")[0]

    links = {unescape(link) for link in re.findall(r'href="([^"#]+)"', page)}

    assert len(links) > 20
    for link in links:
        assert client.get(link if link.startswith("/") else BOARD + link).status_code == 200, link


@pytest.mark.parametrize("query", ["team=nonsense", "team=00000000-0000-0000-0000-000000000000"])
def test_a_team_nobody_has_is_not_there(cast, scene, enter, query):
    assert enter(cast.ada).get(f"{BOARD}?{query}").status_code == 404


def test_nothing_is_counted_beyond_a_bound(cast, scene, enter, monkeypatch):
    for name in ("鹿鸣包装", "桐溪注塑", "砚湖轴承"):
        requalify(customer=scene.customers[name], reason="重新开始", actor=cast.alice, at=now())
    monkeypatch.setattr("wendu.desk.team.inbox.COUNTED_AT_MOST", 2)

    page = enter(cast.mona).get("/team/requalifications/")

    assert (page.context["found"].total, page.context["found"].told) == (3, "2+")
    assert "2+" in page.content.decode()
