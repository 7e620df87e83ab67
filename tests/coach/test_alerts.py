"""Who is told of heat to strike on and of heat that was lost, and what becomes of an alert the facts take back."""

from datetime import timedelta

import pytest
from django.db import transaction

from tests.cast import MONDAY, person
from tests.coach.test_time import go_to, later
from tests.coach.world import TODAY, World, touch
from tests.factories import win
from wendu.agenda.models import Notification
from wendu.coach.actions import judge_many, recompute
from wendu.coach.alerts import standing_alerts
from wendu.coach.frame import Frame
from wendu.coach.models import DealStanding, Standing
from wendu.identity.choices import Role
from wendu.journal.doors import door
from wendu.journal.models import Entry
from wendu.opportunities.actions import change_deal_owner
from wendu.touches.actions import undo_touch
from wendu.touches.models import Touch

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(cast) -> World:
    return World.of(cast.alice)


def told(code: str) -> list[str]:
    rows = Notification.objects.filter(code=code).order_by("pk")
    return [row.user.username for row in rows.select_related("user")]


def noted(verb: str) -> list[dict]:
    return list(Entry.objects.filter(verb=verb).order_by("pk").values_list("after", flat=True))


def miss_heat(world: World) -> DealStanding:
    for day in range(1, 60):
        go_to(day)
        row = DealStanding.objects.get(customer=world.customer)
        if row.missed_on:
            return row
    raise AssertionError("the heat was never missed")


def test_a_strike_is_told_to_the_owner_of_the_deal_once(cast, world):
    world.open(later(-20))
    change_deal_owner(opportunity=world.deals[0], owner=cast.bob, actor=cast.mona, at=MONDAY)

    world.heat(TODAY)
    touch(world.customer, cast.alice, kind="phone")

    assert told("strike_raised") == ["bob"]
    assert len(noted("strike.raised")) == 1


def test_missed_heat_is_told_to_the_managers_of_the_branch_once(cast, world):
    above = person("norma", "诺玛", Role.MANAGER, cast.north)
    world.heat(TODAY)

    missed = miss_heat(world)
    go_to((missed.missed_on - TODAY).days + 1)

    assert sorted(told("heat_missed")) == sorted([cast.mona.username, above.username])
    assert [note["on"] for note in noted("heat.missed")] == [missed.missed_on.isoformat()]


def test_an_order_raises_no_alert(cast, world):
    world.open(TODAY)

    win(world.deals[0])

    assert Standing.objects.get(pk=world.customer.pk).heat == 100
    assert told("strike_raised") == []
    assert noted("strike.raised") == []


def test_an_alert_the_facts_take_back_is_marked_and_its_notification_stays(cast, world):
    world.heat(TODAY)
    raised = noted("strike.raised")

    undo_touch(touch=Touch.objects.get(touched_on=later(-4)), actor=cast.alice, at=MONDAY)

    assert DealStanding.objects.get(customer=world.customer).strike_since is None
    assert noted("alert.superseded") == [{"alert": "strike.raised", "on": raised[0]["on"]}]
    assert told("strike_raised") == ["alice"]
    assert standing_alerts(world.customer.pk) == []


def test_an_alert_taken_back_on_its_own_day_is_marked_too(cast, world):
    world.heat(TODAY)

    undo_touch(touch=Touch.objects.get(touched_on=TODAY), actor=cast.alice, at=MONDAY)

    assert len(noted("alert.superseded")) == 1


def test_an_alert_that_ran_its_course_is_not_taken_back(cast, world):
    world.heat(later(-1))
    world.advance(TODAY, "negotiation")
    world.lose(TODAY)

    assert len(noted("strike.raised")) == 1
    assert noted("alert.superseded") == []


def test_missed_heat_that_a_late_log_disproves_is_marked(cast, world):
    world.heat(TODAY)
    missed = miss_heat(world).missed_on
    at = MONDAY + (missed - TODAY) * 1

    touch(world.customer, cast.alice, missed - timedelta(days=1), kind="negotiation", at=at)

    assert {"alert": "heat.missed", "on": missed.isoformat()} in noted("alert.superseded")
    assert told("heat_missed") == ["mona"]


def test_a_rebuild_tells_nobody_of_the_past(cast, world):
    with transaction.atomic():
        world.heat(TODAY)
        Notification.objects.all().delete()
        Standing.objects.all().delete()
        DealStanding.objects.all().delete()
        judge_many([world.customer.pk], frame=Frame.at(MONDAY), at=MONDAY)

    list(recompute(at=MONDAY + timedelta(days=50)))
    touch(world.customer, cast.alice, later(50), kind="phone", at=MONDAY + timedelta(days=50))

    assert Notification.objects.count() == 0


def test_what_a_file_brings_in_is_told_to_nobody(cast, world):
    with door("import"):
        world.heat(TODAY)

    assert DealStanding.objects.get(customer=world.customer).strike_since == TODAY
    assert Notification.objects.count() == 0
