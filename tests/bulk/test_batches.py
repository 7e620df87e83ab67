"""Customers changed many at a time: counted, journaled one by one, and taken back where nobody changed them since."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import MONDAY
from tests.factories import make_customer, make_opportunity
from tests.factories.customers import make_customers
from wendu.access.among import permitted_among
from wendu.access.verbs import can
from wendu.agenda.models import Step
from wendu.bulk.actions import (
    JOB,
    BatchBegun,
    CountHasChanged,
    NobodyPicked,
    NoOwnField,
    NotTyped,
    UnknownDeed,
    begin_batch,
    change_some,
    choose,
    understood,
    undo_batch,
)
from wendu.bulk.choices import VERBS
from wendu.bulk.jobs import CHUNK, DRAFTS_KEPT
from wendu.bulk.models import Batch
from wendu.bulk.queries import batches_of, begun_before, counted, members, preview_of, some_of
from wendu.coach.actions import recompute
from wendu.coach.models import Standing
from wendu.customers.actions import (
    BadCustomValue,
    FieldRetired,
    NotYourPerson,
    add_collaborator,
    change_owner,
    delete_customer,
    restore_customer,
    set_custom_value,
    tag_customer,
    untag_customer,
)
from wendu.customers.models import Customer, CustomField, Tag
from wendu.identity.models import User
from wendu.jobs.actions import enqueue
from wendu.jobs.delivery import perform, perform_scheduled
from wendu.jobs.models import Job
from wendu.journal.models import Entry
from wendu.kernel.clock import now
from wendu.kernel.errors import Denied
from wendu.search.queries import find

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 9)
SAYS = {
    "owner": lambda cast: {"owner": cast.bob},
    "tag": lambda cast: {"tag": "展会"},
    "step": lambda cast: {"do": "发样册", "on": DAY},
    "field": lambda cast: {"field": "shift", "value": "two"},
    "delete": lambda cast: {},
}


def shifts():
    words = [{"code": "one", "zh": "一班", "en": "One"}, {"code": "two", "zh": "两班", "en": "Two"}]
    CustomField.objects.create(code="shift", label_zh="班次", label_en="Shifts", type="choice", options=words)


def chosen(actor, deed, customers=(), query=""):
    keys = [each.pk for each in customers]
    if deed == "field" and not CustomField.objects.exists():
        shifts()
    return choose(deed=deed, picks=keys, is_all=not keys, query=query, actor=actor, at=MONDAY)


def done(batch, said):
    seen = preview_of(batch, understood(batch, said, MONDAY), MONDAY)
    return begin_batch(
        batch=batch, said=said, expected=seen.changes, typed=str(seen.changes), actor=batch.actor, at=MONDAY
    )


def many(cast, number):
    make_customers(cast.alice, number)
    list(recompute(at=MONDAY))


def facts():
    """What a batch can change, but for revisions and the words in the tag list."""
    return (
        sorted(Customer.objects.values_list("pk", "owner_id", "team_id", "deleted_at")),
        list(Customer.objects.order_by("pk").values_list("pk", "custom")),
        sorted(Standing.objects.values_list("pk", "owner_id", "team_id", "is_hidden")),
        sorted(Customer.objects.filter(taggings__isnull=False).values_list("pk", "taggings__tag__name")),
        sorted(Customer.objects.filter(collaborations__isnull=False).values_list("pk", "collaborations__user")),
        list(Step.objects.open().values_list("customer_id", "do")),
    )


@pytest.fixture
def customers(cast):
    return [make_customer(cast.alice, f"桐溪{number}", at=MONDAY) for number in range(3)]


@pytest.mark.parametrize("deed", SAYS)
def test_a_batch_does_to_each_what_one_would_do_by_hand_and_goes_back_whole(cast, customers, deed):
    add_collaborator(customer=customers[0], user=cast.bob, actor=cast.alice, at=MONDAY)
    make_opportunity(customers[1], owner=cast.alice)
    before = facts()

    batch = done(chosen(cast.alice, deed, customers), SAYS[deed](cast))
    assert counted(batch)["done"] == 3
    assert facts() != before
    verb = {
        "owner": "customer.owner_changed",
        "tag": "customer.tagged",
        "step": "step.planned",
        "field": "customer.custom_changed",
        "delete": "customer.deleted",
    }[deed]
    told = Entry.objects.filter(verb=verb, actor=cast.alice)
    assert set(told.values_list("root_id", flat=True)) == {each.pk for each in customers}

    undo_batch(batch=batch, actor=cast.alice, at=MONDAY)
    assert facts() == before
    assert counted(batch)["returned"] == 3


@pytest.mark.parametrize("deed", SAYS)
def test_what_was_changed_since_stays_and_is_named(cast, customers, deed):
    batch = done(chosen(cast.alice, deed, customers), SAYS[deed](cast))
    first = Customer.objects.get(pk=customers[0].pk)
    if deed == "owner":
        change_owner(customer=first, owner=cast.mona, actor=cast.mona, at=MONDAY)
    elif deed == "tag":
        untag_customer(customer=first, tag=first.taggings.get().tag, actor=cast.alice, at=MONDAY)
    elif deed == "step":
        Step.objects.filter(customer_id=first.pk).update(done_at=MONDAY)
    elif deed == "field":
        field = CustomField.objects.get()
        for value in ("one", "two"):  # written again by hand, to the same
            set_custom_value(customer=first, field=field, value=value, actor=cast.alice, at=MONDAY.replace(hour=9))
    else:
        restore_customer(customer=first, actor=cast.alice, at=MONDAY)
        delete_customer(customer=first, actor=cast.alice, at=MONDAY.replace(hour=9))
    kept = facts()

    undo_batch(batch=batch, actor=cast.alice, at=MONDAY)

    assert (counted(batch)["returned"], counted(batch)["kept"]) == (2, 1)
    assert batch.changes.get(was_kept=True).customer_id == first.pk
    assert [row for row in facts()[0] if row[0] == first.pk] == [row for row in kept[0] if row[0] == first.pk]
    with pytest.raises(BatchBegun):
        undo_batch(batch=batch, actor=cast.alice, at=MONDAY)


def test_a_tag_somebody_put_on_again_is_theirs_and_stays(cast, customers):
    batch = done(chosen(cast.alice, "tag", customers), {"tag": "展会"})
    tag = Tag.objects.get()
    untag_customer(customer=customers[0], tag=tag, actor=cast.mona, at=MONDAY)
    tag_customer(customer=customers[0], name="展会", actor=cast.mona, at=MONDAY)

    undo_batch(batch=batch, actor=cast.alice, at=MONDAY)

    assert list(Customer.objects.filter(taggings__tag=tag)) == [customers[0]]
    assert (counted(batch)["returned"], counted(batch)["kept"]) == (2, 1)


def test_a_customer_handed_to_the_same_person_again_by_hand_stays_there(cast, customers):
    batch = done(chosen(cast.alice, "owner", customers), {"owner": cast.bob})
    for owner in (cast.mona, cast.bob):
        change_owner(customer=Customer.objects.get(pk=customers[0].pk), owner=owner, actor=cast.mona, at=MONDAY)

    undo_batch(batch=batch, actor=cast.alice, at=MONDAY)

    assert Customer.objects.get(pk=customers[0].pk).owner == cast.bob
    assert (counted(batch)["returned"], counted(batch)["kept"]) == (2, 1)


def test_an_administrator_takes_back_what_anybody_did_under_their_own_name_and_nobody_else_can(cast, customers):
    batch = done(chosen(cast.alice, "tag", customers), {"tag": "展会"})
    with pytest.raises(Denied):
        undo_batch(batch=batch, actor=cast.mona, at=MONDAY)

    undo_batch(batch=batch, actor=cast.ada, at=MONDAY)

    assert not Customer.objects.filter(taggings__isnull=False).exists()
    assert set(Entry.objects.filter(verb="customer.untagged").values_list("actor", flat=True)) == {cast.ada.pk}


def test_what_is_not_known_is_refused_and_nothing_done_in_its_place(cast, customers):
    for deed in ("", "owners", "merge", "x" * 5000):
        with pytest.raises(UnknownDeed):
            chosen(cast.alice, deed, customers)
    assert not Batch.objects.exists()


def test_one_sees_ones_own_batches_and_an_administrator_those_that_were_begun(cast, customers):
    chosen(cast.alice, "tag", customers)
    begun = done(chosen(cast.alice, "tag", customers), {"tag": "展会"})

    assert batches_of(cast.alice).count() == 2
    assert list(batches_of(cast.ada)) == [begun]
    assert begun_before(cast.alice, None, 5) == [begun]
    assert begun_before(cast.alice, begun.pk, 5) == []
    assert not batches_of(cast.mona).exists()


def test_what_is_left_is_counted_beforehand_with_the_reason(cast, customers):
    foreign = make_customer(cast.bob, "青屿精密", at=MONDAY)
    add_collaborator(customer=foreign, user=cast.alice, actor=cast.bob, at=MONDAY)
    tag_customer(customer=customers[0], name="展会", actor=cast.alice, at=MONDAY)

    tagged = chosen(cast.alice, "tag", [*customers, foreign])
    seen = preview_of(tagged, {"tag": "展会"}, MONDAY)
    assert (seen.total, seen.already, seen.denied, seen.changes) == (4, 1, 0, 3)
    deleted = chosen(cast.alice, "delete", [*customers, foreign])
    assert preview_of(deleted, {}, MONDAY).denied == 1

    done(deleted, {})
    assert counted(deleted) == {"done": 3, "denied": 1, "returned": 0, "kept": 0}
    assert [each.name for each in some_of(deleted, outcome="denied")] == ["青屿精密"]
    foreign.refresh_from_db()
    assert foreign.deleted_at is None


def test_charlie_reaches_nobody_of_alice(cast, customers):
    batch = chosen(cast.charlie, "delete", customers)

    assert members(batch, MONDAY).count() == 0
    assert preview_of(batch, {}, MONDAY).total == 0
    done(batch, {})
    assert Customer.objects.filter(deleted_at__isnull=False).count() == 0
    assert not batches_of(cast.alice).exists()
    with pytest.raises(Denied):
        undo_batch(batch=batch, actor=cast.alice, at=MONDAY)
    with pytest.raises(Denied):
        chosen(cast.eve, "tag", customers)
    with pytest.raises(NotYourPerson):
        done(chosen(cast.alice, "owner", customers), {"owner": cast.charlie})


def test_one_condition_says_of_a_whole_list_what_is_said_of_each(cast, customers):
    shared = make_customer(cast.charlie, "竹间日化", at=MONDAY)
    add_collaborator(customer=shared, user=cast.bob, actor=cast.charlie, at=MONDAY)
    for user in cast.everyone:
        seen = Customer.objects.visible_to(user)
        for verb in VERBS.values():
            by_one = {each.pk for each in seen if can(user, verb, each)}
            assert set(seen.filter(permitted_among(user, verb, Customer)).values_list("pk", flat=True)) == by_one


def test_what_was_counted_is_what_is_done_and_what_cannot_be_overlooked_is_typed(cast, customers):
    batch = chosen(cast.alice, "delete", query="sort=name")
    ask = {"batch": batch, "said": {}, "actor": cast.alice, "at": MONDAY}

    with pytest.raises(NotTyped):
        begin_batch(**ask, expected=3, typed="")
    with pytest.raises(NotTyped):
        begin_batch(**ask, expected=3, typed="2")
    make_customer(cast.alice, "新来的", at=MONDAY)
    with pytest.raises(CountHasChanged):
        begin_batch(**ask, expected=3, typed="3")
    with pytest.raises(NobodyPicked):
        choose(deed="tag", picks=[], is_all=False, query="", actor=cast.alice, at=MONDAY)
    begin_batch(**ask, expected=4, typed=" ４ ")
    assert counted(batch)["done"] == 4


@pytest.mark.parametrize("deed", SAYS)
def test_a_list_that_empties_itself_is_done_to_its_end_in_the_background(cast, deed):
    many(cast, 2 * CHUNK + 3)
    query = f"owner={cast.alice.uuid}"
    batch = chosen(cast.mona, deed, query=query)

    done(batch, SAYS[deed](cast))
    assert batch.done_at is None
    perform(Job.objects.get(kind=JOB).pk)
    batch.refresh_from_db()
    assert batch.done_at is not None
    assert counted(batch)["done"] == 2 * CHUNK + 3


@pytest.mark.parametrize("deed", SAYS)
def test_a_chunk_asks_a_fixed_number_of_questions(cast, deed):
    many(cast, 30)
    keys = sorted(Customer.objects.values_list("pk", flat=True))
    batch = chosen(cast.mona, deed, query="")
    batch.told, batch.begun_at = understood(batch, SAYS[deed](cast), MONDAY), MONDAY
    batch.save()
    change_some(batch, keys[:2])
    counts = []
    for some in (keys[2:5], keys[5:25]):
        with CaptureQueriesContext(connection) as asked:
            change_some(batch, some)
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_a_stopped_batch_goes_on_where_it_was(cast):
    many(cast, 5)
    batch = chosen(cast.alice, "tag", query="")
    batch.told, batch.begun_at, batch.upto = {"tag": "展会"}, MONDAY, Customer.objects.latest("pk").pk
    batch.save()
    job = enqueue(JOB, actor=cast.alice, batch=batch.pk)
    keys = sorted(Customer.objects.values_list("pk", flat=True))
    change_some(batch, keys[:2])
    job.cursor = {"after": keys[1]}
    job.save(update_fields=["cursor"])

    perform(job.pk)
    perform(job.pk)

    assert batch.changes.count() == 5
    assert Entry.objects.filter(verb="customer.tagged").count() == 5


def test_what_was_looked_at_and_never_begun_is_forgotten_after_a_week_and_nothing_else(cast, customers):
    at = now()
    for age in (0, DRAFTS_KEPT.days + 1):
        choose(deed="tag", picks=[], is_all=True, query="", actor=cast.alice, at=at - timedelta(days=age))
    done(chosen(cast.alice, "tag", customers), {"tag": "展会"})

    perform_scheduled("bulk.forget_drafts")

    assert Batch.objects.count() == 2
    assert Batch.objects.filter(begun_at__isnull=False).count() == 1


def test_nobody_who_left_meanwhile_is_given_customers_back(cast, customers):
    batch = done(chosen(cast.mona, "owner", customers), {"owner": cast.bob})
    User.objects.filter(pk=cast.alice.pk).update(is_active=False)

    undo_batch(batch=batch, actor=cast.mona, at=MONDAY)

    assert counted(batch)["kept"] == 3
    assert set(Customer.objects.values_list("owner", flat=True)) == {cast.bob.pk}


KINDS = {
    "text": ("爱喝茶", "爱喝茶"),
    "number": ("1,250.5", 1250.5),
    "date": ("2026/03/31", "2026-03-31"),
    "choice": ("两班", "two"),
    "flag": ("no", False),
}


@pytest.mark.parametrize("kind", KINDS)
def test_an_own_field_of_each_kind_is_set_where_it_is_not_so_and_cleared(cast, customers, kind):
    given, kept = KINDS[kind]
    shifts()
    field = CustomField.objects.get()
    CustomField.objects.update(type=kind)
    field.refresh_from_db()
    set_custom_value(customer=customers[0], field=field, value=given, actor=cast.alice, at=MONDAY)
    batch = chosen(cast.alice, "field", customers)
    said = understood(batch, {"field": "shift", "value": given}, MONDAY)
    assert preview_of(batch, said, MONDAY).already == 1

    done(batch, {"field": "shift", "value": given})

    assert list(Customer.objects.order_by("pk").values_list("custom", flat=True)) == [{"shift": kept}] * 3
    assert (counted(batch)["done"], counted(batch)["already"]) == (2, 1)
    found = {each.object_id for each in find("爱喝茶", user=cast.alice)}
    assert found == ({each.pk for each in customers} if kind == "text" else set())
    cleared = done(chosen(cast.alice, "field", customers), {"field": "shift", "value": ""})
    assert counted(cleared)["done"] == 3
    assert set(map(str, Customer.objects.values_list("custom", flat=True))) == {"{}"}
    undo_batch(batch=cleared, actor=cast.alice, at=MONDAY)
    assert list(Customer.objects.order_by("pk").values_list("custom", flat=True)) == [{"shift": kept}] * 3


def test_a_value_of_another_type_and_a_field_that_is_none_change_nobody(cast, customers):
    with pytest.raises(NoOwnField):
        choose(deed="field", picks=[1], is_all=False, query="", actor=cast.alice, at=MONDAY)
    batch = chosen(cast.alice, "field", customers)

    with pytest.raises(BadCustomValue) as refused:
        understood(batch, {"field": "shift", "value": "五班"}, MONDAY)
    with pytest.raises(FieldRetired):
        understood(batch, {"field": "unknown", "value": "x"}, MONDAY)

    assert refused.value.field == "value"
