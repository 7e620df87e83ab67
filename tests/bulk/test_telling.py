"""Who is told what was done to many customers: everybody whose book it changed, once, and nobody else."""

from datetime import date

import pytest

from tests.cast import MONDAY
from tests.factories import make_customer
from wendu.agenda.models import Notification
from wendu.agenda.wishes import Wish, choose_notices
from wendu.bulk.actions import begin_batch, choose, understood, undo_batch
from wendu.bulk.models import Batch
from wendu.bulk.queries import preview_of
from wendu.customers.actions import change_owner
from wendu.desk.notices import notices_of

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 9)


@pytest.fixture
def books(cast):
    """Three of Alice's, two of Bob's and one of Mona's own."""
    owners = (cast.alice, cast.alice, cast.alice, cast.bob, cast.bob, cast.mona)
    return [make_customer(owner, f"客户{number}", at=MONDAY) for number, owner in enumerate(owners)]


def done(cast, customers, deed, said, *, actor=None) -> Batch:
    by = actor or cast.mona
    picks = [row.pk for row in customers]
    batch = choose(deed=deed, picks=picks, is_all=False, query="", actor=by, at=MONDAY)
    number = preview_of(batch, understood(batch, said, MONDAY), MONDAY).changes
    return begin_batch(batch=batch, said=said, expected=number, typed=str(number), actor=by, at=MONDAY)


def words(user) -> list[str]:
    return [notice.words for notice in notices_of(user, limit=10)]


def test_each_owner_hears_once_of_the_steps_planned_for_him(cast, books):
    done(cast, books, "step", {"do": "发样册", "on": DAY})

    assert words(cast.alice) == ["莫娜给你排了“发样册”：3 家客户，03-09 周一"]
    assert words(cast.bob) == ["莫娜给你排了“发样册”：2 家客户，03-09 周一"]
    assert words(cast.mona) == []


def test_what_was_taken_back_before_it_was_read_is_never_heard_of(cast, books):
    batch = done(cast, books, "step", {"do": "发样册", "on": DAY})
    Notification.objects.of(cast.bob).update(read_at=MONDAY)

    undo_batch(batch=batch, actor=cast.mona, at=MONDAY)

    assert words(cast.alice) == []
    assert words(cast.bob)[0] == "莫娜撤回了给你排的“发样册”，03-09 周一"


def test_who_gets_customers_and_who_loses_them_is_told(cast, books):
    done(cast, books, "owner", {"owner": cast.bob})

    assert words(cast.bob) == ["莫娜转给你 4 家客户"]
    assert words(cast.alice) == [f"莫娜把你的 3 家客户转给了{cast.bob.display_name}"]


def test_an_owner_hears_that_customers_were_deleted_and_came_back(cast, books):
    batch = done(cast, books, "delete", {})
    assert words(cast.alice) == ["莫娜把你的 3 家客户移进了回收站"]
    Notification.objects.update(read_at=MONDAY)

    undo_batch(batch=batch, actor=cast.mona, at=MONDAY)

    assert words(cast.alice)[0] == "莫娜把你的客户从回收站恢复了"


def test_a_tag_is_nobodys_news(cast, books):
    done(cast, books, "tag", {"tag": "展会"})

    assert not Notification.objects.exists()


def test_who_does_not_want_to_hear_of_it_does_not(cast, books):
    silent = {"replanned": Wish(in_app=False, by_mail=False)}
    choose_notices(user=cast.alice, wishes=silent, actor=cast.alice, at=MONDAY)
    mailed = {"replanned": Wish(in_app=False, by_mail=True)}
    choose_notices(user=cast.bob, wishes=mailed, actor=cast.bob, at=MONDAY)

    done(cast, books, "step", {"do": "发样册", "on": DAY})

    assert not Notification.objects.of(cast.alice).exists()
    assert Notification.objects.of(cast.bob).to_mail().count() == 1
    assert words(cast.bob) == []


def test_whose_batch_went_on_in_the_background_hears_when_it_is_done(cast, books, monkeypatch):
    monkeypatch.setattr("wendu.bulk.jobs.AT_ONCE", 3)

    batch = done(cast, books, "tag", {"tag": "展会"})

    (told,) = Notification.objects.of(cast.mona)
    assert (told.code, told.params["batch"]) == ("batch_done", str(batch.uuid))
    assert words(cast.mona) == ["成批处理做完了：改了 6 家客户，可以撤回"]


def test_a_customer_handed_over_by_hand_is_told_to_who_gets_it_and_the_way_back_silences_it(cast, books):
    change_owner(customer=books[0], owner=cast.bob, actor=cast.mona, at=MONDAY)
    assert words(cast.bob) == ["莫娜把这家客户转给了你"]
    assert Notification.objects.of(cast.bob).get().customer_uuid == books[0].uuid

    change_owner(customer=books[0], owner=cast.alice, actor=cast.mona, at=MONDAY)

    assert words(cast.bob) == []
