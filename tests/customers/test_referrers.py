"""Who brought a customer is written down by whoever works on it, never in a circle, and taken back."""

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.cast import MONDAY
from tests.factories import make_contact, make_customer
from wendu.customers.actions import (
    AlreadyDeleted,
    ForeignReferrer,
    OwnReferrer,
    ReferrerLoop,
    ReferrerStands,
    add_collaborator,
    delete_customer,
    purge_customer,
    set_referrer,
    take_back_referrer,
)
from wendu.customers.models import Customer
from wendu.customers.queries import customers_named, referrals_to
from wendu.journal.models import Entry
from wendu.kernel.errors import Denied

pytestmark = pytest.mark.django_db


def brought(customer, by, actor, contact=None):
    return set_referrer(customer=customer, referrer=by, contact=contact, actor=actor, at=MONDAY)


def test_it_names_the_customer_and_the_person_and_is_journaled(cast):
    old, new = make_customer(cast.alice, "桐溪注塑"), make_customer(cast.alice, "砚湖电机")
    he = make_contact(old, "顾明舒")

    brought(new, old, cast.alice, he)
    brought(new, old, cast.alice, he)

    new.refresh_from_db()
    assert (new.referrer, new.referrer_contact, list(old.brought.all())) == (old, he, [new])
    entry = Entry.objects.get(verb="customer.referrer_changed")
    assert entry.after == {"referrer": old.pk, "referrer_contact": he.pk}


def test_nobody_brings_itself_or_came_through_itself(cast):
    top, middle, low = (make_customer(cast.alice, name) for name in ("上", "中", "下"))
    brought(middle, top, cast.alice)
    brought(low, middle, cast.alice)

    with pytest.raises(OwnReferrer):
        brought(top, top, cast.alice)
    for by in (middle, low):
        with pytest.raises(ReferrerLoop):
            brought(top, by, cast.alice)

    top.refresh_from_db()
    assert top.referrer is None


def test_the_database_itself_refuses_what_brought_itself_and_a_note_above_five(cast):
    row = make_customer(cast.alice)

    for broken in ({"referrer_id": row.pk}, {"brand_note": 6}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Customer.objects.filter(pk=row.pk).update(**broken)


def test_the_person_is_one_of_the_customer_that_brought(cast):
    old, new, other = (make_customer(cast.alice, name) for name in ("老", "新", "别家"))
    stranger = make_contact(other, "王芳")

    with pytest.raises(ForeignReferrer):
        brought(new, old, cast.alice, stranger)
    delete_customer(customer=other, actor=cast.alice, at=MONDAY)
    with pytest.raises(AlreadyDeleted):
        brought(new, Customer.objects.get(pk=other.pk), cast.alice)


def test_an_outsider_neither_writes_nor_reads_it(cast):
    old, new = make_customer(cast.alice, "桐溪注塑"), make_customer(cast.alice, "砚湖电机")
    for act in (
        lambda: brought(new, old, cast.charlie),
        lambda: take_back_referrer(customer=new, actor=cast.charlie, at=MONDAY),
    ):
        with pytest.raises(Denied):
            act()
    brought(new, old, cast.alice)

    assert referrals_to(cast.alice) == referrals_to(cast.mona) == [(new.pk, old.pk)]
    assert referrals_to(cast.charlie) == []
    assert customers_named(cast.alice, "桐溪") == ["桐溪注塑"]
    assert customers_named(cast.charlie, "桐溪") == customers_named(cast.alice, "") == []


def test_who_sees_only_one_of_the_two_is_not_told_of_the_other(cast):
    old, new = make_customer(cast.charlie, "南方的"), make_customer(cast.alice, "砚湖电机")
    add_collaborator(customer=new, user=cast.charlie, actor=cast.alice, at=MONDAY)
    brought(new, old, cast.charlie)

    assert referrals_to(cast.charlie) == [(new.pk, old.pk)]
    assert referrals_to(cast.alice) == []


def test_one_s_own_latest_word_is_taken_back_while_it_stands(cast):
    first, second, new = (make_customer(cast.alice, name) for name in ("甲", "乙", "新"))
    he = make_contact(first, "顾明舒")
    brought(new, first, cast.alice, he)
    brought(new, second, cast.alice)

    take_back_referrer(customer=new, actor=cast.alice, at=MONDAY)

    new.refresh_from_db()
    assert (new.referrer, new.referrer_contact) == (first, he)
    add_collaborator(customer=new, user=cast.bob, actor=cast.alice, at=MONDAY)
    brought(new, None, cast.bob)
    with pytest.raises(ReferrerStands):
        take_back_referrer(customer=new, actor=cast.alice, at=MONDAY)
    take_back_referrer(customer=new, actor=cast.bob, at=MONDAY)
    new.refresh_from_db()
    assert new.referrer == first


def test_whoever_brought_it_may_be_removed_for_good_and_is_forgotten(cast):
    old, new = make_customer(cast.alice, "桐溪注塑"), make_customer(cast.alice, "砚湖电机")
    brought(new, old, cast.alice, make_contact(old, "顾明舒"))
    delete_customer(customer=old, actor=cast.alice, at=MONDAY)
    assert referrals_to(cast.alice) == []

    purge_customer(customer=old, typed="桐溪注塑", actor=cast.ada, at=MONDAY)

    new.refresh_from_db()
    assert (new.referrer, new.referrer_contact) == (None, None)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), max_size=12))
def test_whatever_is_written_in_whatever_order_there_is_no_circle(cast, words):
    with transaction.atomic():
        rows = [make_customer(cast.alice) for _ in range(5)]
        for taker, giver in words:
            try:
                brought(rows[taker], rows[giver], cast.alice)
            except (OwnReferrer, ReferrerLoop):
                continue
        for row in Customer.objects.filter(pk__in=[each.pk for each in rows]):
            seen, above = {row.pk}, row.referrer
            while above is not None:
                assert above.pk not in seen
                seen.add(above.pk)
                above = above.referrer
        transaction.set_rollback(True)
