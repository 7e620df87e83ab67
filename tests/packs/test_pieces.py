"""Plays, scripts and trades come into a draft, go out of it, are kept aside and come back; each deed is journaled."""

import pytest
from django.utils.translation import override

from tests.cast import MONDAY
from tests.factories import make_customer
from wendu.customers.actions import delete_customer
from wendu.journal.models import Entry
from wendu.kernel.errors import Denied, Stale
from wendu.packs.actions import (
    DraftGone,
    NoSuchPiece,
    PackRefused,
    draft_pack,
    edit_draft,
    publish_draft,
    rebase_draft,
    remove_piece,
    return_piece,
    roll_back,
)
from wendu.packs.models import Pack
from wendu.packs.queries import current_playbook, taken_out
from wendu.packs.references import CauseInUse, PieceInUse
from wendu.playbooks import dump, shipped
from wendu.playbooks.pieces import piece_at

pytestmark = pytest.mark.django_db
STANDARD = dump(shipped())
PLAY, SCRIPT, TRADE = "plays.strike_a", "plays.strike_a.scripts.s2", "factors.industry.food"
NEW = {"name": {"zh": "航空", "en": "Aviation"}, "factor": 1.25, "rhythm": 1.0, "orders_every_days": 0}


def copied(cast):
    return draft_pack(base="standard 1.0.0", actor=cast.ada, at=MONDAY)


def without(cast, draft, place, **more):
    return remove_piece(draft=draft, place=place, actor=cast.ada, at=MONDAY, **more)


def back(cast, draft, place):
    return return_piece(draft=draft, place=place, actor=cast.ada, at=MONDAY)


@pytest.mark.parametrize("place", [PLAY, SCRIPT, TRADE])
def test_what_was_taken_out_is_kept_aside_and_comes_back_where_it_stood(cast, place):
    draft = without(cast, copied(cast), place)
    root = place.rpartition(".")[0]
    assert piece_at(draft.content, place) is None
    assert taken_out(draft, root) == [(place, piece_at(STANDARD, place))]

    draft = back(cast, draft, place)

    assert {**draft.content, "key": "standard", "version": "1.0.0"} == STANDARD
    assert (draft.aside, taken_out(draft, root), draft.revision) == ({}, [], 2)


def test_coming_and_going_is_journaled_with_the_piece(cast):
    draft = without(cast, copied(cast), SCRIPT)
    edit_draft(draft=draft, values={}, added={"factors.industry.own_1": NEW}, actor=cast.ada, at=MONDAY)

    gone, come = Entry.objects.filter(verb="pack.edited").order_by("pk")
    assert (gone.actor, gone.before[SCRIPT]["en"], gone.after) == (
        cast.ada,
        piece_at(STANDARD, SCRIPT)["en"],
        {SCRIPT: None},
    )
    assert (come.before, come.after) == ({"factors.industry.own_1": None}, {"factors.industry.own_1": NEW})


def test_the_last_play_for_everybody_in_a_situation_stays(cast):
    draft = copied(cast)

    with pytest.raises(PackRefused) as refused:
        without(cast, draft, "plays.strike")

    assert [(each.code, each.context["name"]) for each in refused.value.problems] == [("no_general_play", "strike")]
    draft.refresh_from_db()
    assert (draft.aside, draft.revision) == ({}, 0)


def test_the_last_script_of_a_market_stays(cast):
    with pytest.raises(PackRefused) as refused:
        without(cast, copied(cast), "plays.strike.scripts.s3")

    assert [(each.path, each.code) for each in refused.value.problems] == [("plays[0]", "market_without_script")]


def test_a_trade_customers_bear_stays_be_they_in_the_recycle_bin(cast):
    customer = make_customer(cast.alice, industry="food")
    delete_customer(customer=customer, actor=cast.alice, at=MONDAY)

    with pytest.raises(PieceInUse) as refused:
        without(cast, copied(cast), TRADE)

    assert refused.value.params == {"count": 1}


