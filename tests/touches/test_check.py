import re
from datetime import date, timedelta
from pathlib import Path

import polib
import pytest
from django.utils.translation import override

import wendu
from tests.touches.making import NOW, TODAY, contact, customer, deal, draft, fingerprint
from wendu.kernel.errors import ActionError
from wendu.opportunities.models import Closure
from wendu.touches.actions import (
    AnswerDraft,
    CommitmentDraft,
    DraftRefused,
    OrderDraft,
    PromiseDraft,
    QuietDraft,
    TailDraft,
    check,
    errors,
    log_touch,
    open_tail,
)

LOCALE = Path(wendu.__file__).parent / "locale"
YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)

PLAIN = [
    ({"touched_on": TOMORROW}, "touched_on", "day_to_come"),
    ({"touched_on": date(1999, 12, 31)}, "touched_on", "day_too_old"),
    ({"kind": "fax"}, "kind", "not_a_choice"),
    ({"kind": ""}, "kind", "not_a_choice"),
    ({"outcome": "maybe"}, "outcome", "not_a_choice"),
    ({"outcome": "no_sale", "refusal": "everything"}, "refusal", "not_a_choice"),
    ({"refusal": "purchase"}, "refusal", "refusal_without_no_sale"),
    ({"note": "长" * 20_001}, "note", "text_too_long"),
    ({"value_note": "长" * 301}, "value_note", "text_too_long"),
    ({"objective": "长" * 201}, "objective", "text_too_long"),
    ({"external_id": "x" * 101}, "external_id", "text_too_long"),
    ({"commitment": CommitmentDraft(what="长" * 201)}, "commitment.what", "text_too_long"),
    ({"commitment": CommitmentDraft(what="看站", due_on=YESTERDAY)}, "commitment.due_on", "day_before_touch"),
    ({"commitment": CommitmentDraft(what="看站", due_on=date(2126, 3, 2))}, "commitment.due_on", "day_too_far"),
    ({"promises": (PromiseDraft(what="", due_on=TOMORROW),)}, "promises.0.what", "text_missing"),
    ({"promises": (PromiseDraft(what="寄资料", due_on=None),)}, "promises.0.due_on", "day_missing"),
    ({"promises": (PromiseDraft(what="寄资料", due_on=YESTERDAY),)}, "promises.0.due_on", "day_before_touch"),
    ({"promises": (PromiseDraft(what="寄", due_on=TOMORROW),) * 21}, "promises", "too_many"),
    ({"tails": (TailDraft(what=" "),)}, "tails.0.what", "text_missing"),
    ({"tails": (TailDraft(what="题" * 301),)}, "tails.0.what", "text_too_long"),
    ({"tails": (TailDraft(what="题"),) * 21}, "tails", "too_many"),
    ({"answers": (AnswerDraft(axis="need", indicator="mood", value=1),)}, "answers.0.indicator", "not_a_choice"),
    ({"emotion_benefit": 11}, "emotion_benefit", "out_of_range"),
    ({"emotion_cost": -1}, "emotion_cost", "out_of_range"),
    ({"guess": 101}, "guess", "out_of_range"),
    ({"agreed_on": YESTERDAY}, "agreed_on", "day_before_touch"),
    ({"quiet": QuietDraft(starts_on=TODAY, ends_on=YESTERDAY, reason="tender")}, "quiet.ends_on", "end_before_start"),
    (
        {"quiet": QuietDraft(starts_on=TODAY, ends_on=date(2028, 1, 1), reason="tender")},
        "quiet.ends_on",
        "spell_too_long",
    ),
    ({"quiet": QuietDraft(starts_on=TODAY, ends_on=TODAY, reason="mood")}, "quiet.reason", "not_a_choice"),
    ({"contact_ids": (999_999,)}, "contact_ids", "foreign_contact"),
    ({"opportunity_id": 999_999}, "opportunity_id", "foreign_opportunity"),
    ({"closed_tail_ids": (999_999,)}, "closed_tail_ids", "not_an_open_tail"),
    ({"outcome": "order"}, "order.title", "nothing_to_sign"),
    ({"outcome": "order", "order": OrderDraft(title="年包", amount_minor=-1)}, "order.amount_minor", "out_of_range"),
]


def said(of, **fields):
    return [(error.field, error.code) for error in check(draft(**fields), of, TODAY)]


@pytest.mark.parametrize("fields,field,code", PLAIN)
def test_what_is_wrong_is_said_at_its_field_and_nothing_is_written(cast, lake, fields, field, code):
    before = fingerprint()

    with pytest.raises(DraftRefused) as refused:
        log_touch(customer=lake, actor=cast.alice, at=NOW, draft=draft(**fields))

    assert [(error.field, error.code) for error in refused.value.errors] == [(field, code)]
    assert fingerprint() == before


def test_every_field_that_is_wrong_is_named_at_once_and_only_once(lake):
    found = said(lake, kind="fax", touched_on=TOMORROW, guess=400, refusal="purchase")

    assert found == [
        ("touched_on", "day_to_come"),
        ("kind", "not_a_choice"),
        ("refusal", "refusal_without_no_sale"),
        ("guess", "out_of_range"),
    ]


