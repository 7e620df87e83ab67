"""The rhythm calendar: next touches by day, load against capacity, days off and quiet, and what may be moved where."""

from datetime import timedelta

import pytest

from wendu.agenda.actions import plan_step
from wendu.agenda.models import Notification, Snooze
from wendu.coach.models import Standing
from wendu.customers.models import Customer
from wendu.desk.notices import notices_of
from wendu.identity.models import Holiday
from wendu.journal.models import Entry
from wendu.kernel.clock import now
from wendu.touches.actions import QuietDraft, TouchDraft, log_touch, set_quiet_period
from wendu.touches.models import Promise

pytestmark = pytest.mark.django_db


@pytest.fixture
def alice(cast, scene, enter):
    return enter(cast.alice)


def shown(client, **query):
    return client.get("/calendar/", query).context["calendar"]


def placed(calendar):
    return {entry.name: day.on for day in calendar.days for entry in day.entries}


def moved(client, scene, name, until):
    url = f"/calendar/{scene.customers[name].uuid}/"
    return client.post(url, {"until": f"{until:%Y-%m-%d}", "next": "/calendar/"})


def test_m125_everybody_stands_on_the_day_due_and_what_is_late_on_today(alice, cast, scene):
    rows = list(Standing.objects.filter(owner=cast.alice, due_on__isnull=False).select_related("customer"))
    assert rows

    for row in rows:
        on = max(row.due_on, scene.today)
        assert placed(shown(alice, by="day", on=on))[row.customer.name] == on
    (today,) = shown(alice, by="day").days
    late = {row.customer.name for row in rows if row.due_on < scene.today}
    assert late
    assert {entry.name for entry in today.entries if entry.is_late} == late
    assert (today.load, today.late) == (len(today.entries), len(late))


def test_a_day_that_holds_more_than_one_can_do_says_so(alice, cast, scene):
    cast.alice.daily_capacity = 1
    cast.alice.save()

    calendar = shown(alice, by="day")
    page = alice.get("/calendar/?by=day").content.decode()

    assert calendar.is_over(calendar.days[0])
    assert f"{calendar.days[0].load} / 能做 1" in page


def test_days_off_and_quiet_customers_are_shown(alice, cast, scene):
    Holiday.objects.create(day=scene.today, name="司庆")
    quiet = QuietDraft(starts_on=scene.today, ends_on=scene.today, reason="shutdown")
    set_quiet_period(customer=scene.customers["赤岭建材"], quiet=quiet, actor=cast.alice, at=now())

    calendar = shown(alice, by="day")

    assert (calendar.days[0].holiday, calendar.days[0].is_off) == ("司庆", True)
    assert [each.customer.name for each in calendar.quiet] == ["赤岭建材"]
    assert shown(alice, by="day", on=scene.today + timedelta(days=1)).quiet == ()


def test_a_day_gone_by_tells_what_was_done_and_plans_nothing(alice, scene):
    (day,) = shown(alice, by="day", on=scene.today - timedelta(days=1)).days

    assert (day.is_past, day.load, day.entries) == (True, 1, ())


def test_who_is_put_off_stands_on_the_later_day_and_comes_back_with_undo(alice, cast, scene):
    later = scene.today + timedelta(days=3)
    name = shown(alice, by="day").days[0].entries[0].name

    answer = moved(alice, scene, name, later)

    assert (answer.status_code, answer["Location"]) == (302, "/calendar/")
    assert placed(shown(alice, by="day", on=later))[name] == later
    assert name not in placed(shown(alice, by="day"))
    alice.post(f"/today/{scene.customers[name].uuid}/return/")
    assert name in placed(shown(alice, by="day"))


def test_a_past_day_is_refused_with_the_reason(alice, scene):
    answer = moved(alice, scene, "砚湖轴承", scene.today - timedelta(days=1))

    assert answer.status_code == 422
    assert "这一天已经过了" in answer.content.decode()
    assert not Snooze.objects.exists()


def test_a_day_before_the_rhythm_asks_is_refused_with_the_reason(alice, cast, scene):
    ahead = Standing.objects.filter(owner=cast.alice, due_on__gt=scene.today).select_related("customer")[0]

    answer = moved(alice, scene, ahead.customer.name, scene.today)

    assert answer.status_code == 422
    assert f"{ahead.due_on:%m-%d} 才该跟" in answer.content.decode()
    assert not Snooze.objects.exists()


def test_no_day_at_all_is_refused(alice, scene):
    url = f"/calendar/{scene.customers['砚湖轴承'].uuid}/"

    assert alice.post(url, {"until": "soon"}).status_code == 422
    assert not Snooze.objects.exists()


def replan(client, cast, scene, name, until):
    url, there = f"/calendar/{scene.customers[name].uuid}/", f"/calendar/?owner={cast.alice.uuid}"
    return client.post(url, {"until": f"{until:%Y-%m-%d}", "owner": cast.alice.uuid, "next": there})


def test_a_manager_puts_off_for_her_people_who_are_told_and_there_is_a_way_back(cast, scene, enter):
    mona, later = enter(cast.mona), scene.today + timedelta(days=3)
    page = mona.get("/calendar/", {"by": "day", "owner": str(cast.alice.uuid)})
    assert page.content.decode().count("data-move=") == page.context["calendar"].days[0].load
    name = page.context["calendar"].days[0].entries[0].name

    answer = replan(mona, cast, scene, name, later)

    assert answer.status_code == 302
    assert placed(shown(enter(cast.alice), by="day", on=later))[name] == later
    entry = Entry.objects.get(verb="step.snoozed")
    assert (entry.actor, Snooze.objects.get().user) == (cast.mona, cast.alice)
    told = notices_of(cast.alice, limit=1)[0]
    assert (told.about, told.words) == (name, f"莫娜把这家排到了 {later:%m-%d}")
    undo = f"/calendar/{scene.customers[name].uuid}/return/{cast.alice.uuid}/"
    assert undo in mona.get("/calendar/").content.decode()
    assert mona.post(undo).status_code == 302
    assert name in placed(shown(enter(cast.alice), by="day"))
    assert not Notification.objects.filter(user=cast.alice, code="replanned").exists()


