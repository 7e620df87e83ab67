"""Two customers made one, and two again."""

from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.cast import MONDAY
from tests.coach.world import KINDS, LIVES, World, touch
from tests.factories import make_contact, make_customer, make_opportunity
from tests.laws import examples
from tests.merges.hashing import database_hash, stored
from wendu.agenda.actions import plan_step, snooze
from wendu.agenda.models import Snooze, Step
from wendu.coach.actions import recompute
from wendu.coach.models import Standing
from wendu.customers.actions import (
    AlreadyDeleted,
    WasMerged,
    add_collaborator,
    add_contact_point,
    begin_nurture,
    delete_customer,
    edit_customer,
    purge_customer,
    restore_customer,
    set_parent,
    set_referrer,
    tag_customer,
    wake,
)
from wendu.customers.models import Collaborator, Contact, Customer, Nurture, Tagging
from wendu.journal.models import Entry
from wendu.kernel.errors import Denied, Stale
from wendu.merges.actions import (
    AlreadyApart,
    LaterFirst,
    NotTwo,
    OfTwoCustomers,
    TooLate,
    forget_traces,
    merge_contacts,
    merge_customers,
    outlook,
    unmerge,
)
from wendu.merges.choosing import BadChoice
from wendu.merges.models import Merge
from wendu.touches.models import Touch

pytestmark = pytest.mark.django_db
LATER = MONDAY + timedelta(minutes=5)


def two(cast, **details):
    kept = make_customer(cast.alice, "桐溪注塑有限公司", city="苏州")
    gone = make_customer(cast.bob, "桐溪注塑厂", **{"industry": "manufacturing", "external_id": "B-7", **details})
    return kept, gone


def merged(cast, kept, gone, **more):
    merge = merge_customers(kept=kept, gone=gone, actor=more.pop("actor", cast.mona), at=LATER, **more)
    for row in (kept, gone):
        row.refresh_from_db()
    return merge


def apart(cast, merge, at=LATER, actor=None):
    return unmerge(merge=merge, actor=actor or cast.mona, at=at)


def test_all_that_belongs_to_one_belongs_to_the_other(cast):
    kept, gone = two(cast)
    person = make_contact(gone, "叶青", points=[("mobile", "13800138000")])
    deal = make_opportunity(gone, "节能改造")
    log = touch(gone, cast.bob, contact_ids=(person.pk,))
    step = plan_step(customer=gone, do="送样", planned_on=MONDAY.date(), actor=cast.bob, at=MONDAY)

    merge = merged(cast, kept, gone)

    for row in (person, deal, log, step):
        row.refresh_from_db()
        assert row.customer_id == kept.pk
    assert step.subject_id == kept.pk
    assert person.contact_points.get().customer_id == kept.pk
    assert gone.merged_into == kept
    assert merge.moved["touch"] == 1
    assert not Customer.objects.visible_to(cast.bob).filter(pk=gone.pk).exists()


def test_what_one_leaves_empty_the_other_says(cast):
    kept, gone = two(cast, note="老客户")

    merged(cast, kept, gone)

    assert (kept.name, kept.city, kept.industry, kept.note) == ("桐溪注塑有限公司", "苏州", "manufacturing", "老客户")
    assert (kept.external_id, gone.external_id) == ("B-7", "")


def test_fields_are_chosen_one_by_one(cast):
    kept, gone = two(cast, city="无锡", note="乙")
    edit_customer(customer=kept, changes={"external_id": "A-1", "note": "甲"}, actor=cast.alice, at=MONDAY)

    choices = {"name": "gone", "city": "gone", "external_id": "gone", "note": "both", "owner": "gone"}
    merged(cast, kept, gone, choices=choices)

    assert (kept.name, kept.city, kept.owner, kept.note) == ("桐溪注塑厂", "无锡", cast.bob, "甲\n\n乙")
    assert (kept.external_id, gone.external_id) == ("B-7", "A-1")
    assert list(Collaborator.objects.filter(customer=kept).values_list("user", flat=True)) == [cast.alice.pk]
    assert Standing.objects.get(customer=kept).owner == cast.bob


