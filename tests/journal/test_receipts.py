import threading
import time
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import OperationalError, connection, transaction

from tests.cast import MONDAY, call_the_cast
from wendu.identity.actions import create_team
from wendu.identity.models import Team, User
from wendu.jobs.delivery import perform_scheduled
from wendu.journal.actions import (
    KeyReused,
    KeyTooLong,
    OutsideTransaction,
    claim,
    forget_receipts,
    once,
    receipt_of,
    settle,
)
from wendu.journal.jobs import KEPT
from wendu.journal.models import Receipt
from wendu.kernel.clock import now


def add_team(actor: User, key: str, name: str = "新组") -> tuple[Team, bool]:
    return once(
        actor,
        key,
        "team.create",
        lambda: create_team(name=name, actor=actor, at=MONDAY),
        find=lambda uuid: Team.objects.get(uuid=uuid),
    )


def until_unlocked(send: Callable[[], tuple[Team, bool]]) -> tuple[Team, bool]:
    """Send again while SQLite's shared memory, in which tests run, turns a second writer away instead of waiting."""
    while True:
        try:
            return send()
        except OperationalError as refusal:
            if "locked" not in str(refusal):
                raise
            time.sleep(0.01)


def test_a_key_is_claimed_once(cast):
    receipt = claim(cast.alice, "k1", "touch.log")

    assert receipt is not None
    assert claim(cast.alice, "k1", "touch.log") is None
    assert claim(cast.bob, "k1", "touch.log") is not None
    settle(receipt, cast.east)
    found = receipt_of(cast.alice, "k1")
    assert found is not None
    assert found.subject_uuid == cast.east.uuid
    assert receipt_of(cast.alice, "k2") is None


def test_a_form_sent_twice_acts_once_and_answers_the_same(cast):
    first, done = add_team(cast.ada, "k1")
    second, again = add_team(cast.ada, "k1", name="另一个")

    assert (done, again) == (True, False)
    assert first == second
    assert Team.objects.filter(name__in=["新组", "另一个"]).count() == 1


def test_a_failed_form_may_be_sent_again(cast):
    from wendu.identity.actions.teams import TeamNameTaken

    with pytest.raises(TeamNameTaken):
        add_team(cast.ada, "k1", name="华南部")

    assert add_team(cast.ada, "k1", name="华西部")[1]


def test_without_a_key_it_is_simply_done(cast):
    assert add_team(cast.ada, "", name="甲")[1]
    assert add_team(cast.ada, "", name="乙")[1]
    assert not Receipt.objects.exists()


def test_a_key_belongs_to_one_verb(cast):
    claim(cast.alice, "k1", "touch.log")

    with pytest.raises(KeyReused):
        claim(cast.alice, "k1", "touch.edit")


def test_a_key_that_cannot_be_stored_is_refused(cast):
    with pytest.raises(KeyTooLong):
        claim(cast.alice, "k" * 101, "touch.log")


@pytest.mark.django_db(transaction=True)
def test_a_claim_needs_the_transaction_of_its_effect():
    alice = call_the_cast().alice

    with pytest.raises(OutsideTransaction):
        claim(alice, "k1", "touch.log")


def test_old_receipts_are_forgotten(cast):
    claim(cast.alice, "k1", "touch.log")

    assert forget_receipts(before=now() - timedelta(days=1)) == 0
    assert forget_receipts(before=now() + timedelta(seconds=1)) == 1


@pytest.mark.django_db(transaction=True)
def test_a_rolled_back_claim_leaves_the_key_free():
    alice = call_the_cast().alice

    with transaction.atomic():
        claim(alice, "k1", "touch.log")
        transaction.set_rollback(True)

    with transaction.atomic():
        assert claim(alice, "k1", "touch.log") is not None


@pytest.mark.django_db(transaction=True)
def test_the_same_form_from_eight_clients_at_once_acts_once():
    ada = call_the_cast().ada
    start, results = threading.Barrier(8), []

    def send() -> None:
        start.wait()
        try:
            results.append(until_unlocked(lambda: add_team(ada, "same")))
        finally:
            connection.close()

    senders = [threading.Thread(target=send) for _ in range(8)]
    for sender in senders:
        sender.start()
    for sender in senders:
        sender.join()

    assert len(results) == 8
    assert sum(done for _, done in results) == 1
    assert len({team.pk for team, _ in results}) == 1
    assert Team.objects.filter(name="新组").count() == 1


def test_the_daily_round_forgets_what_nobody_will_send_again_and_nothing_else(cast, monkeypatch):
    monkeypatch.setattr("wendu.journal.actions.FORGOTTEN_AT_ONCE", 2)
    for number in range(5):
        claim(cast.alice, f"old {number}", "touch.log")
    Receipt.objects.update(at=now() - KEPT - timedelta(days=1))
    claim(cast.alice, "fresh", "touch.log")

    perform_scheduled("journal.forget_receipts")

    assert list(Receipt.objects.values_list("key", flat=True)) == ["fresh"]
