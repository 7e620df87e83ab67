"""What may be done with a saved view: who sees, renames, shares, pins, puts first, deletes and restores it."""

import pytest
from django.db import IntegrityError, transaction

from tests.cast import MONDAY
from wendu.identity.choices import Role
from wendu.journal.models import Entry
from wendu.kernel.errors import ActionError, Denied
from wendu.saved_views import actions
from wendu.saved_views.choices import Audience, Place
from wendu.saved_views.errors import (
    BadName,
    NameTaken,
    NothingToTakeBack,
    NotYourTeam,
    OnlyForOneself,
    QueryTooLong,
    TeamNeeded,
    ViewNotDeleted,
)
from wendu.saved_views.models import FirstView, Pin, SavedView
from wendu.saved_views.queries import first_view, view_named, views_of

pytestmark = pytest.mark.django_db
QUERY = "f=class.in:A,B;latest.over:14"


def save(actor, name="快凉的", query=QUERY, **more) -> SavedView:
    return actions.save_view(place=Place.CUSTOMERS, name=name, query=query, actor=actor, at=MONDAY, **more)


def seen_by(user) -> list[str]:
    return [view.name for view in views_of(user, Place.CUSTOMERS)]


def verbs(view) -> list[str]:
    return list(Entry.objects.about("savedview", view.pk).order_by("pk").values_list("verb", flat=True))


def test_a_private_view_is_seen_by_its_owner_alone(cast):
    view = save(cast.alice)

    assert seen_by(cast.alice) == ["快凉的"]
    assert {name: seen_by(getattr(cast, name)) for name in ("bob", "mona", "ada", "charlie", "eve")} == {
        name: [] for name in ("bob", "mona", "ada", "charlie", "eve")
    }
    assert view_named(cast.bob, view.uuid) is None
    assert views_of(None, Place.CUSTOMERS) == []


def test_a_view_of_a_team_is_seen_in_it_below_it_and_by_its_leader(cast):
    save(cast.mona, audience=Audience.TEAM, team=cast.east)
    cast.bob.team = cast.branch
    cast.bob.save()

    seen = {name for name in ("alice", "bob", "mona", "ada", "charlie", "nora") if seen_by(getattr(cast, name))}

    assert seen == {"alice", "bob", "mona", "ada"}


def test_a_view_for_everybody_is_seen_by_everybody(cast):
    save(cast.mona, audience=Audience.ALL)

    assert all(seen_by(user) == ["快凉的"] for user in cast.everyone)


def test_only_leaders_share_and_only_with_their_own_teams(cast):
    with pytest.raises(Denied):
        save(cast.alice, audience=Audience.ALL)
    with pytest.raises(NotYourTeam):
        save(cast.mona, audience=Audience.TEAM, team=cast.south)
    with pytest.raises(TeamNeeded):
        save(cast.mona, audience=Audience.TEAM)
    assert save(cast.ada, audience=Audience.TEAM, team=cast.south).team == cast.south
    assert SavedView.objects.count() == 1


def test_a_name_is_tidied_once_per_person_and_of_bounded_length(cast):
    assert save(cast.alice, "  快凉 的 ").name == "快凉 的"
    with pytest.raises(NameTaken):
        save(cast.alice, "快凉 的")
    for name in ("", "  ", "长" * 41):
        with pytest.raises(BadName):
            save(cast.alice, name)
    with pytest.raises(QueryTooLong):
        save(cast.alice, "别的", "q=" + "a" * 3000)
    assert save(cast.bob, "快凉 的")


@pytest.mark.parametrize("who", ["bob", "mona", "charlie"])
def test_only_its_owner_or_an_administrator_changes_a_view(cast, who):
    view, other = save(cast.eve), getattr(cast, who)

    for act in (
        lambda: actions.rename_view(view=view, name="x", actor=other, at=MONDAY),
        lambda: actions.change_view(view=view, query="class=A", actor=other, at=MONDAY),
        lambda: actions.delete_view(view=view, actor=other, at=MONDAY),
        lambda: actions.restore_view(view=view, actor=other, at=MONDAY),
        lambda: actions.take_back(view=view, actor=other, at=MONDAY),
    ):
        with pytest.raises(Denied):
            act()
    actions.rename_view(view=view, name="管理员改的", actor=cast.ada, at=MONDAY)
    view.refresh_from_db()
    assert view.name == "管理员改的"


def test_every_change_is_journaled_and_the_latest_can_be_taken_back(cast):
    view = save(cast.mona)
    actions.rename_view(view=view, name="新名字", actor=cast.mona, at=MONDAY)
    actions.take_back(view=view, actor=cast.mona, at=MONDAY)
    assert view.name == "快凉的"

    actions.change_view(view=view, query="class=A", actor=cast.mona, at=MONDAY)
    actions.take_back(view=view, actor=cast.mona, at=MONDAY)
    assert view.query == QUERY

    actions.share_view(view=view, audience=Audience.TEAM, team=cast.east, actor=cast.mona, at=MONDAY)
    actions.take_back(view=view, actor=cast.mona, at=MONDAY)
    view.refresh_from_db()
    assert (view.audience, view.team) == (Audience.PRIVATE, None)
    assert verbs(view) == ["view.saved", *["view.renamed"] * 2, *["view.changed"] * 2, *["view.shared"] * 2]


