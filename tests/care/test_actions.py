"""What a customer told: written, corrected, taken back and restored; by whom, and what is refused."""

from datetime import timedelta

import pytest

from tests.factories import make_contact, make_customer
from tests.factories.care import make_answer
from wendu.care.actions import (
    BadPoints,
    NothingTold,
    StrangerTold,
    ToldLater,
    correct_satisfaction,
    delete_satisfaction,
    restore_satisfaction,
    write_satisfaction,
)
from wendu.care.facts import content_by_market, satisfactions_of
from wendu.care.models import Satisfaction
from wendu.coach.frame import Frame
from wendu.customers.actions import AlreadyDeleted, NotDeleted
from wendu.identity.models import Organisation
from wendu.journal.models import Entry
from wendu.kernel.changes import BadValue
from wendu.kernel.clock import now
from wendu.kernel.errors import ActionError, Denied

pytestmark = pytest.mark.django_db


def today():
    return Organisation.objects.current().today(now())


def verbs():
    return list(Entry.objects.filter(verb__startswith="satisfaction").order_by("pk").values_list("verb", flat=True))


def test_an_answer_is_written_corrected_taken_back_and_restored_and_each_is_journaled(cast):
    row = make_answer(make_customer(cast.alice, "长青纸业"), about="交付")
    who = {"actor": cast.alice, "at": now()}

    correct_satisfaction(satisfaction=row, changes={"experience": 7}, **who)
    correct_satisfaction(satisfaction=row, changes={"experience": 7}, **who)
    delete_satisfaction(satisfaction=row, **who)
    assert not Satisfaction.objects.standing().exists()
    with pytest.raises(AlreadyDeleted):
        correct_satisfaction(satisfaction=row, changes={"experience": 8}, **who)
    restore_satisfaction(satisfaction=row, **who)
    with pytest.raises(NotDeleted):
        restore_satisfaction(satisfaction=row, **who)

    assert Satisfaction.objects.standing().get().experience == 7
    assert verbs() == [f"satisfaction.{deed}" for deed in ("written", "corrected", "deleted", "restored")]


@pytest.mark.parametrize(
    ("values", "refusal"),
    [
        ({"expectation": None, "experience": None}, NothingTold),
        ({"experience": 11}, BadPoints),
        ({"expectation": -1}, BadValue),
        ({"weight": 0}, BadPoints),
        ({"weight": 6}, BadPoints),
    ],
)
def test_what_says_nothing_or_is_off_the_scale_is_refused(cast, values, refusal: type[ActionError]):
    with pytest.raises(refusal):
        make_answer(make_customer(cast.alice, "长青纸业"), **values)

    assert not Satisfaction.objects.exists()


def test_nobody_told_tomorrow_and_no_stranger_told(cast):
    mine, other = make_customer(cast.alice, "长青纸业"), make_customer(cast.alice, "白鹤纸业")
    stranger = make_contact(other, "林工")

    with pytest.raises(ToldLater):
        make_answer(mine, told_on=today() + timedelta(days=1))
    with pytest.raises(StrangerTold):
        make_answer(mine, contact=stranger)

    assert not Satisfaction.objects.exists()


def test_an_outsider_neither_writes_nor_is_told(cast):
    customer = make_customer(cast.alice, "长青纸业")
    row, frame = make_answer(customer), Frame.at(now())

    for act in (
        lambda who: write_satisfaction(customer=customer, values={"experience": 3}, **who),
        lambda who: correct_satisfaction(satisfaction=row, changes={"experience": 3}, **who),
        lambda who: delete_satisfaction(satisfaction=row, **who),
    ):
        with pytest.raises(Denied):
            act({"actor": cast.charlie, "at": now()})

    assert not Satisfaction.objects.visible_to(cast.charlie).exists()
    assert content_by_market(cast.charlie, on=frame.today, scale=frame.scale.satisfaction) == {}
    assert verbs() == ["satisfaction.written"]


def test_m10_of_each_thing_the_latest_counts_in_the_figure_of_one_and_of_the_market(cast, django_assert_num_queries):
    first, second = make_customer(cast.alice, "长青纸业"), make_customer(cast.alice, "海棠小区", market="b2c")
    make_answer(first, about="交付", expectation=8, experience=4, told_on=today() - timedelta(days=9))
    make_answer(first, about="交付", expectation=8, experience=9, weight=3)
    make_answer(first, about="人", expectation=8, experience=6, weight=2)
    make_answer(second, expectation=5, experience=10)
    make_answer(second, about="很久以前", expectation=10, experience=0, told_on=today() - timedelta(days=366))
    delete_satisfaction(satisfaction=make_answer(second, about="写错了", experience=0), actor=cast.alice, at=now())
    frame = Frame.at(now())
    said = {"on": frame.today, "scale": frame.scale.satisfaction}

    with django_assert_num_queries(1):
        readings = satisfactions_of([first.pk, second.pk], **said)
    with django_assert_num_queries(1):
        shares = content_by_market(cast.alice, **said)

    assert (readings[first.pk].value, readings[second.pk].value) == (97.5, 200.0)
    assert shares == {"b2b": (1, 97.5), "b2c": (1, 200.0), "": (2, pytest.approx(100 * 49 / 45))}