@pytest.mark.parametrize("choices", [{"name": "both"}, {"city": "mine"}, {"password": "gone"}, {"custom.x": "gone"}])
def test_a_choice_that_is_none_is_refused(cast, choices):
    kept, gone = two(cast)

    with pytest.raises(BadChoice):
        merged(cast, kept, gone, choices=choices)


@pytest.mark.parametrize(
    ("side", "words"), [("both", ["展会", "老客户", "重点"]), ("kept", ["展会", "重点"]), ("gone", ["老客户", "重点"])]
)
def test_tags_of_one_or_of_both(cast, side, words):
    kept, gone = two(cast)
    for customer, actor, names in ((kept, cast.alice, ("展会", "重点")), (gone, cast.bob, ("重点", "老客户"))):
        for name in names:
            tag_customer(customer=customer, name=name, actor=actor, at=MONDAY)
    before = stored()

    merge = merged(cast, kept, gone, choices={"tags": side})

    assert sorted(Tagging.objects.filter(customer=kept).values_list("tag__name", flat=True)) == words
    apart(cast, merge)
    assert stored() == before


@pytest.mark.parametrize("side", ["kept", "gone"])
@pytest.mark.parametrize(("here", "there"), [(True, False), (False, True), (True, True)])
def test_it_rests_as_the_chosen_one_does(cast, side, here, there):
    kept, gone = two(cast)
    for customer, actor, rests in ((kept, cast.alice, here), (gone, cast.bob, there)):
        if rests:
            day = MONDAY.date() + timedelta(days=60 if customer == kept else 90)
            begin_nurture(customer=customer, reason="timing", wake_on=day, actor=actor, at=MONDAY)
    before = stored()

    merge = merged(cast, kept, gone, choices={"rest": side})

    spell = Nurture.objects.filter(customer=kept, ended_on__isnull=True).first()
    assert (spell is not None) is (here if side == "kept" else there)
    if spell is not None:
        assert (spell.wake_on - MONDAY.date()).days == (60 if side == "kept" else 90)
    assert (Standing.objects.get(customer=kept).wake_on is not None) is (spell is not None)
    apart(cast, merge)
    assert stored() == before


def test_the_end_of_a_rest_there_wakes_nobody_here(cast):
    kept, gone = two(cast)
    day = MONDAY.date() + timedelta(days=60)
    for customer, actor in ((gone, cast.bob), (kept, cast.alice)):
        begin_nurture(customer=customer, reason="timing", wake_on=day, actor=actor, at=MONDAY - timedelta(days=9))
    wake(customer=gone, actor=cast.bob, at=MONDAY)
    before = stored()

    for side, rests in (("kept", True), ("gone", False)):
        merge = merged(cast, kept, gone, choices={"rest": side})

        assert (Standing.objects.get(customer=kept).wake_on is not None) is rests
        apart(cast, merge)
        assert stored() == before


def test_both_next_steps_stay_and_the_same_one_is_there_once(cast):
    kept, gone = two(cast)
    for customer, actor, words, days in (
        (kept, cast.alice, "送样", 5),
        (gone, cast.bob, "回访", 2),
        (kept, cast.mona, "报价", 3),
        (gone, cast.mona, "报价", 3),
    ):
        day = MONDAY.date() + timedelta(days=days)
        plan_step(customer=customer, do=words, planned_on=day, actor=actor, at=MONDAY)

    merged(cast, kept, gone)

    open_steps = Step.objects.open().filter(customer_id=kept.pk).order_by("planned_on")
    assert [step.do for step in open_steps] == ["回访", "报价", "送样"]


def test_nobody_is_put_off_who_was_not_put_off_before(cast):
    kept, gone = two(cast)
    day = MONDAY.date() + timedelta(days=9)
    snooze(customer=gone, until_on=day, actor=cast.bob, at=MONDAY)

    merged(cast, kept, gone)

    assert not Snooze.objects.filter(customer_id=kept.pk).exists()


