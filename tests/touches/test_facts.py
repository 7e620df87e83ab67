from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from tests.cast import call_the_cast
from tests.laws import examples
from tests.touches.making import NOW, TODAY, contact, customer, deal, draft
from wendu.identity import snapshot
from wendu.method.codes import Outcome, Quality, Reach, Refusal
from wendu.opportunities.models import Influencer
from wendu.touches.actions import (
    AnswerDraft,
    CommitmentDraft,
    QuietDraft,
    TailDraft,
    answer_indicators,
    close_tail,
    draft_of,
    edit_touch,
    fact_of_draft,
    log_touch,
    open_tail,
    restore_touch,
    set_quiet_period,
    undo_touch,
    withdraw_quiet_period,
)
from wendu.touches.actions.known import axes_of_questions
from wendu.touches.facts import answer_facts, open_tail_counts, quiet_facts, touch_facts

EARLIER = date(2026, 2, 20)


def log(of, actor, **fields):
    return log_touch(customer=of, actor=actor, at=NOW, draft=draft(**fields))


def facts(of, **limits):
    return touch_facts([of.pk], **limits)[of.pk]


def fact(of, on=TODAY):
    (only,) = facts(of)[on]
    return only


def test_a_touch_becomes_a_fact_of_its_day(cast, lake, he):
    only = deal(lake)
    touch = log(
        lake,
        cast.alice,
        kind="phone",
        touched_on=EARLIER,
        contact_ids=(he.pk,),
        opportunity_id=only.pk,
        outcome="no_sale",
        refusal="objective",
        agreed_on=TODAY,
        is_proactive=False,
        emotion_benefit=2,
        emotion_cost=5,
        value_note="算账",
    )

    found = fact(lake, EARLIER)

    assert (found.id, found.kind, found.two_way, found.proactive) == (touch.pk, "phone", True, False)
    assert (found.contact, found.deal, found.agreed_on) == (he.pk, only.pk, TODAY)
    assert (found.outcome, found.refusal) == (Outcome.NO_SALE, Refusal.OBJECTIVE)
    assert (found.bad_experience, found.value_note, found.quality) == (True, True, None)


@pytest.mark.parametrize(
    "fields,quality",
    [
        ({}, None),
        ({"outcome": "continuation"}, None),
        ({"has_news": False}, Quality.THIN),
        ({"has_news": False, "outcome": "continuation"}, Quality.THIN),
    ],
)
def test_the_outcome_tells_the_quality_unless_nothing_new_was_learnt(cast, lake, fields, quality):
    log(lake, cast.alice, **fields)

    assert fact(lake).quality is quality


def test_a_problem_fully_solved_makes_a_full_touch(cast, lake):
    tail = open_tail(customer=lake, what="露点偏高", actor=cast.alice, at=NOW, on=EARLIER)
    log(lake, cast.alice, outcome="continuation", closed_tail_ids=(tail.pk,))

    assert fact(lake).quality is Quality.FULL


def test_the_date_of_an_advance_is_an_agreed_one_unless_another_was_agreed(cast, lake, he):
    due, other = TODAY + timedelta(days=9), TODAY + timedelta(days=3)
    agreed = CommitmentDraft(contact_id=he.pk, what="看站", due_on=due)
    log(lake, cast.alice, outcome="advance", commitment=agreed)
    log(lake, cast.alice, outcome="advance", commitment=agreed, agreed_on=other)
    log(lake, cast.alice, outcome="advance", commitment=CommitmentDraft(what="看站", due_on=due))

    assert [found.agreed_on for found in facts(lake)[TODAY]] == [due, other, None]
    assert [found.outcome for found in facts(lake)[TODAY]] == [Outcome.ADVANCE, Outcome.ADVANCE, Outcome.CONTINUATION]


def test_the_person_deepest_in_the_decision_stands_for_all(cast, lake, he):
    boss, clerk = contact(lake, "韩总"), contact(lake, "小王")
    only = deal(lake)
    Influencer.objects.create(opportunity=only, contact=boss, role="decision_maker")
    Influencer.objects.create(opportunity=only, contact=he, role="user")
    for people in ((he, boss), (he, clerk), (clerk,), ()):
        log(lake, cast.alice, contact_ids=tuple(person.pk for person in people), opportunity_id=only.pk)

    assert [(found.contact, found.reach) for found in facts(lake)[TODAY]] == [
        (boss.pk, Reach.POWERFUL),
        (he.pk, Reach.INFLUENCER),
        (clerk.pk, Reach.OTHER),
        (None, Reach.INFLUENCER),
    ]


