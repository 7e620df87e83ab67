"""The form of a hand-over: what it shows before, whom it lets in, and the way back."""

import pytest

from wendu.customers.models import Customer
from wendu.handovers.models import Handover
from wendu.jobs.delivery import perform
from wendu.jobs.models import Job

pytestmark = pytest.mark.django_db
FORM = "/team/handover/"


def run_jobs() -> None:
    for job in Job.objects.open().filter(kind__startswith="handovers."):
        perform(job.pk)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_form_counts_first_and_hands_over_then(cast, scene, enter, language):
    client = enter(cast.mona, language)
    seen = client.get(FORM, {"leaver": str(cast.alice.uuid), "split": "class"})

    answer = client.post(
        FORM,
        {"leaver": cast.alice.uuid, "split": "class", "taker": cast.bob.uuid, "part": ["A"], "to": [cast.mona.uuid]},
    )
    waits = client.get(answer.url).content.decode()
    run_jobs()
    done = client.get(answer.url)

    assert seen.context["book"].customers == 9
    assert "<progress" in waits
    assert 'action="' in done.content.decode()
    assert Customer.objects.filter(owner=cast.mona).count() == 2
    assert client.post(f"{answer.url}undoing/").url == answer.url
    run_jobs()
    assert Customer.objects.filter(owner=cast.alice).count() == 9
    assert client.post(f"{answer.url}undoing/").status_code == 422


def test_what_is_missing_is_said_and_nothing_is_done(cast, scene, enter):
    client = enter(cast.mona)

    assert client.post(FORM).status_code == 422
    assert client.post(FORM, {"leaver": cast.alice.uuid}).status_code == 422
    assert client.post(FORM, {"leaver": cast.charlie.uuid, "taker": cast.bob.uuid}).status_code == 422
    assert not Handover.objects.exists()


def test_who_manages_no_team_or_another_one_finds_nothing(cast, scene, enter):
    mona = enter(cast.mona)
    url = mona.post(FORM, {"leaver": cast.alice.uuid, "taker": cast.bob.uuid}).url

    for who in ("alice", "charlie", "sam", "mia"):
        assert enter(getattr(cast, who)).get(FORM).status_code == 404
    assert enter(cast.eve).get(FORM).status_code == 403
    for who in ("alice", "charlie", "nora", "sam", "mia", "eve"):
        assert enter(getattr(cast, who)).get(url).status_code == 404
        assert enter(getattr(cast, who)).post(f"{url}undoing/").status_code == 404
