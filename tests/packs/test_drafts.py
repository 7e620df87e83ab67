"""A draft is copied, written on, thrown away, fetched back and let count; an earlier version can count again."""

import pytest

from tests.cast import MONDAY
from wendu.journal.models import Entry
from wendu.kernel.errors import Denied, Stale
from wendu.packs.actions import (
    ChoiceMissing,
    CountingMoved,
    DraftBehind,
    DraftGone,
    NoSuchVersion,
    PackRefused,
    discard_draft,
    draft_pack,
    edit_draft,
    publish_draft,
    rebase_draft,
    restore_draft,
    roll_back,
)
from wendu.packs.models import Pack
from wendu.packs.queries import current_playbook, drafts, versions
from wendu.playbooks import dump, shipped
from wendu.playbooks.paths import differences

pytestmark = pytest.mark.django_db
STANDARD = "standard 1.0.0"
WINDOW = "window.classes.A.deadline_months"


def copied(cast, by="ada"):
    return draft_pack(base=STANDARD, actor=getattr(cast, by), at=MONDAY)


def edited(cast, draft, values, **more):
    return edit_draft(draft=draft, values=values, actor=cast.ada, at=MONDAY, **more)


def test_a_draft_counts_for_nobody_until_it_is_published(cast):
    draft = edited(cast, copied(cast), {WINDOW: 2.5})
    assert current_playbook() == shipped()

    publish_draft(draft=draft, actor=cast.ada, at=MONDAY, note="放宽")

    counting = current_playbook()
    assert (counting.key, counting.version, counting.window.classes["A"].deadline_months) == ("own", "1", 2.5)
    assert not drafts(cast.ada).exists()
    assert [pack.note for pack in versions(cast.mona)] == ["放宽"]


def test_a_draft_that_was_overtaken_overwrites_nothing_unseen(cast):
    first, second = copied(cast), copied(cast)
    publish_draft(draft=edited(cast, second, {WINDOW: 3.0}), actor=cast.ada, at=MONDAY)

    with pytest.raises(DraftBehind):
        publish_draft(draft=edited(cast, first, {WINDOW: 9.0}), actor=cast.ada, at=MONDAY)

    assert current_playbook().window.classes["A"].deadline_months == 3.0


def overtaken(cast, mine, theirs):
    """A draft with these values, after another one with those values was published."""
    first, second = edited(cast, copied(cast), mine), edited(cast, copied(cast), theirs)
    publish_draft(draft=second, actor=cast.ada, at=MONDAY)
    return first


def rebased(cast, draft, choices=(), onto="own 1", by="ada"):
    return rebase_draft(draft=draft, onto=onto, choices=dict(choices), actor=getattr(cast, by), at=MONDAY)


def test_a_draft_takes_over_what_it_did_not_touch_and_counts(cast):
    draft = overtaken(cast, {WINDOW: 9.0}, {"quadrant.high_from": 55.0})

    publish_draft(draft=rebased(cast, draft), actor=cast.ada, at=MONDAY)

    counting = current_playbook()
    assert (counting.window.classes["A"].deadline_months, counting.quadrant.high_from) == (9.0, 55.0)
    assert [pack.version for pack in versions(cast.ada)] == ["2", "1"]


@pytest.mark.parametrize(("side", "months"), [("ours", 9.0), ("theirs", 3.0)])
def test_where_both_changed_a_place_somebody_chooses(cast, side, months):
    draft = overtaken(cast, {WINDOW: 9.0}, {WINDOW: 3.0})

    with pytest.raises(ChoiceMissing):
        rebased(cast, draft)
    written = rebased(cast, draft, {WINDOW: side})

    assert written.content["window"]["classes"]["A"]["deadline_months"] == months
    assert (written.base, written.revision) == ("own 1", draft.revision + 1)
    assert Entry.objects.filter(verb="pack.rebased").count() == 1


