"""The organisation, its days off and its teams, as an administrator sets them up."""

from datetime import date

import pytest

from tests.factories import make_customer
from wendu.identity.models import Holiday, Organisation, Team
from wendu.jobs.models import Job
from wendu.touches.queries import suggest
from wendu.web.today.forms import next_days

pytestmark = pytest.mark.django_db
HOUSE = "/settings/organisation/"
FINE = {
    "name": "温度商贸",
    "time_zone": "Asia/Shanghai",
    "currency": "CNY",
    "working_days": list("12345"),
    "calendar_code": "CN",
    "language": "zh-hans",
}


def saved(client, **changes):
    return client.post(HOUSE, {**FINE, **changes}, follow=True)


def test_what_is_changed_shows_on_the_page(cast, enter):
    page = saved(enter(cast.ada), name="砚湖商贸", time_zone="Asia/Tokyo", working_days=list("123456"))

    house = Organisation.objects.get()
    assert (house.name, house.time_zone, house.working_days) == ("砚湖商贸", "Asia/Tokyo", "123456")
    assert "已保存" in page.content.decode()


def test_another_time_zone_says_that_all_are_judged_anew(cast, enter, django_capture_on_commit_callbacks):
    make_customer(cast.alice)

    with django_capture_on_commit_callbacks(execute=True):
        moved = saved(enter(cast.ada), time_zone="Asia/Tokyo").content.decode()
        renamed = saved(enter(cast.ada), time_zone="Asia/Tokyo", name="新名").content.decode()

    assert "正在重算 1 个客户" in moved
    assert "正在重算" not in renamed
    assert Job.objects.filter(kind="coach.recompute").exists()


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [("working_days", [], "至少选一个工作日"), ("name", "", "不能"), ("time_zone", "Mars/Olympus", "")],
)
def test_what_cannot_be_is_refused_at_its_field(cast, enter, field, value, words):
    answer = saved(enter(cast.ada), **{field: value})

    assert answer.status_code == 422
    assert f"id_{field}-err" in answer.content.decode()
    assert Organisation.objects.get().name == "温度商贸"
    assert words in answer.content.decode() or words == "不能"


def test_the_second_of_two_editors_is_told(cast, enter):
    client = enter(cast.ada)
    saved(client, name="一", seen=0)

    late = saved(client, name="二", seen=0)

    assert late.status_code == 422
    assert Organisation.objects.get().name == "一"


def test_every_zone_currency_and_calendar_has_a_name_in_the_readers_language(cast, enter):
    for language, shanghai, yuan in (
        ("zh-hans", "+08:00 上海", "CNY 人民币"),
        ("en", "+08:00 Shanghai", "CNY Chinese"),
    ):
        page = enter(cast.ada, language).get(HOUSE).content.decode()
        assert shanghai in page
        assert yuan in page


def test_days_that_are_offered_fall_into_the_working_week(cast):
    friday = date(2026, 3, 6)
    Organisation.objects.update(working_days="123456")

    assert next_days(friday)[0] == date(2026, 3, 7)
    assert suggest("visit", on=friday, week="123456").dates[0].day == date(2026, 3, 7)
    assert suggest("visit", on=friday, week="12345").dates[0].day == date(2026, 3, 9)


def test_a_day_of_ones_own_stops_the_clocks_and_can_be_taken_back(cast, enter):
    client = enter(cast.ada)
    made = client.post("/settings/holidays/?year=2026", {"day": "2026-05-20", "name": "司庆"}, follow=True)
    holiday = Holiday.objects.get()
    assert "停表" in made.content.decode()

    gone = client.post(f"/settings/holidays/{holiday.pk}/removal/", follow=True).content.decode()
    assert not Holiday.objects.exists()
    assert "照常走表" in gone
    client.post("/settings/holidays/return/?day=2026-05-20&name=司庆")

    assert Holiday.objects.get().name == "司庆"


def test_public_days_off_are_fetched_by_the_year_and_shown_in_stretches(cast, enter):
    client = enter(cast.ada)

    page = client.post("/settings/holidays/years/2026/", follow=True)

    names = [(stretch.name, len(stretch.rows)) for stretch in page.context["stretches"]]
    assert names[:2] == [("元旦", 2), ("春节", 6)]  # the eve and the swapped days around the festival are one holiday
    assert page.context["count"] == Holiday.objects.filter(day__year=2026).count() > 10
    again = client.post("/settings/holidays/years/2026/", follow=True).content.decode()
    assert "没有新的假日" in again


def test_a_team_is_added_moved_closed_and_opened_again(cast, enter):
    client = enter(cast.ada)
    client.post("/settings/teams/new/", {"name": "无锡组", "parent": cast.east.pk})
    team = Team.objects.get(name="无锡组")
    assert team.path == f"{cast.east.path}{team.pk}/"

    client.post(f"/settings/teams/{team.uuid}/", {"name": "无锡一组", "parent": cast.south.pk, "seen": team.revision})
    team.refresh_from_db()
    assert (team.name, team.parent) == ("无锡一组", cast.south)
    closed = client.post(f"/settings/teams/{team.uuid}/closing/", follow=True).content.decode()
    assert f"/settings/teams/{team.uuid}/reopening/" in closed
    client.post(f"/settings/teams/{team.uuid}/reopening/")

    assert Team.objects.get(name="无锡一组").closed_at is None


def test_a_team_with_people_is_not_closed_and_the_page_says_why(cast, enter):
    answer = enter(cast.ada).post(f"/settings/teams/{cast.east.uuid}/closing/")

    assert answer.status_code == 422
    assert "还有成员或下级团队" in answer.content.decode()


def test_a_team_cannot_be_hung_below_itself(cast, enter):
    page = enter(cast.ada).get(f"/settings/teams/{cast.east.uuid}/")

    offered = {team.name for team in page.context["form"].fields["parent"].queryset}
    assert offered == {"北区", "华南部"}


@pytest.mark.parametrize("who", ["mona", "eve"])
def test_managers_and_executives_read_and_are_offered_nothing_to_change(cast, enter, who):
    client = enter(getattr(cast, who))

    for path in (HOUSE, "/settings/holidays/", "/settings/teams/", "/settings/people/"):
        page = client.get(path)
        assert page.status_code == 200
        assert not page.context["may_edit"]
        assert page.content.decode().count('<form class="form') == 0


@pytest.mark.parametrize(("who", "there"), [("ada", True), ("mona", True), ("alice", False), ("sam", False)])
def test_the_way_in_shows_to_who_may_enter(cast, enter, who, there):
    page = enter(getattr(cast, who)).get("/today/").content.decode()

    assert ('href="/settings/"' in page) is there


def test_where_a_browser_names_no_language_of_ours_the_houses_holds(cast, client):
    Organisation.objects.update(language="en")

    page = client.get("/accounts/login/", headers={"accept-language": "fr-FR,fr;q=0.9"}).content.decode()
    asked = client.get("/accounts/login/", headers={"accept-language": "zh-CN"}).content.decode()

    assert "Sign in" in page
    assert "登录" in asked
