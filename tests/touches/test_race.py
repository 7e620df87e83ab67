"""The same form twice at once, and two people at one customer at once: real connections, real commits."""

import pytest

from tests.cast import call_the_cast
from tests.races import together
from tests.touches.making import NOW, customer, draft
from wendu.journal.models import Receipt
from wendu.touches.actions import log_touch
from wendu.touches.models import Touch

pytestmark = pytest.mark.django_db(transaction=True)


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
