from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.touches.making import NOW, TODAY, contact, customer, deal, draft, fingerprint
from wendu.journal.models import Entry
from wendu.kernel.errors import Denied
from wendu.opportunities.models import Closure
from wendu.search.models import Entry as Found
from wendu.touches.actions import LoadedTouch, PromiseDraft, load_touches
from wendu.touches.models import Promise, Touch


def rows_for(cast, customers, count):
    return [
        LoadedTouch(
            customer=customers[number % len(customers)],
            author=cast.bob,
            draft=draft(
                touched_on=date(2025, 6, 1) + timedelta(days=number),
                external_id=f"T-{number}",
                note="旧系统里的一条",
                promises=(PromiseDraft(what="寄资料", due_on=TODAY),),
            ),
        )
        for number in range(count)
    ]


def test_history_keeps_its_author_and_day(cast, lake):
    loaded = load_touches(rows_for(cast, [lake], 3), actor=cast.alice, at=NOW)

    assert sorted(loaded.touches) == [0, 1, 2]
    assert {(touch.author, touch.logged_at) for touch in Touch.objects.all()} == {(cast.bob, NOW)}
    assert min(Touch.objects.values_list("touched_on", flat=True)) == date(2025, 6, 1)
    assert loaded.customer_ids == {lake.pk}
    assert Entry.objects.filter(verb="touch.logged", root_id=lake.pk).count() == 3
    assert Found.objects.filter(kind="touch").count() == 3
    assert Promise.objects.count() == 3


def test_wrong_rows_stay_out_with_their_reasons(cast, lake):
    stranger = contact(customer(cast.alice, "澜岸重工"))
    good, future, foreign, twice = (
        LoadedTouch(customer=lake, author=cast.alice, draft=said)
        for said in (
            draft(external_id="A"),
            draft(touched_on=TODAY + timedelta(days=1)),
            draft(contact_ids=(stranger.pk,)),
            draft(external_id="A"),
        )
    )

    loaded = load_touches([good, future, foreign, twice], actor=cast.alice, at=NOW)

    assert list(loaded.touches) == [0]
    assert {position: [error.code for error in wrong] for position, wrong in loaded.errors.items()} == {
        1: ["day_to_come"],
        2: ["foreign_contact"],
        3: ["already_logged"],
    }


def test_an_order_that_still_has_to_win_its_deal_is_handed_back(cast, lake):
    still_open, won = deal(lake), deal(lake, "备件年包")
    Closure.objects.create(opportunity=won, outcome="won", closed_on=TODAY)
    rows = [
        LoadedTouch(customer=lake, author=cast.alice, draft=draft(outcome="order", opportunity_id=pk))
        for pk in (still_open.pk, won.pk)
    ]

    loaded = load_touches(rows, actor=cast.alice, at=NOW)

    assert (loaded.to_sign, list(loaded.touches)) == ((0,), [1])


def test_a_batch_is_written_by_tables_not_by_rows(cast, lake):
    others = [lake, *(customer(cast.alice, f"客户{number}") for number in range(5))]

    with CaptureQueriesContext(connection) as captured:
        load_touches(rows_for(cast, others, 200), actor=cast.alice, at=NOW)

    assert len(captured) < 20  # an embedded database takes some hundred values at a time


def test_who_may_not_import_loads_nothing(cast, lake):
    before = fingerprint()

    with pytest.raises(Denied):
        load_touches(rows_for(cast, [lake], 1), actor=cast.eve, at=NOW)

    assert fingerprint() == before
