"""Every registered kind of job, run twice in sequence and twice in parallel: the second run changes nothing."""

import pytest

from tests.jobs.twice import essence, examples, perform_till_it_ends, run_once, together, world
from wendu.jobs.actions import enqueue
from wendu.jobs.choices import JobState
from wendu.jobs.delivery import perform
from wendu.jobs.models import Job
from wendu.jobs.registry import registered

KINDS = sorted(examples())
HAND_ON = {"backup.daily", "letters.morning"}  # all it does is ask for another job


def test_every_registered_job_has_an_example():
    ours = {name for name, kind in registered().items() if kind.body.__module__.startswith("wendu.")}

    assert ours == set(KINDS), "add @example(kind) in tests/<room>/job_examples.py and list the module in twice.py"


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.django_db(transaction=True)
def test_a_second_run_changes_nothing(kind):
    arguments = examples()[kind]()
    before = essence()

    first = run_once(kind, arguments)
    after_first = world()
    second = run_once(kind, arguments)

    assert (first.state, second.state) == (JobState.DONE, JobState.DONE), (first.error, second.error)
    assert world() == after_first
    if not kind.startswith("jobs.") and kind not in HAND_ON:
        assert essence() != before, "the example gives the job nothing to do"


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.django_db(transaction=True)
def test_two_runs_at_once_do_what_one_does(kind):
    arguments = examples()[kind]()
    jobs = [enqueue(kind, actor=None, **arguments) for _ in range(2)]

    together(*[lambda job=job: perform_till_it_ends(job.pk) for job in jobs])
    after_both = essence()
    run_once(kind, arguments)

    ends = Job.objects.filter(pk__in=[job.pk for job in jobs]).values_list("state", "error")
    assert list(ends) == [(JobState.DONE, "")] * 2
    assert essence() == after_both


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.django_db(transaction=True)
def test_a_job_delivered_twice_at_once_is_run_once(kind):
    job = enqueue(kind, actor=None, **examples()[kind]())

    results = together(*[lambda: perform(job.pk)] * 4)

    job.refresh_from_db()
    assert sorted(map(str, results)) == ["done", "left", "left", "left"]
    assert (job.state, job.attempts) == (JobState.DONE, 1)
