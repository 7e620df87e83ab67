from datetime import date, timedelta
from functools import partial

import pytest

from tests.touches.making import NOW, TABLES, TODAY, WIDE_TABLES, contact, deal, draft, fingerprint
from wendu.customers.models import Collaborator
from wendu.journal.models import Entry
from wendu.kernel.errors import Denied, Stale
from wendu.opportunities.models import Closure, Opportunity
from wendu.search.models import Entry as Found
from wendu.touches.actions import (
    CommitmentDraft,
    DraftRefused,
    OrderDraft,
    PromiseDraft,
    QuietDraft,
    TailDraft,
    draft_of,
    edit_touch,
    log_touch,
    may_edit,
    open_tail,
    restore_touch,
    settle_promise,
    undo_touch,
)
from wendu.touches.actions.errors import AlreadyUndone, NotUndone
from wendu.touches.models import Commitment, Promise, QuietPeriod, Tail, Touch
from wendu.touches.queries import open_promises, open_tails, timeline

SOON = TODAY + timedelta(days=5)
BACK = ("undone_at", "revision", "closure_id")


@pytest.fixture
def bob_beside(cast, lake):
    Collaborator.objects.create(customer=lake, user=cast.bob, since=NOW)
    return cast.bob


def log(lake, actor, **fields):
    return log_touch(customer=lake, actor=actor, at=NOW, draft=draft(**fields))


def rich(person, tail):
    return {
        "contact_ids": (person.pk,),
        "outcome": "advance",
        "commitment": CommitmentDraft(contact_id=person.pk, what="看样板站", due_on=SOON),
        "promises": (PromiseDraft(what="寄资料", due_on=SOON), PromiseDraft(what="约韩总", due_on=SOON)),
        "tails": (TailDraft(what="停机两天"),),
        "closed_tail_ids": (tail.pk,),
        "quiet": QuietDraft(starts_on=SOON, ends_on=SOON, reason="shutdown"),
        "note": "谈得不错",
    }


@pytest.fixture
def dew(cast, lake):
    return open_tail(customer=lake, what="露点偏高", actor=cast.alice, at=NOW, on=TODAY - timedelta(days=3))


def test_a_touch_given_back_as_a_draft_says_what_was_said(cast, lake, he, dew):
    fields = rich(he, dew)

    assert draft_of(log(lake, cast.alice, **fields)) == draft(**fields)


def test_saving_an_unchanged_draft_changes_no_row(cast, lake, he, dew):
    touch = log(lake, cast.alice, **rich(he, dew))
    before = fingerprint(without=("revision", "edited_at"))

    edit_touch(touch=touch, actor=cast.alice, at=NOW, draft=draft_of(touch))

    assert fingerprint(without=("revision", "edited_at")) == before


def test_an_edit_rewrites_the_touch_and_all_that_hangs_on_it(cast, lake, he, dew):
    touch = log(lake, cast.alice, **rich(he, dew))
    tao = contact(lake, "陶文斌")

    edit_touch(
        touch=touch,
        actor=cast.alice,
        at=NOW,
        draft=draft(kind="phone", contact_ids=(tao.pk,), promises=(PromiseDraft(what="约韩总", due_on=SOON),)),
    )

    assert [link.contact for link in touch.participants.all()] == [tao]
    assert [promise.what for promise in Promise.objects.all()] == ["约韩总"]
    assert not Commitment.objects.exists()
    assert not QuietPeriod.objects.exists()
    assert [tail.what for tail in open_tails(cast.alice, lake.pk)] == ["露点偏高"]
    assert (touch.kind, touch.outcome, touch.note) == ("phone", "none", "")


def test_a_kept_promise_stays_kept_when_its_touch_is_edited(cast, lake, he, dew):
    touch = log(lake, cast.alice, **rich(he, dew))
    settle_promise(promise=touch.promises.get(what="寄资料"), state="kept", actor=cast.alice, at=NOW)

    said = draft_of(touch)
    changed = {name: getattr(said, name) for name in said.__slots__} | {"note": "改过"}
    edit_touch(touch=touch, actor=cast.alice, at=NOW, draft=draft(**changed))

    assert touch.promises.get(what="寄资料").state == "kept"


