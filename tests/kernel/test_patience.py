"""A statement of a page has its time; work of the machine has all it needs."""

import pytest
from django.db import OperationalError, connection, transaction

from wendu.identity.models import Team
from wendu.kernel.patience import ENDLESS, patient_for, was_given_up

pytestmark = pytest.mark.django_db(transaction=True)

COUNT = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < {}) SELECT COUNT(*) FROM n"
WITHOUT_END, A_MOMENT = COUNT.format(10**9), COUNT.format(400_000)


@pytest.fixture(autouse=True)
def _another_connection_afterwards():
    """PostgreSQL keeps in mind how long a page may take; what comes after a test is no page."""
    yield
    connection.close()


def ask(sql: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return int(cursor.fetchone()[0])


@transaction.atomic
def write_and_ask() -> None:
    Team.objects.create(name="华东")
    ask(WITHOUT_END)


def test_what_takes_too_long_is_given_up_and_the_next_question_is_answered():
    with patient_for(0.05):
        with pytest.raises(OperationalError) as given_up:
            ask(WITHOUT_END)

        assert was_given_up(given_up.value)
        assert ask("SELECT 7") == 7


def test_each_statement_has_its_own_time():
    with patient_for(2):
        assert [ask(COUNT.format(1000)) for _ in range(50)] == [1000] * 50


def test_work_inside_a_page_has_all_the_time_it_needs_and_the_page_has_not():
    with patient_for(0.001):
        with patient_for(ENDLESS):
            assert ask(A_MOMENT) == 400_000
        with pytest.raises(OperationalError):
            ask(WITHOUT_END)


def test_outside_nothing_is_given_up_on_a_connection_that_served_a_page():
    with patient_for(0.001):
        ask("SELECT 1")

    with patient_for(ENDLESS):
        assert ask(A_MOMENT) == 400_000


def test_a_transaction_that_was_given_up_leaves_nothing_behind():
    with patient_for(0.05), pytest.raises(OperationalError):
        write_and_ask()

    assert not Team.objects.exists()


def test_another_fault_of_the_database_is_told_apart():
    with patient_for(1), pytest.raises(Exception, match=r"nowhere") as fault:
        ask("SELECT 1 FROM nowhere")

    assert not was_given_up(fault.value)