def test_nothing_is_journaled_where_nothing_changes(cast):
    view = save(cast.mona)
    actions.rename_view(view=view, name=view.name, actor=cast.mona, at=MONDAY)

    assert verbs(view) == ["view.saved"]
    with pytest.raises(NothingToTakeBack):
        actions.take_back(view=view, actor=cast.mona, at=MONDAY)


def test_sharing_cannot_be_brought_back_by_somebody_who_may_not_share(cast):
    view = save(cast.mona, audience=Audience.ALL)
    actions.share_view(view=view, audience=Audience.PRIVATE, team=None, actor=cast.mona, at=MONDAY)
    cast.mona.role = Role.REP
    cast.mona.save()

    with pytest.raises(Denied):
        actions.take_back(view=view, actor=cast.mona, at=MONDAY)


def test_a_deleted_view_is_gone_until_it_is_restored(cast):
    view = save(cast.alice)
    actions.pin_view(view=view, actor=cast.alice, at=MONDAY)
    actions.delete_view(view=view, actor=cast.alice, at=MONDAY)

    assert seen_by(cast.alice) == []
    again = save(cast.alice)
    with pytest.raises(NameTaken):
        actions.restore_view(view=view, actor=cast.alice, at=MONDAY)
    actions.delete_view(view=again, actor=cast.alice, at=MONDAY)
    actions.restore_view(view=view, actor=cast.alice, at=MONDAY)
    assert [row.is_pinned for row in views_of(cast.alice, Place.CUSTOMERS)] == [True]
    with pytest.raises(ViewNotDeleted):
        actions.restore_view(view=view, actor=cast.alice, at=MONDAY)


def test_pins_are_ones_own_and_stand_first(cast):
    save(cast.mona, "乙", audience=Audience.ALL)
    pinned = save(cast.mona, "甲", audience=Audience.ALL)
    for _ in range(2):
        actions.pin_view(view=pinned, actor=cast.alice, at=MONDAY)

    assert [(row.name, row.is_pinned) for row in views_of(cast.alice, Place.CUSTOMERS)] == [("甲", True), ("乙", False)]
    assert not any(row.is_pinned for row in views_of(cast.bob, Place.CUSTOMERS))
    actions.unpin_view(view=pinned, actor=cast.alice, at=MONDAY)
    assert Pin.objects.count() == 0
    assert verbs(pinned) == ["view.saved", "view.pinned", "view.unpinned"]


def test_the_table_opens_with_ones_own_view_else_with_the_roles(cast):
    own, shared = save(cast.alice, "自己的"), save(cast.mona, "大家的", audience=Audience.ALL)
    place = Place.CUSTOMERS

    actions.put_first(view=shared, place=place, role=Role.REP, actor=cast.ada, at=MONDAY)
    assert first_view(cast.alice, place) == first_view(cast.bob, place) == shared
    assert first_view(cast.mona, place) is None
    actions.put_first(view=own, place=place, actor=cast.alice, at=MONDAY)
    assert first_view(cast.alice, place) == own
    actions.delete_view(view=own, actor=cast.alice, at=MONDAY)
    assert first_view(cast.alice, place) == shared
    actions.put_first(view=None, place=place, role=Role.REP, actor=cast.ada, at=MONDAY)
    assert first_view(cast.alice, place) is None
    assert first_view(None, place) is None


def test_only_an_administrator_decides_for_a_role_and_only_with_a_view_all_see(cast):
    view = save(cast.mona, audience=Audience.TEAM, team=cast.east)

    with pytest.raises(Denied):
        actions.put_first(view=view, place=Place.CUSTOMERS, role=Role.REP, actor=cast.mona, at=MONDAY)
    with pytest.raises(OnlyForOneself):
        actions.put_first(view=view, place=Place.CUSTOMERS, role=Role.REP, actor=cast.ada, at=MONDAY)
    assert FirstView.objects.count() == 0


def test_what_a_view_lost_it_does_not_open_with(cast):
    view = save(cast.mona, audience=Audience.ALL)
    actions.put_first(view=view, place=Place.CUSTOMERS, actor=cast.alice, at=MONDAY)
    actions.share_view(view=view, audience=Audience.PRIVATE, team=None, actor=cast.mona, at=MONDAY)

    assert first_view(cast.alice, Place.CUSTOMERS) is None


def test_the_database_keeps_what_the_actions_promise(cast):
    view = save(cast.alice)
    wrong = [
        lambda: SavedView.objects.filter(pk=view.pk).update(name=""),
        lambda: SavedView.objects.filter(pk=view.pk).update(audience="moon"),
        lambda: SavedView.objects.filter(pk=view.pk).update(audience=Audience.TEAM),
        lambda: FirstView.objects.create(place="customers", view=view),
        lambda: FirstView.objects.create(place="customers", view=view, user=cast.alice, role=Role.REP),
    ]

    for act in wrong:
        with pytest.raises(IntegrityError), transaction.atomic():
            act()


def test_refusals_say_how_to_mend_them(cast):
    for refused in (BadName(), NameTaken(name="x"), QueryTooLong(), TeamNeeded(), NotYourTeam(), OnlyForOneself()):
        assert isinstance(refused, ActionError)
        assert "。" in refused.text() or "." in refused.text()
