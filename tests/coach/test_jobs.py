"""What everybody is judged by has changed: all are judged anew, by a job and after the commit."""

from datetime import timedelta

import pytest

from tests.cast import MONDAY
from tests.coach.world import TODAY, touch
from tests.factories import make_customer
from wendu.coach.actions import recompute
from wendu.coach.models import Standing
from wendu.identity.actions import add_holiday, edit_organisation, remove_holiday
from wendu.jobs.actions import run_now
from wendu.jobs.models import Job
from wendu.packs.actions import publish
from wendu.playbooks import dump, shipped

pytestmark = pytest.mark.django_db


def asked() -> int:
    return Job.objects.filter(kind="coach.recompute", state="queued").count()


def test_a_holiday_has_all_judged_anew_once(cast, django_capture_on_commit_callbacks):
    make_customer(cast.alice)
    with django_capture_on_commit_callbacks(execute=True):
        first = add_holiday(day=TODAY + timedelta(days=3), name="厂庆", actor=cast.ada, at=MONDAY)
        before_commit = asked()
    with django_capture_on_commit_callbacks(execute=True):
        remove_holiday(holiday=first, actor=cast.ada, at=MONDAY)

    assert (before_commit, asked()) == (0, 1)


def test_the_rebuild_moves_what_stands_along_with_the_stopped_days(cast):
    customer = make_customer(cast.alice)
    touch(customer, cast.alice)
    before = Standing.objects.get(pk=customer.pk).gap_on
    add_holiday(day=TODAY + timedelta(days=3), name="厂庆", actor=cast.ada, at=MONDAY)

    list(recompute(at=MONDAY))

    assert Standing.objects.get(pk=customer.pk).gap_on == before + timedelta(days=1)


def test_where_nobody_is_there_is_nothing_to_judge(cast, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        add_holiday(day=TODAY + timedelta(days=3), name="厂庆", actor=cast.ada, at=MONDAY)

    assert asked() == 0


def test_a_published_playbook_has_all_judged_anew(cast, django_capture_on_commit_callbacks):
    make_customer(cast.alice)
    with django_capture_on_commit_callbacks(execute=True):
        publish(content={**dump(shipped()), "key": "ours", "version": "1.0.1"}, actor=cast.ada, at=MONDAY)

    assert asked() == 1


def test_a_new_zone_has_all_judged_anew_and_a_new_name_does_not(cast, django_capture_on_commit_callbacks):
    make_customer(cast.alice)
    found = []
    for settings in ({"name": "新名商贸"}, {"time_zone": "Asia/Tokyo"}):
        with django_capture_on_commit_callbacks(execute=True):
            edit_organisation(actor=cast.ada, at=MONDAY, **settings)
        found.append(asked())

    assert found == [0, 1]


def test_the_job_judges_everybody(cast):
    customer = make_customer(cast.alice)
    Standing.objects.all().delete()

    job = run_now("coach.recompute", actor=None)

    assert job.state == "done"
    assert Standing.objects.filter(pk=customer.pk).exists()
