"""The same form twice at once, and two people at one customer at once: real connections, real commits."""

import threading
import time

import pytest
from django.db import OperationalError, connection

from tests.cast import call_the_cast
from tests.touches.making import NOW, customer, draft
from wendu.journal.models import Receipt
from wendu.touches.actions import log_touch
from wendu.touches.models import Touch

pytestmark = pytest.mark.django_db(transaction=True)


def together(*acts):
    """Run all acts at the same moment, each on a connection of its own; give results and failures."""
    gate, results = threading.Barrier(len(acts)), []

    def run(act):
        try:
            gate.wait()
            results.append(_until_unlocked(act))
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


def _until_unlocked(act):
    """Try again where SQLite's shared memory, in which tests run, turns a second writer away instead of waiting."""
    while True:
        try:
            return act()
        except OperationalError as error:
            if "locked" not in str(error):
                raise
            time.sleep(0.01)


@pytest.fixture
def alice(transactional_db):
    return call_the_cast().alice


def test_one_form_sent_twice_at_once_is_logged_once(alice):
    of = customer(alice)

    def send():
        return log_touch(customer=of, actor=alice, at=NOW, draft=draft(), key="one-form").pk

    results = together(*[send] * 4)

    assert len(set(results)) == 1, results
    assert Touch.objects.count() == Receipt.objects.count() == 1


def test_two_people_at_one_customer_at_once_lose_nothing(alice):
    of = customer(alice)

    def send(key):
        return lambda: log_touch(customer=of, actor=alice, at=NOW, draft=draft(), key=key).pk

    results = together(*(send(f"form-{number}") for number in range(4)))

    assert len(set(results)) == 4, results
    assert Touch.objects.count() == 4
