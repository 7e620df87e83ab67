from datetime import date, timedelta

import pytest

from tests.touches.making import NOW, TABLES, TODAY, WIDE_TABLES, draft, fingerprint
from wendu.journal.models import Entry
from wendu.kernel.errors import Denied
from wendu.touches.actions import (
    AnswerDraft,
    CommitmentDraft,
    DraftRefused,
    PromiseDraft,
    QuietDraft,
    answer_indicators,
    close_tail,
    log_touch,
    open_tail,
    reopen_commitment,
    reopen_promise,
    reopen_tail,
    set_quiet_period,
    settle_commitment,
    settle_promise,
    withdraw_quiet_period,
)
from wendu.touches.actions.errors import (
    AlreadySettled,
    AlreadyWithdrawn,
    NewDayMissing,
    SettledBeforeMade,
    TailIsClosed,
    TailIsOpen,
)
from wendu.touches.actions.known import axes_of_questions
from wendu.touches.models import IndicatorAnswer, Promise, QuietPeriod, Tail

MADE = date(2026, 2, 20)
DUE = date(2026, 2, 27)


@pytest.fixture
def promise(cast, lake):
    said = draft(touched_on=MADE, promises=(PromiseDraft(what="寄资料", due_on=DUE),))
    return log_touch(customer=lake, actor=cast.alice, at=NOW, draft=said).promises.get()


@pytest.fixture
def commitment(cast, lake, he):
    agreed = CommitmentDraft(contact_id=he.pk, what="看样板站", due_on=DUE)
    said = draft(touched_on=MADE, outcome="advance", commitment=agreed)
    return log_touch(customer=lake, actor=cast.alice, at=NOW, draft=said).commitments.get()


@pytest.fixture
def tail(cast, lake):
    return open_tail(customer=lake, what="露点偏高", actor=cast.alice, at=NOW, on=MADE)


@pytest.mark.parametrize(
    "state,on,stored",
    [
        ("kept", DUE, "kept"),
        ("kept", TODAY, "kept_late"),
        ("broken", TODAY, "broken"),
        ("kept_late", TODAY, "kept_late"),
    ],
)
def test_a_promise_is_settled_on_a_day_and_late_is_seen(cast, promise, state, on, stored):
    settle_promise(promise=promise, state=state, on=on, actor=cast.alice, at=NOW)

    assert (promise.state, promise.settled_on) == (stored, on)
    assert Entry.objects.get(verb="promise.settled").after["state"] == stored


def test_a_promise_agreed_anew_goes_on_as_a_new_row(cast, promise):
    renewal = settle_promise(promise=promise, state="renegotiated", due_on=date(2026, 3, 6), actor=cast.alice, at=NOW)

    promise.refresh_from_db()
    assert (promise.state, promise.renewed_as) == ("renegotiated", renewal)
    assert (renewal.state, renewal.due_on, renewal.what) == ("open", date(2026, 3, 6), "寄资料")


@pytest.mark.parametrize("due_on", [None, DUE, MADE])
def test_agreeing_anew_needs_a_later_day(cast, promise, due_on):
    with pytest.raises(NewDayMissing):
        settle_promise(promise=promise, state="renegotiated", due_on=due_on, actor=cast.alice, at=NOW)

    assert Promise.objects.count() == 1


def test_what_was_said_of_a_promise_can_be_taken_back(cast, promise):
    settle_promise(promise=promise, state="renegotiated", due_on=date(2026, 3, 6), actor=cast.alice, at=NOW)

    reopen_promise(promise=promise, actor=cast.alice, at=NOW)

    assert [(row.state, row.settled_on) for row in Promise.objects.all()] == [("open", None)]


def test_a_promise_is_settled_once_and_not_before_it_was_made(cast, promise):
    with pytest.raises(SettledBeforeMade):
        settle_promise(promise=promise, state="kept", on=MADE - timedelta(days=1), actor=cast.alice, at=NOW)
    settle_promise(promise=promise, state="kept", actor=cast.alice, at=NOW)
    with pytest.raises(AlreadySettled):
        settle_promise(promise=promise, state="broken", actor=cast.alice, at=NOW)


@pytest.mark.parametrize("state,on", [("open", None), ("forgotten", None), ("kept", TODAY + timedelta(days=1))])
def test_a_promise_takes_no_unknown_state_and_no_day_to_come(cast, promise, state, on):
    with pytest.raises(DraftRefused):
        settle_promise(promise=promise, state=state, on=on, actor=cast.alice, at=NOW)