def test_an_edit_journals_from_the_earlier_of_both_days(cast, lake):
    touch = log(lake, cast.alice, touched_on=date(2026, 2, 20))

    edit_touch(touch=touch, actor=cast.alice, at=NOW, draft=draft(touched_on=date(2026, 2, 25)))

    entry = Entry.objects.get(verb="touch.edited")
    assert (entry.after["from_on"], entry.before["touched_on"]) == ("2026-02-20", "2026-02-20")


def test_two_editors_at_once_do_not_overwrite_each_other(cast, lake):
    touch = log(lake, cast.alice)
    seen = touch.revision
    edit_touch(touch=touch, actor=cast.alice, at=NOW, draft=draft(note="先"), seen=seen)

    with pytest.raises(Stale):
        edit_touch(touch=touch, actor=cast.mona, at=NOW, draft=draft(note="后"), seen=seen)


def test_an_edit_with_an_error_changes_nothing(cast, lake, he, dew):
    touch = log(lake, cast.alice, **rich(he, dew))
    before = fingerprint(WIDE_TABLES + TABLES)

    with pytest.raises(DraftRefused):
        edit_touch(touch=touch, actor=cast.alice, at=NOW, draft=draft(touched_on=TODAY + timedelta(days=1)))

    assert fingerprint(WIDE_TABLES + TABLES) == before


@pytest.mark.parametrize("verb", ["edit", "undo", "restore"])
@pytest.mark.parametrize("who", ["charlie", "nora", "bob", "sam", "mia", "eve"])
def test_only_its_author_or_a_manager_changes_a_touch(cast, lake, bob_beside, who, verb):
    touch = log(lake, cast.alice)
    if verb == "restore":
        undo_touch(touch=touch, actor=cast.alice, at=NOW)
    before = fingerprint(WIDE_TABLES + TABLES)
    actor = getattr(cast, who)

    edit = partial(edit_touch, draft=draft(note="别人的手"))
    act = {"edit": edit, "undo": undo_touch, "restore": restore_touch}[verb]

    with pytest.raises(Denied):
        act(touch=touch, actor=actor, at=NOW)

    assert fingerprint(WIDE_TABLES + TABLES) == before
    assert not may_edit(actor, touch)


def test_the_owner_leaves_a_colleagues_entry_alone_but_his_manager_does_not(cast, lake, bob_beside):
    touch = log(lake, bob_beside)

    assert [may_edit(user, touch) for user in (bob_beside, cast.alice, cast.mona)] == [True, False, True]


def test_an_entry_without_an_author_is_the_owners(cast, lake):
    touch = log(lake, cast.alice)
    Touch.objects.filter(pk=touch.pk).update(author=None)
    touch.refresh_from_db()

    assert undo_touch(touch=touch, actor=cast.alice, at=NOW).undone_at == NOW


def test_feelings_an_editor_may_not_read_survive_his_edit(cast, lake, bob_beside):
    touch = log(lake, bob_beside, emotion_benefit=3, emotion_cost=8)

    edit_touch(touch=touch, actor=bob_beside, at=NOW, draft=draft(note="补一句"))

    touch.refresh_from_db()
    assert (touch.note, touch.emotion_benefit, touch.emotion_cost) == ("补一句", 3, 8)


def test_undoing_takes_back_all_that_hung_on_a_touch(cast, lake, he, dew):
    touch = log(lake, cast.alice, **rich(he, dew))

    undo_touch(touch=touch, actor=cast.alice, at=NOW)

    assert timeline(cast.alice, lake).touches == []
    assert [tail.what for tail in open_tails(cast.alice, lake.pk)] == ["露点偏高"]
    assert not open_promises(cast.alice, lake.pk)
    assert not Commitment.objects.standing().exists()
    assert not QuietPeriod.objects.standing().exists()
    assert not Found.objects.filter(kind="touch").exists()


