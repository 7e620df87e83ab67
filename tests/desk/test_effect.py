"""What the drawer foretells is what saving gives."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.factories import make_contact, make_customer, make_influencer, make_opportunity
from tests.laws import examples
from tests.touches.making import NOW, TODAY
from wendu.coach.frame import Frame
from wendu.coach.heat import heat_today
from wendu.coach.models import Standing
from wendu.desk.effect import effect_of
from wendu.opportunities.choices import InfluencerRole
from wendu.touches.actions import (
    AnswerDraft,
    CommitmentDraft,
    DraftRefused,
    OrderDraft,
    QuietDraft,
    TailDraft,
    TouchDraft,
    edit_touch,
    log_touch,
)
from wendu.touches.choices import TouchKind
from wendu.touches.models import Touch

DAYS = st.integers(0, 60)
pytestmark = pytest.mark.django_db


@st.composite
def drafts(draw, contacts, deals, questions):
    on = TODAY - timedelta(days=draw(DAYS))
    outcome = draw(st.sampled_from(["none", "none", "advance", "continuation", "no_sale", "order"]))
    later = on + timedelta(days=draw(st.integers(0, 20)))
    answers = draw(st.lists(st.sampled_from(questions), unique=True, max_size=4))
    return TouchDraft(
        kind=draw(st.sampled_from(TouchKind.values)),
        touched_on=on,
        is_two_way=draw(st.booleans()),
        outcome=outcome,
        refusal=draw(st.sampled_from(["purchase", "objective"])) if outcome == "no_sale" else "",
        opportunity_id=draw(st.sampled_from([None, *deals])),
        contact_ids=tuple(draw(st.lists(st.sampled_from(contacts), unique=True, max_size=2))),
        commitment=CommitmentDraft(contact_id=contacts[0], what="看样板站", due_on=later)
        if outcome == "advance" and draw(st.booleans())
        else None,
        value_note=draw(st.sampled_from(["", "算清了电费"])),
        has_news=draw(st.booleans()),
        emotion_benefit=draw(st.sampled_from([None, 2, 8])),
        emotion_cost=draw(st.sampled_from([None, 2, 8])),
        agreed_on=later if draw(st.booleans()) else None,
        answers=tuple(AnswerDraft(axis=axis, indicator=code, value=draw(st.integers(0, 2))) for axis, code in answers),
        tails=(TailDraft(what="露点偏高"),) if draw(st.booleans()) else (),
        quiet=QuietDraft(starts_on=on, ends_on=later, reason="tender") if draw(st.integers(0, 5)) == 0 else None,
        order=OrderDraft(title="年度备件") if outcome == "order" and not deals else None,
    )


def shown(customer):
    row = Standing.objects.get(pk=customer.pk)
    return round(heat_today(row, Frame.at(NOW)), 6), row.quadrant, row.due_on


def foretold(draft, customer, touch=None):
    effect = effect_of(draft, customer, frame=Frame.at(NOW), touch=touch)
    if effect is None:
        return None
    quadrant = "" if effect.quadrant_after == "unclassified" else effect.quadrant_after.value
    return round(effect.after, 6), quadrant, effect.due_on


@settings(max_examples=examples(25), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_the_effect_foretold_is_what_saving_gives(data, cast):
    customer = make_customer(cast.alice, at=NOW - timedelta(days=90))
    people = [make_contact(customer).pk for _ in range(2)]
    with_deal = data.draw(st.booleans())
    deals = []
    if with_deal:
        deal = make_opportunity(customer, opened_on=TODAY - timedelta(days=70))
        make_influencer(deal, customer.contacts.get(pk=people[0]), InfluencerRole.DECISION_MAKER)
        deals = [deal.pk]
    questions = [(row.axis.value, row.code) for row in Frame.at(NOW).playbook.indicators]
    for _ in range(data.draw(st.integers(1, 6))):
        draft = data.draw(drafts(people, deals, questions))
        told = foretold(draft, customer)
        try:
            log_touch(customer=customer, actor=cast.alice, at=NOW, draft=draft)
        except DraftRefused:
            continue
        assert told == shown(customer)


@settings(max_examples=examples(15), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_the_effect_of_an_edit_is_what_editing_gives(data, cast):
    customer = make_customer(cast.alice, at=NOW - timedelta(days=90))
    people = [make_contact(customer).pk]
    questions = [(row.axis.value, row.code) for row in Frame.at(NOW).playbook.indicators]
    made = []
    for _ in range(data.draw(st.integers(1, 4))):
        draft = data.draw(drafts(people, [], questions))
        if draft.outcome != "order":
            made.append(log_touch(customer=customer, actor=cast.alice, at=NOW, draft=draft))
    if not made:
        return
    touch = Touch.objects.get(pk=data.draw(st.sampled_from(made)).pk)
    draft = data.draw(drafts(people, [], questions))
    told = foretold(draft, customer, touch)
    try:
        edit_touch(touch=touch, actor=cast.alice, at=NOW, draft=draft)
    except DraftRefused:
        return
    assert told is None or told == shown(customer)