def test_people_and_deals_of_another_customer_are_refused_everywhere(cast, lake):
    other = customer(cast.alice, "澜岸重工")
    stranger, theirs = contact(other), deal(other)

    found = said(
        lake,
        contact_ids=(stranger.pk,),
        opportunity_id=theirs.pk,
        commitment=CommitmentDraft(contact_id=stranger.pk, what="看站", due_on=TOMORROW),
        promises=(PromiseDraft(what="寄", due_on=TOMORROW, contact_id=stranger.pk),),
        tails=(TailDraft(what="题", contact_id=stranger.pk),),
    )

    assert found == [
        ("contact_ids", "foreign_contact"),
        ("commitment.contact_id", "foreign_contact"),
        ("promises.0.contact_id", "foreign_contact"),
        ("tails.0.contact_id", "foreign_contact"),
        ("opportunity_id", "foreign_opportunity"),
    ]


def test_a_closed_opportunity_takes_no_later_touch(lake):
    lost = deal(lake)
    Closure.objects.create(opportunity=lost, outcome="lost", reason="unknown", closed_on=date(2026, 2, 10))

    assert said(lake, opportunity_id=lost.pk) == [("opportunity_id", "opportunity_closed")]
    assert said(lake, opportunity_id=lost.pk, touched_on=date(2026, 2, 9)) == []
    assert said(lake, opportunity_id=lost.pk, touched_on=date(2026, 2, 9), outcome="order") == [
        ("opportunity_id", "opportunity_closed")
    ]


def test_an_order_among_several_open_deals_must_say_which(lake):
    deal(lake), deal(lake, "备件年包")

    assert said(lake, outcome="order") == [("opportunity_id", "which_opportunity")]


def test_a_problem_is_closed_only_by_its_own_customer_and_after_it_was_raised(cast, lake):
    tail = open_tail(customer=lake, what="露点偏高", actor=cast.alice, at=NOW, on=TODAY)
    theirs = open_tail(customer=customer(cast.alice, "澜岸重工"), what="噪音", actor=cast.alice, at=NOW)

    assert said(lake, closed_tail_ids=(tail.pk,)) == []
    assert said(lake, closed_tail_ids=(tail.pk,), touched_on=YESTERDAY) == [("closed_tail_ids", "tail_raised_later")]
    assert said(lake, closed_tail_ids=(theirs.pk,)) == [("closed_tail_ids", "not_an_open_tail")]


def test_a_number_of_another_system_is_used_once(cast, lake):
    log_touch(customer=lake, actor=cast.alice, at=NOW, draft=draft(external_id="A-1"))

    assert said(lake, external_id="A-1") == [("external_id", "already_logged")]


def test_a_question_is_answered_once_and_on_its_own_axis(lake):
    from wendu.touches.actions.known import axes_of_questions

    indicator, axis = next(iter(axes_of_questions().items()))
    other = "need" if axis == "willingness" else "willingness"
    right = AnswerDraft(axis=axis, indicator=indicator, value=2)

    assert said(lake, answers=(right,)) == []
    assert said(lake, answers=(right, right)) == [("answers.1.indicator", "answered_twice")]
    assert said(lake, answers=(AnswerDraft(axis=other, indicator=indicator, value=3),)) == [
        ("answers.0.axis", "not_a_choice"),
        ("answers.0.value", "not_a_choice"),
    ]


def test_nothing_is_logged_for_a_deleted_customer(cast, lake):
    type(lake).objects.filter(pk=lake.pk).update(deleted_at=NOW)
    before = fingerprint()

    with pytest.raises(DraftRefused) as refused:
        log_touch(customer=lake, actor=cast.alice, at=NOW, draft=draft())

    assert [error.code for error in refused.value.errors] == ["customer_gone"]
    assert fingerprint() == before


def test_control_characters_never_reach_a_column(cast, lake):
    touch = log_touch(
        customer=lake, actor=cast.alice, at=NOW, draft=draft(note=" 一\x00行\r\n二行 ", value_note="a\nb")
    )

    assert (touch.note, touch.value_note) == ("一行\n二行", "a b")


def our_errors():
    found, seen = [ActionError], set()
    while found:
        kind = found.pop()
        found += kind.__subclasses__()
        if kind.__module__ == errors.__name__ and "message" in vars(kind):
            seen.add(kind)
    return sorted(seen, key=lambda kind: kind.code)


def catalogue():
    fragment = LOCALE / "fragments" / "touches.po"
    if fragment.exists():
        return polib.pofile(str(fragment))
    return polib.pofile(str(LOCALE / "zh_Hans" / "LC_MESSAGES" / "django.po"))


@pytest.mark.parametrize("kind", our_errors(), ids=lambda kind: kind.code)
def test_each_refusal_speaks_both_languages_and_says_how_to_mend_it(kind):
    with override("en"):
        english = str(kind.message)
    chinese = next(entry.msgstr for entry in catalogue() if entry.msgid == english)

    names = set(re.findall(r"%\((\w+)\)s", english))
    assert set(re.findall(r"%\((\w+)\)s", chinese)) == names
    assert re.search(r"[一-鿿]", chinese)
    assert english.count(".") >= 2 or kind.code == "which_opportunity"
    assert "请" not in chinese
    assert "！" not in chinese
