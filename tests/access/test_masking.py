import pytest

from tests.access.customers import customer_of
from wendu.access.masking import clear_for, may_see_contact_points, shown_email, shown_phone, shown_values


@pytest.mark.parametrize(
    "who,clear",
    [("alice", True), ("mona", True), ("sam", True), ("ada", True), ("mia", False), ("eve", False)],
)
def test_who_reads_numbers_in_clear(cast, who, clear):
    assert may_see_contact_points(getattr(cast, who), customer_of(cast.alice)) is clear


def test_a_masked_role_reads_its_own_and_shared_customers(cast):
    own, shared, other = customer_of(cast.mia), customer_of(cast.alice, shared_with=cast.mia), customer_of(cast.alice)

    assert clear_for(cast.mia, [own, shared, other]) == {own.pk, shared.pk}


def test_a_list_asks_once(cast, django_assert_num_queries):
    customers = [customer_of(cast.alice) for _ in range(20)]

    with django_assert_num_queries(1):
        clear_for(cast.eve, customers)
    with django_assert_num_queries(0):
        clear_for(cast.eve, [])


def test_nobody_reads_anything(cast):
    assert clear_for(None, [customer_of(cast.alice)]) == set()


def test_values_are_shown_as_the_reader_may_see_them():
    assert shown_phone("+8613812345678", clear=False) == "138****5678"
    assert shown_phone("+8613812345678", clear=True) == "+8613812345678"
    assert shown_email("zhang@example.com", clear=True) == "zhang@example.com"
    assert shown_values(["+8613812345678", "zhang@example.com"], clear=False) == ["138****5678", "z****@example.com"]
