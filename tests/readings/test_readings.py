"""Explanations, and human judgements that stand instead of them for a while."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from tests.cast import MONDAY
from tests.factories.customers import make_customer
from wendu.journal.models import Entry
from wendu.kernel.errors import Denied
from wendu.packs.queries import current_playbook
from wendu.readings.actions import (
    AlreadyEnded,
    ReasonMissing,
    end_override,
    forget_readings,
    set_override,
    write_readings,
)
from wendu.readings.models import Override, Reading
from wendu.readings.queries import (
    override_history,
    readings_of,
    standing_override,
)

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 2)


@pytest.fixture
def customer(cast):
    return make_customer(cast.alice, "腾云科技")


def reading(subject_id, code="temperature", value=40.0, **rest):
    return Reading(
        subject_kind="customer", subject_id=subject_id, code=code, value=value, band="warm", pack_version="standard 1",
        as_of=TODAY, **rest,
    )  # fmt: skip


def overrule(customer, actor, *, at=MONDAY, value="A", reason="老客户介绍"):
    return set_override(subject=customer, code="quadrant", value=value, reason=reason, actor=actor, at=at)


def test_a_reading_replaces_the_one_before(customer):
    write_readings([reading(customer.pk, reasons=[{"code": "cooled", "points": -3}])])
    write_readings([reading(customer.pk, value=55.0, missing=["need"], provisional=True)])

    found = readings_of(customer)["temperature"]
    assert (found.value, found.missing, found.provisional, found.reasons) == (55.0, ["need"], True, [])
    assert Reading.objects.count() == 1


def test_many_readings_take_a_fixed_number_of_queries(customer, django_assert_max_num_queries):
    rows = [reading(n, code=code) for n in range(200) for code in ("temperature", "quadrant")]
    with django_assert_max_num_queries(10):
        assert write_readings([*rows, *rows]) == 400

    assert Reading.objects.filter(subject_kind="customer").count() == 400
    assert forget_readings("customer", [1, 2], codes=["quadrant"]) == 2
    assert forget_readings("customer", [1, 2]) == 2


def test_an_override_counts_from_its_day_until_it_expires(cast, customer):
    days = current_playbook().strategy.override_days
    override = overrule(customer, cast.alice)

    assert days == 30
    assert override.expires_on == TODAY + timedelta(days=days)
    assert standing_override(customer, "quadrant", TODAY) == override
    assert standing_override(customer, "quadrant", override.expires_on - timedelta(days=1)) == override
    assert standing_override(customer, "quadrant", override.expires_on) is None
    assert standing_override(customer, "quadrant", TODAY - timedelta(days=1)) is None
    assert standing_override(customer, "temperature", TODAY) is None


def test_an_override_says_who_and_why_in_the_journal(cast, customer):
    overrule(customer, cast.alice)

    entry = Entry.objects.filter(verb="override.set").get()
    assert (entry.actor, entry.root_id, entry.after["reason"]) == (cast.alice, customer.pk, "老客户介绍")


def test_a_later_word_replaces_an_earlier_one_and_both_are_kept(cast, customer):
    first = overrule(customer, cast.alice)
    second = overrule(customer, cast.mona, at=MONDAY + timedelta(days=3), value="B")

    assert standing_override(customer, "quadrant", TODAY + timedelta(days=1)) == first
    assert standing_override(customer, "quadrant", TODAY + timedelta(days=3)) == second
    assert list(override_history(customer)) == [second, first]
    assert Entry.objects.filter(verb="override.set").newest().first().before["value"] == "A"


def test_an_override_needs_a_reason(cast, customer):
    with pytest.raises(ReasonMissing):
        overrule(customer, cast.alice, reason="   ")
    with pytest.raises(IntegrityError), transaction.atomic():
        Override.objects.create(
            subject_kind="customer", subject_id=1, code="x", value=1, reason="", actor=cast.alice, set_at=MONDAY,
            from_on=TODAY, expires_on=TODAY + timedelta(days=1),
        )  # fmt: skip


def test_only_who_works_on_the_customer_may_overrule(cast, customer):
    for person in (cast.charlie, cast.bob, cast.mia, cast.eve):
        with pytest.raises(Denied):
            overrule(customer, person)

    assert not Override.objects.exists()


def test_an_override_can_be_taken_back_once(cast, customer):
    override = overrule(customer, cast.alice)
    with pytest.raises(Denied):
        end_override(override=override, subject=customer, actor=cast.charlie, at=MONDAY)

    end_override(override=override, subject=customer, actor=cast.mona, at=MONDAY + timedelta(days=1))

    assert standing_override(customer, "quadrant", TODAY) == override
    assert standing_override(customer, "quadrant", TODAY + timedelta(days=1)) is None
    assert Entry.objects.filter(verb="override.ended").count() == 1
    with pytest.raises(AlreadyEnded):
        end_override(override=override, subject=customer, actor=cast.mona, at=MONDAY)


def test_an_override_set_by_mistake_and_taken_back_the_same_day_never_counted(cast, customer):
    override = overrule(customer, cast.alice)
    end_override(override=override, subject=customer, actor=cast.alice, at=MONDAY)

    assert standing_override(customer, "quadrant", TODAY) is None
