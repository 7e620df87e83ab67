"""What can be done to a contract: written, corrected, taken from step to step and back, deleted and restored."""

from datetime import timedelta

import pytest

from tests.factories import make_customer, make_opportunity
from tests.factories.orders import make_contract, make_order
from wendu.agreements.actions import (
    CONTRACT_STEPS,
    ContractNumberTaken,
    ContractOutOfTime,
    ContractReasonNeeded,
    FollowsItself,
    NoContractStep,
    NothingToTakeBack,
    OfAnotherCustomer,
    correct_contract,
    correct_order,
    delete_contract,
    move_contract,
    restore_contract,
    unmove_contract,
)
from wendu.agreements.choices import ContractState
from wendu.agreements.models import Contract
from wendu.identity.models import Organisation
from wendu.journal.models import Entry
from wendu.kernel.clock import now
from wendu.kernel.errors import ActionError

pytestmark = pytest.mark.django_db


def today():
    return Organisation.objects.current().today(now())


@pytest.fixture
def contract(cast) -> Contract:
    return make_contract(make_customer(cast.alice, "鹿鸣包装"), state="draft", signed_on=None, number="HT-1")


def go(contract, to_state, cast, **told):
    return move_contract(contract=contract, to_state=to_state, on=None, actor=cast.alice, at=now(), **told)


def test_a_contract_goes_from_draft_to_its_end_and_each_step_is_journaled(cast, contract):
    for state in ("offered", "signed", "running", "ended"):
        go(contract, state, cast)

    contract.refresh_from_db()
    assert (contract.state, contract.signed_on, contract.ended_on) == ("ended", today(), today())
    verbs = list(Entry.objects.filter(verb__startswith="contract.").order_by("pk").values_list("verb", flat=True))
    assert verbs == ["contract.written", *["contract.moved"] * 4]


@pytest.mark.parametrize("here", ContractState.values)
@pytest.mark.parametrize("there", ContractState.values)
def test_only_the_steps_of_the_table_are_taken(cast, contract, here, there):
    ended = today() if here in ("ended", "terminated") else None
    Contract.objects.filter(pk=contract.pk).update(state=here, signed_on=today(), ended_on=ended)

    if there in CONTRACT_STEPS.get(here, ()):
        assert go(contract, there, cast, reason="说好了").state == there
    else:
        with pytest.raises(NoContractStep):
            go(contract, there, cast, reason="说好了")


@pytest.mark.parametrize("there", ["ended", "terminated"])
def test_each_step_is_taken_back_to_where_it_stood(cast, contract, there):
    steps = ("signed", "running", there)
    seen = [(contract.state, contract.signed_on, contract.ended_on)]
    for state in steps:
        go(contract, state, cast, reason="说好了")
        seen.append((contract.state, contract.signed_on, contract.ended_on))

    for before in seen[-2::-1]:
        unmove_contract(contract=contract, actor=cast.alice, at=now())
        assert (contract.state, contract.signed_on, contract.ended_on) == before
    with pytest.raises(NothingToTakeBack):
        unmove_contract(contract=contract, actor=cast.alice, at=now())


def test_whoever_terminates_or_cancels_says_why(cast, contract):
    with pytest.raises(ContractReasonNeeded):
        go(contract, "cancelled", cast)
    go(contract, "signed", cast)
    with pytest.raises(ContractReasonNeeded):
        go(contract, "terminated", cast)


def test_days_follow_each_other(cast, contract):
    bad = (
        {"signed_on": today() + timedelta(days=1)},
        {"starts_on": today(), "ends_on": today() - timedelta(days=1)},
    )
    for changes in bad:
        with pytest.raises(ContractOutOfTime):
            correct_contract(contract=contract, changes=changes, actor=cast.alice, at=now())
        contract.refresh_from_db()


def test_one_number_means_one_contract_that_stands(cast, contract):
    with pytest.raises(ContractNumberTaken):
        make_contract(contract.customer, number="HT-1")
    delete_contract(contract=contract, actor=cast.alice, at=now())
    make_contract(contract.customer, number="HT-1")
    with pytest.raises(ContractNumberTaken):
        restore_contract(contract=contract, actor=cast.alice, at=now())


def test_deal_and_order_belong_to_the_customer_who_signed(cast, contract):
    other = make_customer(cast.alice, "别人")
    changes = {"opportunity": make_opportunity(other)}
    with pytest.raises(OfAnotherCustomer):
        correct_contract(contract=contract, changes=changes, actor=cast.alice, at=now())
    with pytest.raises(OfAnotherCustomer):
        make_order(other, contract=contract)


def test_an_order_names_its_contract_and_outlives_its_deletion(cast, contract):
    order = make_order(contract.customer)
    correct_order(order=order, changes={"contract": contract}, actor=cast.alice, at=now())

    delete_contract(contract=contract, actor=cast.alice, at=now())
    restore_contract(contract=contract, actor=cast.alice, at=now())

    order.refresh_from_db()
    assert (order.contract, order.deleted_at) == (contract, None)


@pytest.mark.parametrize("act", [delete_contract, restore_contract, unmove_contract])
def test_an_outsider_does_nothing_to_it(cast, contract, act):
    with pytest.raises(ActionError):
        act(contract=contract, actor=cast.charlie, at=now())
    assert Contract.objects.standing().filter(pk=contract.pk).exists()
    with pytest.raises(ActionError):
        move_contract(contract=contract, to_state="signed", on=None, actor=cast.charlie, at=now())


def test_a_contract_takes_the_place_of_an_earlier_one_of_the_same_customer_and_never_of_its_own(cast, contract):
    later = make_contract(contract.customer, title="下一年", follows=contract)
    stranger = make_contract(make_customer(cast.alice, "别人"))

    for row, follows, refusal in (
        (contract, later, FollowsItself),
        (later, later, FollowsItself),
        (later, stranger, OfAnotherCustomer),
    ):
        with pytest.raises(refusal):
            correct_contract(contract=row, changes={"follows": follows}, actor=cast.alice, at=now())
    later.refresh_from_db()
    assert later.follows == contract