def test_one_main_contact_and_each_number_once(cast):
    kept, gone = two(cast)
    ours = make_contact(kept, "甲")
    theirs = make_contact(gone, "乙")
    for row, actor in ((kept, cast.alice), (gone, cast.bob)):
        add_contact_point(customer=row, kind="phone", value="0512-66668888", actor=actor, at=MONDAY)
    before = stored()

    merge = merged(cast, kept, gone)

    main = Contact.objects.filter(customer=kept, is_main=True)
    assert [row.pk for row in main] == [ours.pk]
    assert Contact.objects.get(pk=theirs.pk).customer_id == kept.pk
    assert kept.contact_points.filter(contact__isnull=True).count() == 1
    apart(cast, merge)
    assert stored() == before


def test_branches_go_along_and_nobody_is_above_himself(cast):
    kept, gone = two(cast)
    branch, top = make_customer(cast.bob, "桐溪无锡"), make_customer(cast.bob, "桐溪集团控股")
    set_parent(customer=gone, parent=top, actor=cast.bob, at=MONDAY)
    set_parent(customer=branch, parent=gone, actor=cast.bob, at=MONDAY)
    add_collaborator(customer=kept, user=cast.bob, actor=cast.alice, at=MONDAY)
    set_parent(customer=kept, parent=branch, actor=cast.alice, at=MONDAY)
    before = stored()

    merge = merged(cast, kept, gone)

    branch.refresh_from_db()
    assert (branch.parent, kept.parent) == (kept, top)
    apart(cast, merge)
    assert stored() == before


def test_whom_they_brought_goes_along_and_nobody_came_through_himself(cast):
    kept, gone = two(cast)
    first, between = make_customer(cast.bob, "桐溪的介绍人"), make_customer(cast.bob, "桐溪介绍来的")
    he, she = make_contact(first, "顾明舒"), make_contact(gone, "叶青")
    set_referrer(customer=gone, referrer=first, contact=he, actor=cast.bob, at=MONDAY)
    set_referrer(customer=between, referrer=gone, contact=she, actor=cast.bob, at=MONDAY)
    add_collaborator(customer=kept, user=cast.bob, actor=cast.alice, at=MONDAY)
    set_referrer(customer=kept, referrer=between, actor=cast.alice, at=MONDAY)
    before = stored()

    merge = merged(cast, kept, gone)

    between.refresh_from_db()
    assert (between.referrer, between.referrer_contact) == (kept, she)
    assert (kept.referrer, kept.referrer_contact) == (first, he)
    apart(cast, merge)
    assert stored() == before


def test_one_that_the_other_brought_is_not_its_own_referrer(cast):
    kept, gone = two(cast)
    add_collaborator(customer=kept, user=cast.bob, actor=cast.alice, at=MONDAY)
    set_referrer(customer=kept, referrer=gone, contact=make_contact(gone, "叶青"), actor=cast.bob, at=MONDAY)
    before = stored()

    merge = merged(cast, kept, gone)

    assert (kept.referrer, kept.referrer_contact) == (None, None)
    apart(cast, merge)
    assert stored() == before


def test_the_outlook_says_what_will_be_and_writes_nothing(cast):
    kept, gone = two(cast)
    for days in (1, 3, 8):
        touch(gone, cast.bob, MONDAY.date() - timedelta(days=days))
    before, entries = stored(), Entry.objects.count()

    seen = outlook(kept=kept, gone=gone, actor=cast.mona, at=LATER)

    assert (stored(), Entry.objects.count(), Merge.objects.count()) == (before, entries, 0)
    kept.refresh_from_db()
    gone.refresh_from_db()
    merge = merged(cast, kept, gone)
    after = Standing.objects.get(customer=kept)
    assert seen.moved == merge.moved
    assert (seen.standing.heat, seen.standing.quadrant, seen.standing.due_on) == (
        after.heat,
        after.quadrant,
        after.due_on,
    )
    assert after.latest_touch_on == MONDAY.date() - timedelta(days=1)


