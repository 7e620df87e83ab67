"""The test every kind of job must pass: run twice, one after the other and at the same time, the effect is one.

A kind needs an example: `example("kind")` on a function that prepares the database and gives the job's arguments,
in `tests/<room>/job_examples.py`, listed in `EXAMPLE_MODULES`.
"""

import threading
from collections.abc import Callable
from importlib import import_module
from typing import Any

from django.apps import apps
from django.db import connection

from wendu.desk.table.own_indexes import standing_indexes
from wendu.jobs.actions import enqueue
from wendu.jobs.delivery import perform
from wendu.jobs.models import Job

EXAMPLE_MODULES = [
    "tests.jobs.job_examples",
    "tests.journal.job_examples",
    "tests.agenda.job_examples",
    "tests.insights.job_examples",
    "tests.coach.job_examples",
    "tests.backups.job_examples",
    "tests.bulk.job_examples",
    "tests.handovers.job_examples",
    "tests.desk.job_examples",
    "tests.exports.job_examples",
    "tests.imports.job_examples",
    "tests.merges.job_examples",
    "tests.web.letters.job_examples",
]
MACHINERY = {"jobs.job", "django_q.ormq", "django_q.schedule", "django_q.task", "django_q.success", "django_q.failure"}
DELIVERIES = 5  # more than that is no slow disk any more
CHANCE = ("id", "uuid", "created_at", "set_at", "done_at", "at")

Prepare = Callable[[], dict[str, Any]]
_examples: dict[str, Prepare] = {}


def example(kind: str) -> Callable[[Prepare], Prepare]:
    """Register how to prepare a world in which this kind of job has something to do."""

    def register(prepare: Prepare) -> Prepare:
        _examples[kind] = prepare
        return prepare

    return register


def examples() -> dict[str, Prepare]:
    """All examples by kind."""
    for module in EXAMPLE_MODULES:
        import_module(module)
    return _examples


def world() -> dict[str, list[Any]]:
    """Everything stored by our rooms, but for the queue's own rows; and the indexes that views asked for."""
    return {"indexes": sorted(standing_indexes())} | {
        model._meta.label_lower: sorted(model._base_manager.values_list(), key=repr)
        for model in apps.get_models()
        if model.__module__.startswith("wendu.") and model._meta.label_lower not in MACHINERY
    }


def essence() -> dict[str, list[str]]:
    """The same without ids and moments, which differ between two runs that did the same."""
    return {"indexes": sorted(standing_indexes())} | {
        model._meta.label_lower: sorted(
            repr([(f.name, getattr(row, f.attname)) for f in model._meta.concrete_fields if f.name not in CHANCE])
            for row in model._base_manager.all()
        )
        for model in apps.get_models()
        if model.__module__.startswith("wendu.") and model._meta.label_lower not in MACHINERY
    }


def together(*acts: Callable[[], Any]) -> list[Any]:
    """Run all acts at the same moment, each on a connection of its own; give results and failures."""
    gate, results = threading.Barrier(len(acts)), []

    def run(act: Callable[[], Any]) -> None:
        try:
            gate.wait()
            results.append(act())
        except Exception as failure:  # noqa: BLE001  whatever happened is what the test looks at
            results.append(failure)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def perform_till_it_ends(job_id: int) -> str:
    """Perform a job; where it lost its database to a slow disk it is handed out again, as the queue would."""
    for _ in range(DELIVERIES):
        if (answer := perform(job_id)) != "released":
            break
    return answer


def run_once(kind: str, arguments: dict[str, Any]) -> Job:
    """Run a job of its own through the queue's door."""
    job = enqueue(kind, actor=None, **arguments)
    perform(job.pk)
    job.refresh_from_db()
    return job