def test_a_touch_about_no_deal_reaches_what_its_person_is_in_any_of_them(cast, lake, he):
    first, second = deal(lake), deal(lake, "备件年包")
    Influencer.objects.create(opportunity=first, contact=he, role="user")
    Influencer.objects.create(opportunity=second, contact=he, role="user", is_powerful=True)
    log(lake, cast.alice, contact_ids=(he.pk,))
    log(lake, cast.alice, contact_ids=(he.pk,), opportunity_id=first.pk)

    assert [found.reach for found in facts(lake)[TODAY]] == [Reach.POWERFUL, Reach.INFLUENCER]


def test_what_a_draft_would_be_is_what_the_saved_touch_is(cast, lake, he):
    only = deal(lake)
    Influencer.objects.create(opportunity=only, contact=he, role="approver")
    said = draft(
        contact_ids=(he.pk,),
        opportunity_id=only.pk,
        outcome="advance",
        commitment=CommitmentDraft(contact_id=he.pk, what="看站", due_on=TODAY),
        emotion_benefit=1,
        emotion_cost=2,
    )
    expected = fact_of_draft(said, lake)

    touch = log_touch(customer=lake, actor=cast.alice, at=NOW, draft=said)

    assert fact_of_draft(said, lake, touch_id=touch.pk) == fact(lake)
    assert expected.id == 0


def test_a_day_is_seen_as_it_was(cast, lake):
    code, axis = next(iter(axes_of_questions().items()))
    for on in (EARLIER, TODAY):
        log(lake, cast.alice, touched_on=on)
        answer_indicators(
            customer=lake, answers=[AnswerDraft(axis=axis, indicator=code, value=2)], actor=cast.alice, at=NOW, on=on
        )
    tail = open_tail(customer=lake, what="题", actor=cast.alice, at=NOW, on=EARLIER)
    close_tail(tail=tail, actor=cast.alice, at=NOW, on=TODAY)

    assert list(facts(lake, upto=TODAY - timedelta(days=1))) == [EARLIER]
    assert list(facts(lake, since=EARLIER + timedelta(days=1))) == [TODAY]
    assert list(answer_facts([lake.pk], upto=EARLIER)[lake.pk]) == [EARLIER]
    assert open_tail_counts([lake.pk], as_of=EARLIER) == {lake.pk: 1}
    assert open_tail_counts([lake.pk]) == {}


def test_a_quiet_period_counts_from_the_day_it_is_known(cast, lake):
    ahead = QuietDraft(starts_on=TODAY + timedelta(days=5), ends_on=TODAY + timedelta(days=9), reason="tender")
    past = QuietDraft(starts_on=date(2026, 2, 1), ends_on=date(2026, 2, 5), reason="shutdown")
    for quiet in (ahead, past):
        set_quiet_period(customer=lake, quiet=quiet, actor=cast.alice, at=NOW)
    gone = set_quiet_period(customer=lake, quiet=ahead, actor=cast.alice, at=NOW)
    withdraw_quiet_period(period=gone, actor=cast.alice, at=NOW)

    assert quiet_facts([lake.pk])[lake.pk] == [(past.starts_on, past.ends_on), (ahead.starts_on, ahead.ends_on)]
    assert quiet_facts([lake.pk], as_of=date(2026, 2, 10))[lake.pk] == [(past.starts_on, past.ends_on)]
    assert quiet_facts([lake.pk], as_of=date(2026, 1, 10))[lake.pk] == []


def test_facts_of_many_customers_cost_as_much_as_those_of_one(cast, lake, he):
    def cost(ids):
        with CaptureQueriesContext(connection) as captured:
            touch_facts(ids), answer_facts(ids), quiet_facts(ids)
        return len(captured)

    log(lake, cast.alice, contact_ids=(he.pk,))
    once = cost([lake.pk])
    others = [customer(cast.alice, f"客户{number}") for number in range(10)]
    for other in others:
        log(other, cast.alice, contact_ids=(contact(other).pk,))

    assert cost([lake.pk, *(other.pk for other in others)]) == once == 6


def test_customers_in_between_are_not_told_of(cast):
    many = [customer(cast.alice, f"客户{number}") for number in range(150)]
    for one in many:
        log(one, cast.alice)
        open_tail(customer=one, what="题", actor=cast.alice, at=NOW)
    asked = [one.pk for number, one in enumerate(many) if number % 7]

    assert set(touch_facts(asked)) == set(answer_facts(asked)) == set(quiet_facts(asked)) == set(asked)
    assert set(open_tail_counts(asked)) == set(asked)
    assert all(len(rows[TODAY]) == 1 for rows in touch_facts(asked).values())