def test_it_is_judged_as_if_it_had_always_been_one(cast):
    kept, gone = two(cast)
    for customer, actor in ((kept, cast.alice), (gone, cast.bob)):
        make_opportunity(customer)
        for days in (1, 6, 13):
            touch(customer, actor, MONDAY.date() - timedelta(days=days))
    merged(cast, kept, gone)
    judged = Standing.objects.filter(customer=kept).values().get()

    list(recompute(at=LATER, customer_ids=[kept.pk]))

    assert Standing.objects.filter(customer=kept).values().get() == judged


@pytest.mark.parametrize("who", ["alice", "bob", "charlie", "nora", "sam", "mia", "eve"])
def test_only_who_leads_both_may_merge_and_part(cast, who):
    kept, gone = two(cast)
    before = database_hash()

    with pytest.raises(Denied):
        merged(cast, kept, gone, actor=getattr(cast, who))

    assert database_hash() == before
    merge = merged(cast, kept, gone)
    with pytest.raises(Denied):
        apart(cast, merge, actor=getattr(cast, who))


def test_a_manager_does_not_take_another_teams_customer_in(cast):
    ours, theirs = make_customer(cast.alice, "桐溪"), make_customer(cast.charlie, "桐溪有限公司")

    with pytest.raises(Denied):
        merged(cast, ours, theirs)
    merged(cast, ours, theirs, actor=cast.ada)


def test_one_record_is_not_two(cast):
    kept, _gone = two(cast)

    with pytest.raises(NotTwo):
        merged(cast, kept, Customer.objects.get(pk=kept.pk))


def test_what_was_changed_since_it_was_looked_at_is_looked_at_again(cast):
    kept, gone = two(cast)
    seen = (kept.revision, gone.revision)
    edit_customer(customer=gone, changes={"city": "无锡"}, actor=cast.bob, at=MONDAY)

    with pytest.raises(Stale):
        merged(cast, kept, gone, seen=seen)


def test_what_was_merged_is_not_restored_beside_it(cast):
    kept, gone = two(cast)
    merged(cast, kept, gone)

    assert not Customer.objects.deleted_to(cast.ada).exists()
    with pytest.raises(WasMerged):
        restore_customer(customer=gone, actor=cast.ada, at=LATER)


def test_what_happened_since_stays_with_the_one_that_stays(cast):
    kept, gone = two(cast)
    deal, old = make_opportunity(gone, "节能改造"), touch(gone, cast.bob)
    merge = merged(cast, kept, gone)
    new = touch(kept, cast.alice, at=LATER + timedelta(seconds=1))
    about = touch(kept, cast.alice, at=LATER + timedelta(seconds=2), opportunity_id=deal.pk)
    edit_customer(customer=kept, changes={"industry": "chemicals"}, actor=cast.alice, at=LATER)

    merge = apart(cast, merge, at=LATER + timedelta(hours=1))

    homes = {row.pk: row.customer_id for row in Touch.objects.all()}
    assert homes == {new.pk: kept.pk, old.pk: gone.pk, about.pk: gone.pk}
    kept.refresh_from_db()
    assert kept.industry == "chemicals"
    assert merge.stayed == {"field": 1, "touch": 1}
    judged = {row.pk: row for row in Standing.objects.all()}
    list(recompute(at=LATER + timedelta(hours=1)))
    for row in Standing.objects.all():
        assert (row.heat, row.latest_touch_on, row.is_hidden) == (
            judged[row.pk].heat,
            judged[row.pk].latest_touch_on,
            judged[row.pk].is_hidden,
        )


def test_what_was_merged_later_is_parted_earlier(cast):
    kept, gone = two(cast)
    third = make_customer(cast.alice, "桐溪")
    before = stored()
    first = merged(cast, kept, gone)
    second = merged(cast, third, kept)
    assert Customer.objects.get(pk=gone.pk).merged_into == third

    with pytest.raises(LaterFirst):
        apart(cast, first)

    apart(cast, second)
    assert Customer.objects.get(pk=gone.pk).merged_into == kept
    apart(cast, first)
    assert stored() == before
    with pytest.raises(AlreadyApart):
        apart(cast, first)