def test_nobody_chooses_against_a_version_that_was_itself_overtaken(cast):
    draft = overtaken(cast, {WINDOW: 9.0}, {WINDOW: 3.0})
    publish_draft(draft=draft_pack(base="own 1", actor=cast.ada, at=MONDAY), actor=cast.ada, at=MONDAY)

    with pytest.raises(CountingMoved):
        rebased(cast, draft, {WINDOW: "ours"})


def test_two_good_halves_that_do_not_hold_together_are_refused(cast):
    draft = overtaken(cast, {"window.classes.C.expected_months": 4.4}, {"window.classes.C.deadline_months": 3.5})

    with pytest.raises(PackRefused):
        rebased(cast, draft)

    assert Pack.objects.drafts().get().base == STANDARD


def test_who_may_not_write_drafts_brings_none_up(cast):
    draft = overtaken(cast, {WINDOW: 9.0}, {WINDOW: 3.0})

    with pytest.raises(Denied):
        rebased(cast, draft, {WINDOW: "ours"}, by="eve")


def test_going_back_is_a_new_version_with_the_old_content(cast):
    publish_draft(draft=edited(cast, copied(cast), {WINDOW: 2.5}), actor=cast.ada, at=MONDAY)

    roll_back(to=STANDARD, actor=cast.ada, at=MONDAY)

    counting = current_playbook()
    moved = {each.path for each in differences(dump(shipped()), dump(counting))}
    assert (counting.version, moved) == ("2", {"key", "version"})
    with pytest.raises(NoSuchVersion):
        roll_back(to="own 77", actor=cast.ada, at=MONDAY)


def test_what_does_not_hold_together_is_refused_with_the_place(cast):
    draft = copied(cast)

    with pytest.raises(PackRefused) as refused:
        edited(cast, draft, {WINDOW: -1, "plan.capacity": "viel"})

    assert {problem.path for problem in refused.value.problems} == {WINDOW, "plan.capacity"}
    draft.refresh_from_db()
    assert draft.content["window"]["classes"]["A"]["deadline_months"] == 1.0


def test_two_people_never_overwrite_each_other(cast):
    draft = copied(cast)
    edited(cast, draft, {WINDOW: 2.0}, seen=0)

    with pytest.raises(Stale):
        edited(cast, draft, {WINDOW: 3.0}, seen=0)


def test_an_edit_is_journaled_place_by_place(cast):
    edited(cast, copied(cast), {WINDOW: 2.0, "classes.A.motto.zh": "别拖"})

    entry = Entry.objects.get(verb="pack.edited")
    assert entry.before == {WINDOW: 1.0, "classes.A.motto.zh": "速战速决"}
    assert entry.after == {WINDOW: 2.0, "classes.A.motto.zh": "别拖"}


def test_a_draft_thrown_away_comes_back_and_a_published_one_does_not(cast):
    draft = copied(cast)
    discard_draft(draft=draft, actor=cast.ada, at=MONDAY)
    with pytest.raises(DraftGone):
        edited(cast, draft, {WINDOW: 2.0})

    draft.refresh_from_db()
    restore_draft(draft=draft, actor=cast.ada, at=MONDAY)

    publish_draft(draft=draft, actor=cast.ada, at=MONDAY)
    with pytest.raises(DraftGone):
        publish_draft(draft=draft, actor=cast.ada, at=MONDAY)
    assert Pack.objects.published().count() == 1


def test_managers_write_and_only_administrators_publish(cast):
    draft = copied(cast, by="mona")

    for who in cast.everyone:
        if who != cast.ada:
            with pytest.raises(Denied):
                publish_draft(draft=draft, actor=who, at=MONDAY)
            with pytest.raises(Denied):
                roll_back(to=STANDARD, actor=who, at=MONDAY)
    for who in (cast.alice, cast.charlie, cast.eve, cast.mia, cast.sam):
        with pytest.raises(Denied):
            edit_draft(draft=draft, values={WINDOW: 2.0}, actor=who, at=MONDAY)
        with pytest.raises(Denied):
            draft_pack(base=STANDARD, actor=who, at=MONDAY)
