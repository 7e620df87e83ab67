"""Health is open to anyone and says nothing but its state."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection
from django.db.migrations.recorder import MigrationRecorder

from wendu.config import health
from wendu.jobs.choices import JobState
from wendu.jobs.models import Job
from wendu.kernel.clock import now


def test_a_living_process_says_so(client):
    assert client.get("/healthz/live").content == b"ok\n"


@pytest.mark.django_db
def test_a_serving_process_says_so(client):
    assert client.get("/healthz/ready").status_code == 200


@pytest.mark.django_db
def test_without_a_database_it_is_not_ready(client, monkeypatch):
    def refuse():
        raise DatabaseError

    monkeypatch.setattr(health.connection, "cursor", refuse)

    assert client.get("/healthz/ready").status_code == 503


@pytest.fixture(autouse=True)
def _nothing_known():
    health._migrated.cache_clear()
    yield
    health._migrated.cache_clear()


@pytest.mark.django_db
def test_with_tables_of_an_earlier_version_it_is_not_ready_until_they_are_brought_up_to_date(client):
    latest = MigrationRecorder.Migration.objects.get(app="journal", name="0002_append_only")
    name = latest.name
    latest.delete()
    answer = client.get("/healthz/ready")

    assert (answer.status_code, b"wendu migrate" in answer.content) == (503, True)

    MigrationRecorder(connection).record_applied("journal", name)
    assert client.get("/healthz/ready").status_code == 200


@pytest.mark.django_db
def test_a_worker_that_fell_silent_is_told_and_the_site_stays_ready(client):
    assert client.get("/healthz/worker").status_code == 503

    round_done = Job.objects.create(kind="jobs.redeliver", state=JobState.DONE, ended_at=now())
    assert client.get("/healthz/worker").content == b"ok\n"

    Job.objects.filter(pk=round_done.pk).update(ended_at=now() - timedelta(minutes=10))
    assert client.get("/healthz/worker").status_code == 503
    assert client.get("/healthz/ready").status_code == 200
