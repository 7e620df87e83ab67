"""What is removed for good takes everything with it, also what only remembers its number."""

import pytest
from django.apps import apps

from tests.cast import MONDAY
from tests.factories import make_contact, make_customer, make_opportunity
from tests.touches.making import draft
from wendu.agenda.actions import snooze
from wendu.agenda.models import Snooze, Step
from wendu.coach.models import Standing
from wendu.customers.actions import (
    NotDeleted,
    delete_contact,
    delete_customer,
    purge_contact,
    purge_customer,
    set_parent,
)
from wendu.customers.models import Contact, Customer
from wendu.journal.models import Entry
from wendu.kernel.errors import Denied
from wendu.kernel.purge import StillNeeded, WrongName
from wendu.opportunities.actions import delete_opportunity, purge_opportunity
from wendu.opportunities.models import Opportunity
from wendu.readings.models import Reading
from wendu.search.models import Entry as Found
from wendu.touches.actions import log_touch, purge_touch, undo_touch
from wendu.touches.actions.errors import NotUndone
from wendu.touches.models import Touch

pytestmark = pytest.mark.django_db
KEPT = {"journal.entry", "journal.receipt", "jobs.job", "identity.user", "identity.team", "identity.organisation"}


@pytest.fixture
def firm(cast):
    customer = make_customer(cast.alice, "砚湖轴承")
    make_contact(customer, "何立群", points=[("mobile", "13800001001")])
    make_opportunity(customer, "节能改造", at=MONDAY)
    log_touch(customer=customer, actor=cast.alice, at=MONDAY, draft=draft())
    snooze(customer=customer, until_on=MONDAY.date().replace(day=20), actor=cast.alice, at=MONDAY)
    return customer


def left() -> set[str]:
    ours = (model for model in apps.get_models() if model.__module__.startswith("wendu."))
    return {model._meta.label_lower for model in ours if model._base_manager.exists()} - KEPT


def test_a_purged_customer_leaves_nothing_but_the_journal(cast, firm):
    delete_customer(customer=firm, actor=cast.alice, at=MONDAY)

    gone = purge_customer(customer=firm, typed=" 砚湖轴承 ", actor=cast.ada, at=MONDAY)

    assert gone > 10
    assert left() == set()
    entry = Entry.objects.get(verb="customer.purged")
    assert (entry.subject_id, entry.actor, entry.after) == (firm.pk, cast.ada, {"rows": gone})
    assert "砚湖" not in str(entry.after) + str(entry.before)


def test_what_is_about_others_stays(cast, firm):
    other = make_customer(cast.bob, "青屿精密")
    log_touch(customer=other, actor=cast.bob, at=MONDAY, draft=draft())
    delete_customer(customer=firm, actor=cast.alice, at=MONDAY)

    purge_customer(customer=firm, typed=firm.name, actor=cast.ada, at=MONDAY)

    assert [*Customer.objects.values_list("pk", flat=True)] == [other.pk]
    assert [*Touch.objects.values_list("customer_id", flat=True)] == [other.pk]
    assert [*Standing.objects.values_list("customer_id", flat=True)] == [other.pk]
    assert Found.objects.filter(customer_id=other.pk).exists()
    assert not Snooze.objects.exists()
    assert not Step.objects.exists()


def test_only_what_lies_in_the_bin_can_be_purged(cast, firm):
    touch, deal, person = Touch.objects.get(), Opportunity.objects.get(), Contact.objects.get()

    for act in (
        lambda: purge_customer(customer=firm, typed=firm.name, actor=cast.ada, at=MONDAY),
        lambda: purge_contact(contact=person, typed=person.name, actor=cast.ada, at=MONDAY),
        lambda: purge_opportunity(opportunity=deal, typed=deal.title, actor=cast.ada, at=MONDAY),
    ):
        with pytest.raises(NotDeleted):
            act()
    with pytest.raises(NotUndone):
        purge_touch(touch=touch, typed=firm.name, actor=cast.ada, at=MONDAY)
    assert Touch.objects.exists()


def test_a_wrong_name_and_a_wrong_person_change_nothing(cast, firm):
    delete_customer(customer=firm, actor=cast.alice, at=MONDAY)

    with pytest.raises(WrongName) as told:
        purge_customer(customer=firm, typed="砚湖", actor=cast.ada, at=MONDAY)
    assert "砚湖轴承" in told.value.text()
    for user in (cast.alice, cast.mona, cast.charlie, cast.eve):
        with pytest.raises(Denied):
            purge_customer(customer=firm, typed=firm.name, actor=user, at=MONDAY)

    assert Touch.objects.exists()
    assert not Entry.objects.filter(verb="customer.purged").exists()


def test_a_customer_with_branches_is_still_needed(cast, firm):
    set_parent(customer=make_customer(cast.alice, "分厂"), parent=firm, actor=cast.alice, at=MONDAY)
    delete_customer(customer=firm, actor=cast.alice, at=MONDAY)

    with pytest.raises(StillNeeded):
        purge_customer(customer=firm, typed=firm.name, actor=cast.ada, at=MONDAY)


def test_a_purged_part_leaves_the_judgement_of_its_customer_as_it_was(cast, firm):
    second = log_touch(customer=firm, actor=cast.alice, at=MONDAY, draft=draft("phone"))
    deal, person = Opportunity.objects.get(), Contact.objects.get()
    undo_touch(touch=second, actor=cast.alice, at=MONDAY)
    delete_opportunity(opportunity=deal, actor=cast.alice, at=MONDAY)
    delete_contact(contact=person, actor=cast.alice, at=MONDAY)
    before = Standing.objects.values().get(customer=firm)

    purge_touch(touch=second, typed=firm.name, actor=cast.ada, at=MONDAY)
    purge_opportunity(opportunity=deal, typed=deal.title, actor=cast.ada, at=MONDAY)
    purge_contact(contact=person, typed=person.name, actor=cast.ada, at=MONDAY)

    assert Standing.objects.values().get(customer=firm) == before
    assert Touch.objects.count() == 1
    assert not Opportunity.objects.exists()
    assert not Contact.objects.exists()
    assert not Reading.objects.filter(subject_kind="opportunity").exists()
    assert {*Entry.objects.filter(verb__endswith=".purged").values_list("root_id", flat=True)} == {firm.pk}
