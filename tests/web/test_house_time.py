"""Moments on pages are told by the clock of the house."""

from datetime import UTC, datetime

import pytest

from tests.cast import MONDAY
from tests.factories import make_customer
from wendu.bulk.models import Batch, Change
from wendu.identity.models import Organisation
from wendu.web.house_time import HOUSE

pytestmark = [pytest.mark.django_db, pytest.mark.once]
AT = datetime(2026, 3, 2, 20, 30, tzinfo=UTC)  # half past four on Tuesday morning in Shanghai


@pytest.fixture
def batch(cast):
    """A batch of Alice's that was begun in the small hours."""
    row = Batch.objects.create(actor=cast.alice, deed="tag", told={"tag": "展会"}, made_at=AT, begun_at=AT, done_at=AT)
    Change.objects.create(batch=row, customer=make_customer(cast.alice, "青屿精密", at=MONDAY), outcome="done")
    return row


def test_a_moment_is_shown_by_the_clock_of_the_house(cast, batch, enter):
    page = enter(cast.alice).get(f"/customers/bulk/{batch.uuid}/").content.decode()

    assert "2026-03-03" in page
    assert "04:30" in page
    assert "20:30" not in page


def test_the_audit_log_tells_its_times_by_the_clock_of_the_house(cast, batch, enter):
    client = enter(cast.ada)
    client.post("/settings/audit/export/")
    line = client.get("/settings/audit/").content.decode().split('<time class="mut"', 1)[1]

    assert "+08:00" in line.split(">", 1)[0]


@pytest.mark.parametrize(("zone", "shown"), [("Europe/Berlin", 21), ("America/New_York", 15), ("Asia/Shanghai", 4)])
def test_the_clock_follows_the_setting_of_the_house(db, zone, shown):
    Organisation.objects.update_or_create(only=True, defaults={"time_zone": zone})

    assert AT.astimezone(HOUSE).hour == shown