def test_a_commitment_is_done_or_dropped_and_can_be_reopened(cast, commitment):
    settle_commitment(commitment=commitment, state="done", on=DUE, actor=cast.alice, at=NOW)
    assert (commitment.state, commitment.settled_on) == ("done", DUE)

    reopen_commitment(commitment=commitment, actor=cast.alice, at=NOW)
    settle_commitment(commitment=commitment, state="dropped", actor=cast.alice, at=NOW)

    assert (commitment.state, commitment.settled_on) == ("dropped", TODAY)


def test_a_problem_is_closed_once_and_reopened_once(cast, tail):
    with pytest.raises(TailIsOpen):
        reopen_tail(tail=tail, actor=cast.alice, at=NOW)
    close_tail(tail=tail, actor=cast.alice, at=NOW)
    with pytest.raises(TailIsClosed):
        close_tail(tail=tail, actor=cast.alice, at=NOW)

    reopen_tail(tail=tail, actor=cast.alice, at=NOW)

    assert Tail.objects.open().get().closed_on is None


def test_questions_are_answered_without_a_touch(cast, lake):
    axes = axes_of_questions()
    answers = [AnswerDraft(axis=axis, indicator=code, value=1, evidence=" 说起  过 ") for code, axis in axes.items()]

    rows = answer_indicators(customer=lake, answers=answers, actor=cast.alice, at=NOW, on=MADE)

    assert len(rows) == len(axes)
    assert {row.evidence for row in IndicatorAnswer.objects.all()} == {"说起 过"}
    assert Entry.objects.get(verb="indicators.answered").after["from_on"] == MADE.isoformat()


def test_a_wrong_answer_is_refused_whole(cast, lake):
    code, axis = next(iter(axes_of_questions().items()))
    answers = [AnswerDraft(axis=axis, indicator=code, value=1), AnswerDraft(axis=axis, indicator="mood", value=9)]

    with pytest.raises(DraftRefused) as refused:
        answer_indicators(customer=lake, answers=answers, actor=cast.alice, at=NOW)

    assert [error.field for error in refused.value.errors] == ["answers.1.indicator", "answers.1.value"]
    assert not IndicatorAnswer.objects.exists()


def test_a_quiet_period_is_set_and_withdrawn(cast, lake):
    quiet = QuietDraft(starts_on=TODAY, ends_on=TODAY + timedelta(days=9), reason="tender")
    period = set_quiet_period(customer=lake, quiet=quiet, actor=cast.alice, at=NOW)
    assert QuietPeriod.objects.standing().get() == period

    withdraw_quiet_period(period=period, actor=cast.alice, at=NOW)

    assert not QuietPeriod.objects.standing().exists()
    with pytest.raises(AlreadyWithdrawn):
        withdraw_quiet_period(period=period, actor=cast.alice, at=NOW)


@pytest.mark.parametrize("who", ["charlie", "nora", "bob", "mia", "eve"])
def test_outsiders_settle_nothing(cast, lake, promise, commitment, tail, who):
    actor = getattr(cast, who)
    period = set_quiet_period(
        customer=lake, quiet=QuietDraft(starts_on=TODAY, ends_on=TODAY, reason="tender"), actor=cast.alice, at=NOW
    )
    acts = [
        lambda: settle_promise(promise=promise, state="kept", actor=actor, at=NOW),
        lambda: reopen_promise(promise=promise, actor=actor, at=NOW),
        lambda: settle_commitment(commitment=commitment, state="done", actor=actor, at=NOW),
        lambda: reopen_commitment(commitment=commitment, actor=actor, at=NOW),
        lambda: open_tail(customer=lake, what="题", actor=actor, at=NOW),
        lambda: close_tail(tail=tail, actor=actor, at=NOW),
        lambda: reopen_tail(tail=tail, actor=actor, at=NOW),
        lambda: answer_indicators(customer=lake, answers=[], actor=actor, at=NOW),
        lambda: set_quiet_period(
            customer=lake, quiet=QuietDraft(starts_on=TODAY, ends_on=TODAY, reason="tender"), actor=actor, at=NOW
        ),
        lambda: withdraw_quiet_period(period=period, actor=actor, at=NOW),
    ]
    before = fingerprint(WIDE_TABLES + TABLES)

    for act in acts:
        with pytest.raises(Denied):
            act()

    assert fingerprint(WIDE_TABLES + TABLES) == before
