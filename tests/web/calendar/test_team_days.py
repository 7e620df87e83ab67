"""How full the days of a team are: the same numbers as each person's own days, and only for who leads them."""

from datetime import timedelta

import pytest

from wendu.coach.models import Standing
from wendu.touches.models import Touch

pytestmark = pytest.mark.django_db


def week(client, **query):
    return client.get("/calendar/", query).context["week"]


def numbers(week, person):
    (row,) = [row for row in week.people if row.person == person]
    return {load.on: load.number for load in row.loads}


def test_who_leads_and_has_no_customers_sees_the_days_of_the_team(cast, scene, enter):
    mona = enter(cast.mona)

    shown = week(mona)

    assert shown.team == cast.east
    assert {row.person for row in shown.people} >= {cast.alice, cast.bob}
    assert cast.charlie not in {row.person for row in shown.people}
    assert shown.total == tuple(sum(row.loads[place].number for row in shown.people) for place in range(7))


def test_every_number_is_that_of_the_persons_own_days(cast, scene, enter):
    mona, alice = enter(cast.mona), enter(cast.alice)

    for later in (0, 7, 14):
        on = scene.today + timedelta(days=later)
        own = alice.get("/calendar/", {"on": on}).context["calendar"]
        assert numbers(week(mona, on=on, owner=cast.east.uuid), cast.alice) == {day.on: day.load for day in own.days}


def test_what_was_put_off_stands_on_its_later_day(cast, scene, enter):
    mona, alice = enter(cast.mona), enter(cast.alice)
    until = scene.today + timedelta(days=1)
    row = Standing.objects.filter(owner=cast.alice, due_on__lte=scene.today).select_related("customer").first()
    url = f"/calendar/{row.customer.uuid}/"
    before = [numbers(week(mona, on=day), cast.alice)[day] for day in (scene.today, until)]

    alice.post(url, {"until": f"{until:%Y-%m-%d}", "next": "/calendar/"})

    after = [numbers(week(mona, on=day), cast.alice)[day] for day in (scene.today, until)]
    assert after == [before[0] - 1, before[1] + 1]


def test_days_gone_by_count_the_touches_that_were_logged(cast, scene, enter):
    gone = scene.today - timedelta(days=8)
    logged = Touch.objects.filter(author=cast.alice, touched_on=gone).count()

    assert logged
    assert numbers(week(enter(cast.mona), on=gone), cast.alice)[gone] == logged


def test_a_day_with_more_than_one_can_do_stands_out(cast, scene, enter):
    cast.alice.daily_capacity = 1
    cast.alice.save()

    page = enter(cast.mona).get("/calendar/")

    (row,) = [row for row in page.context["week"].people if row.person == cast.alice]
    assert any(load.is_over for load in row.loads)
    assert "heatcell hi" in page.content.decode()


def test_nobody_else_sees_the_days_of_a_team(cast, scene, enter):
    for outsider in (cast.alice, cast.charlie, cast.nora):
        page = enter(outsider).get("/calendar/", {"owner": cast.east.uuid})

        assert "week" not in page.context
        assert page.context["calendar"].person == outsider