def test_undo_and_restore_leave_every_row_as_it_was(cast, lake, he, dew):
    touch = log(lake, cast.alice, **rich(he, dew))
    before = fingerprint(TABLES, without=BACK)

    undo_touch(touch=touch, actor=cast.alice, at=NOW)
    restore_touch(touch=touch, actor=cast.alice, at=NOW)

    assert fingerprint(TABLES, without=BACK) == before
    assert Touch.objects.get().undone_at is None
    assert Found.objects.filter(kind="touch").exists()


def test_undoing_an_order_reopens_its_deal_and_restoring_wins_it_again(cast, lake):
    only = deal(lake)
    touch = log(lake, cast.alice, outcome="order")

    undo_touch(touch=touch, actor=cast.alice, at=NOW)
    assert list(Opportunity.objects.open()) == [only]

    restore_touch(touch=touch, actor=cast.alice, at=NOW)
    closure = Closure.objects.get()
    assert (closure.closed_on, closure.outcome, touch.closure) == (TODAY, "won", closure)


def test_undoing_an_order_out_of_the_blue_takes_its_deal_away_too(cast, lake):
    touch = log(lake, cast.alice, outcome="order", order=OrderDraft(title="备件年包"))

    undo_touch(touch=touch, actor=cast.alice, at=NOW)
    assert not Opportunity.objects.standing().exists()

    restore_touch(touch=touch, actor=cast.alice, at=NOW)
    assert Closure.objects.get(opportunity__title="备件年包", opportunity__deleted_at=None).outcome == "won"


def test_a_win_entered_elsewhere_survives_the_undoing_of_its_touch(cast, lake):
    won = deal(lake)
    Closure.objects.create(opportunity=won, outcome="won", closed_on=TODAY)
    touch = log(lake, cast.alice, outcome="order", opportunity_id=won.pk)

    undo_touch(touch=touch, actor=cast.alice, at=NOW)

    assert Closure.objects.filter(opportunity=won, reopened_on=None).exists()


def test_moving_an_order_to_another_day_moves_the_win(cast, lake):
    only = deal(lake)
    touch = log(lake, cast.alice, outcome="order")

    edit_touch(
        touch=touch,
        actor=cast.alice,
        at=NOW,
        draft=draft(outcome="order", opportunity_id=only.pk, touched_on=date(2026, 2, 27)),
    )

    assert Closure.objects.get().closed_on == date(2026, 2, 27)
    assert touch.closure == Closure.objects.get()


def test_an_order_corrected_to_a_talk_reopens_its_deal(cast, lake):
    only = deal(lake)
    touch = log(lake, cast.alice, outcome="order")

    edit_touch(touch=touch, actor=cast.alice, at=NOW, draft=draft(opportunity_id=only.pk, outcome="continuation"))

    assert list(Opportunity.objects.open()) == [only]
    assert touch.closure is None


def test_a_talk_corrected_to_an_order_wins_its_deal(cast, lake):
    only = deal(lake)
    touch = log(lake, cast.alice)

    edit_touch(touch=touch, actor=cast.alice, at=NOW, draft=draft(opportunity_id=only.pk, outcome="order"))

    assert touch.closure.opportunity == only


def test_what_is_undone_is_not_edited_nor_undone_again(cast, lake):
    touch = log(lake, cast.alice)

    with pytest.raises(NotUndone):
        restore_touch(touch=touch, actor=cast.alice, at=NOW)
    undo_touch(touch=touch, actor=cast.alice, at=NOW)
    with pytest.raises(AlreadyUndone):
        undo_touch(touch=touch, actor=cast.alice, at=NOW)
    with pytest.raises(AlreadyUndone):
        edit_touch(touch=touch, actor=cast.alice, at=NOW, draft=draft())


def test_a_tail_closed_again_elsewhere_stays_closed_when_the_first_closing_is_undone(cast, lake, dew):
    first = log(lake, cast.alice, closed_tail_ids=(dew.pk,))
    undo_touch(touch=first, actor=cast.alice, at=NOW)
    second = log(lake, cast.alice, closed_tail_ids=(dew.pk,))

    restore_touch(touch=first, actor=cast.alice, at=NOW)

    assert Tail.objects.get().closed_in == second