def test_after_thirty_days_it_stays_one(cast):
    kept, gone = two(cast)
    merge = merged(cast, kept, gone)

    with pytest.raises(TooLate):
        apart(cast, merge, at=LATER + timedelta(days=30, seconds=1))

    assert forget_traces(before=LATER) == 0
    assert forget_traces(before=LATER + timedelta(seconds=1)) == 1
    with pytest.raises(TooLate):
        apart(cast, merge)


def test_on_another_day_each_is_judged_by_its_own_facts(cast):
    kept, gone = two(cast)
    touch(gone, cast.bob)
    merge = merged(cast, kept, gone)
    day = LATER + timedelta(days=20)

    apart(cast, merge, at=day)

    judged = list(Standing.objects.order_by("pk").values())
    list(recompute(at=day))
    assert list(Standing.objects.order_by("pk").values()) == judged


def test_two_people_become_one_and_two_again(cast):
    kept, _gone = two(cast)
    he = make_contact(kept, "顾明舒", points=[("mobile", "13800138000")])
    twin = make_contact(kept, "顾总", points=[("mobile", "13800138000"), ("email", "gu@example.com")], job_title="总监")
    deal = make_opportunity(kept)
    touch(kept, cast.alice, contact_ids=(he.pk, twin.pk), opportunity_id=deal.pk)
    before = stored()

    merge = merge_contacts(kept=he, gone=twin, actor=cast.mona, at=LATER)

    he.refresh_from_db()
    assert he.job_title == "总监"
    assert sorted(he.contact_points.values_list("kind", flat=True)) == ["email", "mobile"]
    assert Touch.objects.get().participants.filter(contact=he).count() == 1
    assert Contact.objects.get(pk=twin.pk).merged_into == he
    apart(cast, merge)
    assert stored() == before


def test_people_of_two_customers_are_not_merged(cast):
    kept, gone = two(cast)

    with pytest.raises(OfTwoCustomers):
        merge_contacts(kept=make_contact(kept), gone=make_contact(gone), actor=cast.mona, at=LATER)


SOME = st.lists(st.tuples(st.integers(0, 90), st.sampled_from(KINDS)), max_size=12)


@settings(
    max_examples=examples(12), phases=[Phase.generate], suppress_health_check=[HealthCheck.function_scoped_fixture]
)  # each one is rolled back
@given(lives=st.lists(SOME, min_size=3, max_size=3), pairs=st.lists(st.permutations(range(3)), min_size=1, max_size=3))
def test_whatever_happened_before_a_merge_taken_apart_leaves_everything_as_it_was(cast, lives, pairs):
    with transaction.atomic():
        worlds = [World.of(cast.alice) for _ in range(3)]
        for world, life in zip(worlds, lives, strict=True):
            world.live([*LIVES[worlds.index(world)], *life])
        before = stored()
        done = []
        for first, second, _third in pairs:
            kept, gone = (Customer.objects.get(pk=worlds[i].customer.pk) for i in (first, second))
            if kept.deleted_at is None and gone.deleted_at is None:
                done.append(merge_customers(kept=kept, gone=gone, actor=cast.mona, at=LATER))
        for merge in reversed(done):
            unmerge(merge=merge, actor=cast.mona, at=LATER + timedelta(minutes=1))
        assert stored() == before
        transaction.set_rollback(True)


def test_what_it_absorbed_goes_for_good_with_it(cast):
    kept, gone = two(cast)
    touch(gone, cast.bob)
    merged(cast, kept, gone)
    delete_customer(customer=kept, actor=cast.mona, at=LATER)
    with pytest.raises(WasMerged):
        purge_customer(customer=gone, typed=gone.name, actor=cast.ada, at=LATER)

    purge_customer(customer=kept, typed=kept.name, actor=cast.ada, at=LATER)

    assert not Customer.objects.filter(pk__in=[kept.pk, gone.pk]).exists()
    assert not Merge.objects.exists()
    assert not Touch.objects.exists()


def test_one_that_was_deleted_since_is_restored_before_it_is_taken_apart(cast):
    kept, gone = two(cast)
    merge = merged(cast, kept, gone)
    delete_customer(customer=kept, actor=cast.mona, at=LATER)

    with pytest.raises(AlreadyDeleted):
        apart(cast, merge)