def test_what_is_typed_in_the_same_form_is_written_in_the_same_step_or_not_at_all(cast):
    draft = copied(cast)
    typed = {"plays[1].do.zh": "去一趟"}
    with pytest.raises(PackRefused):
        without(cast, draft, "plays.strike", values=typed)
    assert Pack.objects.get().content == draft.content

    draft = without(cast, draft, SCRIPT, values=typed)

    assert piece_at(draft.content, PLAY)["do"]["zh"] == "去一趟"
    assert (piece_at(draft.content, SCRIPT), draft.revision) == (None, 1)


def test_what_is_not_there_goes_nowhere_and_what_was_never_taken_out_does_not_come_back(cast):
    draft = without(cast, copied(cast), PLAY)

    for act, place in ((without, PLAY), (back, SCRIPT), (without, "nowhere"), (back, "key")):
        with pytest.raises(NoSuchPiece):
            act(cast, draft, place)
    with pytest.raises(NoSuchPiece):
        edit_draft(draft=draft, values={}, added={"plays.strike": {}}, actor=cast.ada, at=MONDAY)


def test_a_script_does_not_come_back_to_a_play_that_is_gone(cast):
    draft = without(cast, without(cast, copied(cast), SCRIPT), PLAY)

    with pytest.raises(NoSuchPiece):
        back(cast, draft, SCRIPT)


def test_two_people_at_one_draft_do_not_take_out_unseen(cast):
    draft = without(cast, copied(cast), SCRIPT, seen=0)

    with pytest.raises(Stale):
        without(cast, draft, PLAY, seen=0)


def test_pieces_that_came_and_went_count_after_publishing_and_are_back_after_rolling_back(cast):
    draft = edit_draft(
        draft=copied(cast),
        values={},
        added={"plays.own_1": {**piece_at(STANDARD, PLAY), "key": "own_1"}, "factors.industry.own_1": NEW},
        actor=cast.ada,
        at=MONDAY,
    )
    publish_draft(draft=without(cast, draft, PLAY), actor=cast.ada, at=MONDAY)
    keys = {play.key for play in current_playbook().plays}
    assert ("own_1" in keys, "strike_a" in keys) == (True, False)
    assert current_playbook().factors.industry["own_1"].factor == 1.25

    roll_back(to="standard 1.0.0", actor=cast.ada, at=MONDAY)

    assert current_playbook().plays == shipped().plays


def test_a_rebased_draft_has_what_either_side_added_and_lacks_what_either_took_out(cast):
    mine, theirs = copied(cast), copied(cast)
    mine = without(cast, mine, PLAY)
    theirs = edit_draft(draft=theirs, values={}, added={"factors.industry.own_1": NEW}, actor=cast.ada, at=MONDAY)
    publish_draft(draft=without(cast, theirs, "plays.strike_b"), actor=cast.ada, at=MONDAY)

    found = rebase_draft(draft=mine, onto="own 1", choices={}, actor=cast.ada, at=MONDAY)

    assert [piece_at(found.content, place) for place in (PLAY, "plays.strike_b")] == [None, None]
    assert piece_at(found.content, "factors.industry.own_1") == NEW


def test_managers_and_administrators_change_pieces_of_a_draft_and_nobody_else(cast):
    draft = without(cast, copied(cast), SCRIPT)

    for who in cast.everyone:
        if who not in (cast.ada, cast.mona, cast.nora):
            for act in (remove_piece, return_piece):
                with pytest.raises(Denied):
                    act(draft=draft, place=SCRIPT, actor=who, at=MONDAY)
            with pytest.raises(Denied):
                edit_draft(draft=draft, values={}, added={"factors.industry.own_1": NEW}, actor=who, at=MONDAY)


def test_a_published_draft_is_not_written_on(cast):
    draft = copied(cast)
    publish_draft(draft=draft, actor=cast.ada, at=MONDAY)

    with pytest.raises(DraftGone):
        without(cast, draft, PLAY)


@pytest.mark.parametrize(("count", "words"), [(1, "1 customer left for it"), (2, "2 customers left for it")])
def test_a_refusal_counts_one_customer_as_one(count, words):
    with override("en"):
        assert CauseInUse(count=count).text().startswith(words)
