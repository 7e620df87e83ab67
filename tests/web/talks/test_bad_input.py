"""The form of a prepared talk bears whatever is typed: what cannot be read is refused, nothing is half written."""

import pytest

from tests.web.one_customer import Story, alice, story, today
from tests.web.test_bad_input import DAYS, LONG, MISSING, NUMBERS, TEXTS, UNPROCESSABLE
from wendu.discovery.models import CallPlan, PlanQuestion

__all__ = ["alice", "story"]
pytestmark = [pytest.mark.django_db, pytest.mark.once]
SAVED = 302
LINES = {"TOTAL": "1", "INITIAL": "0"}
WORDS = ("idea", "objective", "fallback", "message", "mood", "evidence", "questions-0-text", "problems-0-name")


def sent(story: Story, **said: str) -> dict[str, object]:
    """A plan with one problem and one question."""
    lines = {f"{name}-{part}_FORMS": count for name in ("problems", "questions") for part, count in LINES.items()}
    asked = {"questions-0-kind": "P", "questions-0-text": "停在哪台？", "questions-0-problem": "夜里白跑"}
    plan = {"objective": "他带我看老机", "objective_on": today().isoformat(), "contact_id": story.he.pk}
    return {**lines, **plan, **asked, "problems-0-name": "夜里白跑", "problems-0-cost_minor": "3万", **said}


def rows() -> tuple[int, int]:
    return CallPlan.objects.count(), PlanQuestion.objects.count()


@pytest.mark.parametrize("name", WORDS)
def test_words_are_kept_or_refused(alice, story, name):
    url = f"/talks/new/?customer={story.customer.uuid}"
    for poison in TEXTS.values():
        before = rows()
        answer = alice.post(url, sent(story, **{name: poison}))
        assert answer.status_code in (SAVED, UNPROCESSABLE), (name, poison[:10])
        if answer.status_code == UNPROCESSABLE:
            assert rows() == before
    assert alice.post(url, sent(story, **{name: LONG})).status_code == UNPROCESSABLE


@pytest.mark.parametrize(
    ("name", "poisons"),
    [
        ("objective_on", DAYS),
        ("planned_on", DAYS),
        ("contact_id", NUMBERS),
        ("companion_id", NUMBERS),
        ("problems-0-cost_minor", {"endless": "9" * 400, "words": "很多"}),
        ("questions-0-kind", {"unknown": "telepathy"}),
        ("questions-TOTAL_FORMS", {"endless": "9" * 40, "words": "许多"}),
    ],
)
def test_what_cannot_be_read_is_refused_and_nothing_written(alice, story, name, poisons):
    before = rows()
    for url in (f"/talks/new/?customer={story.customer.uuid}", f"/talks/{story.plan.uuid}/details/"):
        for poison in poisons.values():
            assert alice.post(url, sent(story, **{name: poison})).status_code == UNPROCESSABLE, (url, name, poison[:10])
    assert rows() == before


def test_an_outsider_finds_no_form(cast, enter, story):
    assert enter(cast.nora).get(f"/talks/{story.plan.uuid}/details/").status_code == MISSING