@pytest.mark.parametrize(("who", "status"), [("charlie", 404), ("bob", 404), ("nora", 404), ("sam", 403), ("eve", 403)])
def test_who_does_not_lead_somebody_moves_nothing_for_them(cast, scene, enter, who, status):
    client = enter(getattr(cast, who))

    assert replan(client, cast, scene, "砚湖轴承", scene.today + timedelta(days=3)).status_code == status
    assert not Snooze.objects.exists()


def test_nobody_is_planned_for_who_does_not_see_the_customer(cast, scene, enter):
    url = f"/calendar/{scene.customers['砚湖轴承'].uuid}/"

    for owner in (cast.bob.uuid, "nobody", "00000000-0000-0000-0000-000000000000"):
        assert enter(cast.mona).post(url, {"until": "2099-01-01", "owner": owner}).status_code == 404
    assert not Snooze.objects.exists()


def test_plans_promises_and_what_they_agreed_to_stand_on_their_days(alice, cast, scene):
    on = scene.today + timedelta(days=2)
    plan_step(customer=scene.customers["赤岭建材"], do="送样", planned_on=on, actor=cast.alice, at=now())
    promise = Promise.objects.get()

    found = {
        row.kind: (row.what, day.on)
        for each in (scene.today, on, promise.due_on)
        for day in shown(alice, by="day", on=max(each, scene.today)).days
        for row in day.sayings
    }

    assert found["step"] == ("送样", on)
    assert found["promise"] == (promise.what, max(promise.due_on, scene.today))
    assert "commitment" in found


def test_a_day_agreed_with_the_customer_is_marked(alice, cast, scene):
    on = scene.today + timedelta(days=4)
    draft = TouchDraft(kind="phone", touched_on=scene.today, agreed_on=on)
    log_touch(customer=scene.customers["砚湖轴承"], actor=cast.alice, at=now(), draft=draft)

    (day,) = shown(alice, by="day", on=on).days

    assert {entry.name: entry.is_agreed for entry in day.entries}["砚湖轴承"]


@pytest.mark.parametrize("who", ["alice", "mona"])
def test_a_plan_moves_to_another_day_and_back(cast, scene, enter, who):
    later, client = scene.today + timedelta(days=4), enter(getattr(cast, who))
    do = {"customer": scene.customers["赤岭建材"], "do": "送样", "planned_on": scene.today}
    step = plan_step(**do, actor=cast.alice, at=now())
    url = f"/calendar/plans/{step.uuid}/"

    assert client.post(url, {"until": f"{later:%Y-%m-%d}"}).status_code == 302

    step.refresh_from_db()
    assert step.planned_on == later
    assert Notification.objects.filter(user=cast.alice, code="replanned").exists() == (who == "mona")
    assert client.post(f"{url}?until={scene.today:%Y-%m-%d}").status_code == 302
    step.refresh_from_db()
    assert step.planned_on == scene.today
    assert client.post(url, {"until": "2020-01-01"}).status_code == 422
    assert enter(cast.charlie).post(url, {"until": f"{later:%Y-%m-%d}"}).status_code == 404


def test_a_manager_sees_of_her_people_only_what_she_may_see_of_their_customers(cast, scene, enter):
    far = scene.customers["青屿精密"]
    Customer.objects.filter(pk=far.pk).update(owner=cast.charlie, team=cast.south)
    far.collaborations.create(user=cast.alice, since=now())
    plan_step(customer=far, do="只有她看见", planned_on=scene.today, actor=cast.alice, at=now())

    own = shown(enter(cast.alice), by="day").days[0].sayings
    hers = shown(enter(cast.mona), by="day", owner=str(cast.alice.uuid)).days[0].sayings

    assert "只有她看见" in {row.what for row in own}
    assert "只有她看见" not in {row.what for row in hers}


@pytest.mark.parametrize("who", ["charlie", "nora", "bob"])
def test_an_outsider_asking_for_anothers_days_sees_his_own(cast, scene, enter, who):
    client = enter(getattr(cast, who))

    calendar = shown(client, by="day", owner=str(cast.alice.uuid))

    assert calendar.person == getattr(cast, who)
    assert not set(placed(calendar)) & {"砚湖轴承", "桐溪注塑", "赤岭建材"}


@pytest.mark.parametrize("query", [{"by": "century"}, {"on": "x"}, {"on": "9999-12-31"}, {"owner": "x"}])
def test_what_cannot_be_read_asks_for_ones_own_week(alice, cast, query):
    calendar = shown(alice, **query)

    assert (calendar.span, calendar.person, len(calendar.days)) == ("week", cast.alice, 7)
    assert calendar.days[0].on.weekday() == 0


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_month_begins_on_a_monday_and_leads_to_its_neighbours(cast, scene, enter, language):
    calendar = enter(cast.alice, language).get("/calendar/?by=month&on=2026-12-31").context["calendar"]

    assert (f"{calendar.days[0].on}", f"{calendar.days[-1].on}") == ("2026-11-30", "2027-01-03")
    assert (f"{calendar.earlier}", f"{calendar.later}") == ("2026-11-01", "2027-01-01")
