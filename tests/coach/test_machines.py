"""Promises, commitments, concerns and needs (method: 2.5): no deeds break their table, refusals leave no trace."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.cast import MONDAY
from tests.coach.proven import TODAY
from tests.factories.findings import KINDS, make_finding
from tests.laws import examples
from wendu.discovery.models import Demand
from wendu.journal.models import Entry
from wendu.kernel.errors import ActionError
from wendu.offers.models import Concern
from wendu.opportunities.actions import bring_back_finding, correct_finding, take_back_finding
from wendu.touches.actions import (
    CommitmentDraft,
    PromiseDraft,
    TouchDraft,
    log_touch,
    reopen_commitment,
    reopen_promise,
    settle_commitment,
    settle_promise,
)
from wendu.touches.models import Commitment, Promise

pytestmark = pytest.mark.django_db
RANDOM = settings(max_examples=examples(40), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
DUE = TODAY - timedelta(days=5)
PROMISES = ("open", "kept", "kept_late", "broken", "renegotiated", "nonsense")
COMMITMENTS = ("open", "done", "late", "dropped", "nonsense")
DAYS = st.integers(-12, 2).map(lambda days: TODAY + timedelta(days=days))
REOPEN = st.just(("reopen",))


def everything(*tables):
    return [list(table.objects.order_by("pk").values()) for table in (*tables, Entry)]


@pytest.fixture
def talked(deal, boss):
    """A touch ten days ago that left a promise of ours and a commitment of theirs."""
    draft = TouchDraft(
        kind="visit",
        touched_on=TODAY - timedelta(days=10),
        outcome="advance",
        contact_ids=(boss.pk,),
        opportunity_id=deal.pk,
        commitment=CommitmentDraft(contact_id=boss.pk, what="给开机时长", due_on=DUE),
        promises=(PromiseDraft(what="同行用电对比", due_on=DUE),),
    )
    return log_touch(customer=deal.customer, actor=deal.owner, at=MONDAY, draft=draft)


@RANDOM
@given(st.lists(st.one_of(REOPEN, st.tuples(st.just("settle"), st.sampled_from(PROMISES), DAYS)), max_size=8))
def test_a_promise_is_settled_once_and_late_is_never_in_time(deal, talked, deeds):
    promise, who = talked.promises.get(), {"actor": deal.owner, "at": MONDAY}
    for deed, *said in deeds:
        promise.refresh_from_db()
        stood, before = promise.state, everything(Promise)
        try:
            if deed == "reopen":
                reopen_promise(promise=promise, **who)
            else:
                settle_promise(promise=promise, state=said[0], on=said[1], due_on=TODAY + timedelta(days=9), **who)
        except ActionError:
            assert everything(Promise) == before, deed
            continue
        promise.refresh_from_db()
        assert (promise.state == "open") is (deed == "reopen")
        if deed == "settle":
            assert stood == "open", "what is settled is not settled again"
            assert promise.state in PROMISES[1:-1]
            assert not (promise.state == "kept" and promise.settled_on > promise.due_on)
            assert (promise.renewed_as is not None) is (promise.state == "renegotiated")


@RANDOM
@given(st.lists(st.one_of(REOPEN, st.tuples(st.just("settle"), st.sampled_from(COMMITMENTS), DAYS)), max_size=8))
def test_a_commitment_is_settled_once(deal, talked, deeds):
    row, who = talked.commitments.get(), {"actor": deal.owner, "at": MONDAY}
    for deed, *said in deeds:
        row.refresh_from_db()
        stood, before = row.state, everything(Commitment)
        try:
            if deed == "reopen":
                reopen_commitment(commitment=row, **who)
            else:
                settle_commitment(commitment=row, state=said[0], on=said[1], **who)
        except ActionError:
            assert everything(Commitment) == before, deed
            continue
        row.refresh_from_db()
        assert (row.state == "open") is (deed == "reopen")
        assert deed == "reopen" or stood == "open"


STATES = st.sampled_from(["open", "answering", "resolved", "accepted", "nonsense"])
WORDS = st.sampled_from(["", "这下放心了"])
CONCERNS = st.one_of(st.tuples(STATES, WORDS), st.just(("gone",)), st.just(("back",)))


def deed_on(kind, row, deal, values, deed):
    who = {"finding": row, "actor": deal.owner, "at": MONDAY}
    if deed == "gone":
        take_back_finding(KINDS[kind], **who)
    elif deed == "back":
        bring_back_finding(KINDS[kind], **who)
    else:
        correct_finding(KINDS[kind], values=values, **who)


@RANDOM
@given(st.lists(CONCERNS, max_size=8))
def test_a_concern_is_settled_by_the_customer_only(deal, boss, deeds):
    row = make_finding(deal, "concern", boss)
    for deed, *said in deeds:
        before = everything(Concern)
        row = Concern.objects.get(pk=row.pk)
        gone = row.removed_at is not None
        try:
            deed_on("concern", row, deal, {"state": deed, "words": said[0] if said else ""}, deed)
        except ActionError:
            assert everything(Concern) == before, deed
            continue
        row.refresh_from_db()
        assert deed in ("gone", "back") or not gone, "what was taken back is not changed"
        assert row.state in ("open", "answering", "resolved", "accepted")
        assert row.state != "resolved" or row.words


NEEDS = st.fixed_dictionaries(
    {
        "kind": st.sampled_from(["implied", "explicit", "nonsense"]),
        "quote": st.sampled_from(["", "停一天就误货"]),
        "need": st.sampled_from(["", "交货不误"]),
        "confirmed_on": st.sampled_from([None, TODAY]),
        "fit": st.sampled_from([None, 0, 10, 11]),
    }
)


@RANDOM
@given(st.lists(NEEDS, max_size=8))
def test_a_need_is_explicit_in_their_words_and_confirmed_only_when_named(deal, boss, said):
    row = make_finding(deal, "demand", boss)
    for values in said:
        before = everything(Demand)
        try:
            deed_on("demand", Demand.objects.get(pk=row.pk), deal, values, "")
        except ActionError:
            assert everything(Demand) == before, values
        row.refresh_from_db()
        assert row.kind in ("implied", "explicit")
        assert row.kind == "implied" or row.quote
        assert row.confirmed_on is None or row.need
        assert row.fit is None or row.fit <= 10