DAYS = st.integers(min_value=0, max_value=6).map(lambda back: TODAY - timedelta(days=back))
SAID = st.builds(
    dict,
    kind=st.sampled_from(["phone", "visit", "article"]),
    touched_on=DAYS,
    outcome=st.sampled_from(["none", "continuation", "advance", "no_sale"]),
    is_two_way=st.booleans(),
    has_news=st.booleans(),
    value_note=st.sampled_from(["", "算账"]),
    agrees=st.booleans(),
    meets=st.booleans(),
    solves=st.booleans(),
    answer=st.sampled_from([None, 0, 1, 2]),
    quiet=st.booleans(),
    costs=st.sampled_from([None, 1, 9]),
)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("log"), SAID),
        st.tuples(st.just("edit"), st.integers(0, 9), SAID),
        st.tuples(st.sampled_from(["undo", "restore"]), st.integers(0, 9)),
    ),
    min_size=1,
    max_size=12,
)


def _said(order, fact):
    """What a fact says, its id replaced by its place in the log and its person by whether there was one."""
    return fact._replace(id=order[fact.id], contact=None if fact.contact is None else 0)


class Story:
    """One customer whose log is written, corrected and taken back at random."""

    def __init__(self, alice, name):
        self.alice = alice
        self.customer = customer(alice, name)
        self.person = contact(self.customer)
        self.tails = [
            open_tail(customer=self.customer, what=f"题 {number}", actor=alice, at=NOW, on=TODAY - timedelta(days=9))
            for number in range(12)
        ]
        self.touches = []
        self.question = next(iter(axes_of_questions().items()))

    def draft(self, said, number):
        said = dict(said)
        code, axis = self.question
        due = said["touched_on"] + timedelta(days=4)
        agrees, meets, solves = said.pop("agrees"), said.pop("meets"), said.pop("solves")
        answer, quiet, costs = said.pop("answer"), said.pop("quiet"), said.pop("costs")
        return draft(
            **said,
            contact_ids=(self.person.pk,) if meets else (),
            commitment=CommitmentDraft(contact_id=self.person.pk, what="看站", due_on=due) if agrees else None,
            closed_tail_ids=(self.tails[number].pk,) if solves else (),
            tails=(TailDraft(what="新题"),) if solves else (),
            answers=() if answer is None else (AnswerDraft(axis=axis, indicator=code, value=answer),),
            quiet=QuietDraft(starts_on=due, ends_on=due, reason="other") if quiet else None,
            emotion_benefit=None if costs is None else 5,
            emotion_cost=costs,
        )

    def tell(self, step):
        verb, *rest = step
        if verb == "log":
            said = self.draft(rest[0], len(self.touches))
            self.touches.append(log_touch(customer=self.customer, actor=self.alice, at=NOW, draft=said))
            return
        if not self.touches:
            return
        number = rest[0] % len(self.touches)
        touch = self.touches[number]
        if verb == "edit" and touch.undone_at is None:
            edit_touch(touch=touch, actor=self.alice, at=NOW, draft=self.draft(rest[1], number))
        elif verb == "undo" and touch.undone_at is None:
            undo_touch(touch=touch, actor=self.alice, at=NOW)
        elif verb == "restore" and touch.undone_at is not None:
            restore_touch(touch=touch, actor=self.alice, at=NOW)

    def facts(self):
        """All facts of the customer, ids replaced by their order."""
        pk = self.customer.pk
        touches = touch_facts([pk])[pk]
        order = {found.id: n for n, found in enumerate(f for on in sorted(touches) for f in touches[on])}
        plain = {on: [_said(order, found) for found in rows] for on, rows in touches.items()}
        return plain, answer_facts([pk])[pk], quiet_facts([pk])[pk], open_tail_counts([pk])


class LogOfAnyHistory(TestCase):
    """Whatever was logged, corrected, undone and restored: what counts is what stands."""

    def setUp(self):
        snapshot.forget()
        self.alice = call_the_cast().alice

    @settings(max_examples=examples(40))
    @given(steps=STEPS)
    def test_the_facts_are_those_of_the_surviving_touches(self, steps):
        told, clean = Story(self.alice, "一路改"), Story(self.alice, "一次成")
        for step in steps:
            told.tell(step)

        for number, touch in enumerate(told.touches):
            if touch.undone_at is None:
                kept = draft_of(touch)
                values = {name: getattr(kept, name) for name in kept.__slots__}
                values["contact_ids"] = (clean.person.pk,) if kept.contact_ids else ()
                if kept.commitment is not None:
                    values["commitment"] = CommitmentDraft(
                        contact_id=clean.person.pk, what=kept.commitment.what, due_on=kept.commitment.due_on
                    )
                values["closed_tail_ids"] = (clean.tails[number].pk,) if kept.closed_tail_ids else ()
                log_touch(customer=clean.customer, actor=self.alice, at=NOW, draft=draft(**values))

        left, right = told.facts(), clean.facts()
        assert left[:3] == right[:3]
        assert list(left[3].values()) == list(right[3].values())
