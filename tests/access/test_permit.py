import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils.translation import override

from tests.access.customers import contact_of, customer_of
from tests.cast import Cast
from wendu.access.table import GRANT_WORDS, VERBS, Relation
from wendu.access.verbs import UnknownVerb, can, permit
from wendu.access.verbs import customer_of as customer_behind
from wendu.kernel.errors import Denied

WORKING = {"alice", "mona", "ada"}


def allowed(cast: Cast, verb: str, thing: object = None) -> set[str]:
    return {user.username for user in cast.everyone if can(user, verb, thing)}


@pytest.mark.parametrize(
    "verb,who",
    [
        ("customer.edit", WORKING),
        ("customer.assign", WORKING),
        ("customer.merge", {"mona", "ada"}),
        ("customer.view", WORKING | {"sam", "mia", "eve"}),
        ("touch.log", WORKING | {"sam"}),
        ("contact.edit", WORKING | {"sam"}),
        ("opportunity.close", WORKING),
        ("override.set", WORKING),
        ("step.plan", WORKING | {"sam"}),
        ("pack.publish", {"ada"}),
        ("import.run", {"alice", "bob", "charlie", "mona", "nora", "sam", "mia", "ada"}),
    ],
)
def test_the_table_says_who_may(cast, verb, who):
    assert allowed(cast, verb, customer_of(cast.alice)) == who


def test_a_collaborator_writes_but_does_not_give_away(cast):
    customer = customer_of(cast.alice, shared_with=cast.charlie)

    assert can(cast.charlie, "touch.log", customer)
    assert can(cast.charlie, "customer.edit", customer)
    assert not can(cast.charlie, "customer.assign", customer)
    assert not can(cast.charlie, "customer.delete", customer)


def test_a_right_is_judged_by_the_customer_behind_the_thing(cast):
    customer = customer_of(cast.alice)
    contact = contact_of(customer)

    assert customer_behind(contact) == customer
    assert allowed(cast, "contact.edit", contact) == WORKING | {"sam"}
    assert customer_behind(cast.alice) is None
    assert customer_behind(None) is None


def test_own_things_are_ones_own(cast):
    assert allowed(cast, "user.edit_preferences", cast.bob) == {"bob", "ada"}


def test_without_a_thing_no_relation_holds(cast):
    assert allowed(cast, "customer.edit") == {"ada"}


def test_nobody_may_do_anything(cast):
    cast.ada.is_active = False
    customer = customer_of(cast.alice)

    for nobody in (AnonymousUser(), cast.ada):
        assert [verb for verb in VERBS if can(nobody, verb, customer)] == []
        with pytest.raises(Denied):
            permit(nobody, "customer.edit", customer)


def test_the_system_itself_may(cast):
    permit(None, "customer.edit", customer_of(cast.alice))


def test_an_unknown_verb_is_a_mistake_of_ours_even_for_the_system(cast):
    for actor in (cast.ada, None):
        with pytest.raises(UnknownVerb):
            permit(actor, "customer.explode")


def test_a_refusal_names_who_may_in_the_readers_language(cast):
    customer = customer_of(cast.alice)

    with pytest.raises(Denied) as refusal:
        permit(cast.charlie, "touch.log", customer)
    with override("en"):
        assert "Administrator" in refusal.value.text()
        assert "the owner of the customer" in refusal.value.text()


def test_marketing_and_executive_change_no_customer(cast):
    customer = customer_of(cast.alice)
    rooms = ("customer.", "contact", "opportunity.", "touch.", "promise.", "commitment.", "tail.", "step.", "override.")
    reading = {"customer.view", "customer.see_contact_points"}

    for user in (cast.mia, cast.eve):
        assert [
            verb for verb in VERBS if verb.startswith(rooms) and verb not in reading and can(user, verb, customer)
        ] == []


def test_an_administrator_may_do_all_but_read_others_notices_and_days_and_take_their_tables(cast):
    customer = customer_of(cast.alice)
    refused = {verb for verb in VERBS if not can(cast.ada, verb, customer)}

    assert refused == {"notification.read", "feed.make", "export.take"}


def test_every_relation_has_words():
    assert set(GRANT_WORDS) == set(Relation)


def test_asking_for_an_owner_costs_no_query(cast, django_assert_num_queries):
    customer = customer_of(cast.alice)

    with django_assert_num_queries(0):
        permit(cast.alice, "touch.log", customer)
