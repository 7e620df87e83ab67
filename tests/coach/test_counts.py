"""How many questions the coach asks the database: as many on a long history, or a long list, as on a short one."""

from datetime import timedelta
from functools import partial

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import MONDAY
from tests.coach.world import TODAY, touch
from tests.factories import make_contact, make_customer, make_opportunity
from wendu.coach.actions import judge_many
from wendu.coach.frame import Frame
from wendu.coach.orders import WARMEST
from wendu.coach.walking import find_page
from wendu.coach.ways import Narrowing, Ways

pytestmark = pytest.mark.django_db


def counted(act) -> int:
    with CaptureQueriesContext(connection) as asked:
        act()
    return len(asked)


def test_a_log_asks_the_same_on_a_long_history(cast):
    customer = make_customer(cast.alice)
    people = (make_contact(customer).pk,)
    make_opportunity(customer, opened_on=TODAY - timedelta(days=300))
    found = []
    for days in range(120, -1, -1):
        on, at = TODAY - timedelta(days=days), MONDAY - timedelta(days=days)
        log = partial(touch, customer, cast.alice, on, at=at, kind="phone", contact_ids=people)
        found.append(counted(log))

    assert max(found[60:]) <= max(found[:30]) <= 45


def test_a_list_asks_the_same_for_many_rows(cast):
    frame = Frame.on(TODAY)
    found = []
    for more in (3, 30):
        for _ in range(more):
            touch(make_customer(cast.alice), cast.alice)
        find_page(Ways(cast.mona, Narrowing()), WARMEST, frame)
        found.append(counted(lambda: find_page(Ways(cast.mona, Narrowing()), WARMEST, frame)))

    assert found[0] == found[1] <= 3


def test_many_are_judged_with_as_many_questions_as_few(cast):
    ids, found = [], []
    for more in (2, 12):
        for _ in range(more):
            customer = make_customer(cast.alice)
            make_opportunity(customer)
            touch(customer, cast.alice)
            ids.append(customer.pk)
        frame = Frame.on(TODAY)
        found.append(counted(lambda frame=frame: judge_many(ids, frame=frame, at=MONDAY)))

    assert found[0] == found[1] <= 30
