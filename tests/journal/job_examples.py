"""A world in which a form was sent long ago, and another just now."""

from datetime import timedelta

from django.db import transaction

from tests.cast import call_the_cast
from tests.jobs.twice import example
from wendu.journal.actions import claim
from wendu.journal.jobs import KEPT
from wendu.journal.models import Receipt
from wendu.kernel.clock import now


@example("journal.forget_receipts")
def one_old_and_one_new_receipt():
    alice = call_the_cast().alice
    with transaction.atomic():
        claim(alice, "long ago", "touch.log")
        claim(alice, "just now", "touch.log")
    Receipt.objects.filter(key="long ago").update(at=now() - KEPT - timedelta(days=1))
    return {}
