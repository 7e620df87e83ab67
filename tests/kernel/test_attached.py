"""Parts laid with their owners are what the relation would give, and ask no database."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import make_contact, make_customer
from wendu.customers.models import Contact, Customer
from wendu.kernel.attached import attach

pytestmark = pytest.mark.django_db


def test_each_owner_holds_its_own_parts_in_the_order_given(cast):
    lake, hill, _empty = (make_customer(cast.alice, name) for name in ("砚湖精密", "青山", "无人"))
    for customer, name in ((lake, "许总"), (hill, "顾经理"), (lake, "周工")):
        make_contact(customer, name)
    owners = list(Customer.objects.order_by("pk"))

    attach(owners, "contacts", Contact.objects.order_by("-pk"), key="customer_id")

    with CaptureQueriesContext(connection) as asked:
        held = {owner.name: [contact.name for contact in owner.contacts.all()] for owner in owners}
    assert held == {"砚湖精密": ["周工", "许总"], "青山": ["顾经理"], "无人": []}
    assert len(asked) == 0
    assert list(owners[0].contacts.filter(name="许总")), "a narrower question is still asked"
