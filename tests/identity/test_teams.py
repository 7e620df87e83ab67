import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from tests.cast import MONDAY, organisation, person, team
from wendu.access.scope import scope_of
from wendu.identity.actions import (
    close_team,
    create_team,
    create_user,
    move_team,
    rename_team,
    reopen_team,
    set_team,
)
from wendu.identity.actions.teams import (
    DEEPEST,
    TeamClosed,
    TeamInsideItself,
    TeamInUse,
    TeamNameTaken,
    TeamNeedsName,
    TreeTooDeep,
)
from wendu.identity.choices import Role
from wendu.identity.models import Team
from wendu.identity.queries import teams
from wendu.journal.models import Entry
from wendu.kernel.errors import Denied, Stale


def stands_as_a_tree(found, cast):
    """Everybody once, each team right below those above it; the keys of a test say nothing of who comes first."""
    names = [each.name for each in found]
    start = names.index("北区")
    return names[start : start + 3] == ["北区", "华东一部", "苏州组"] and sorted(names) == sorted(
        each.name for each in (cast.north, cast.east, cast.branch, cast.south)
    )


def true_path(each: Team) -> str:
    return f"{true_path(each.parent) if each.parent else '/'}{each.pk}/"


def crooked() -> list[Team]:
    return [each for each in Team.objects.all() if each.path != true_path(each)]


def test_a_team_knows_its_way_from_the_top(cast):
    new = create_team(name=" 无锡  组 ", parent=cast.branch, actor=cast.ada, at=MONDAY)

    assert new.name == "无锡 组"
    assert new.path == f"/{cast.north.pk}/{cast.east.pk}/{cast.branch.pk}/{new.pk}/"
    assert new.depth == 4


def test_moving_a_team_takes_its_branch_along(cast):
    move_team(team=cast.east, parent=cast.south, actor=cast.ada, at=MONDAY)

    cast.branch.refresh_from_db()
    assert cast.branch.path == f"/{cast.south.pk}/{cast.east.pk}/{cast.branch.pk}/"
    assert crooked() == []
    assert Entry.objects.get(verb="team.moved").after == {"parent": cast.south.pk}


def test_a_team_cannot_hang_below_itself(cast):
    for parent in (cast.north, cast.east, cast.branch):
        with pytest.raises(TeamInsideItself):
            move_team(team=cast.north, parent=parent, actor=cast.ada, at=MONDAY)
    assert crooked() == []


def test_a_move_is_judged_by_the_tree_as_it_is_now(cast):
    stale_branch = Team.objects.get(pk=cast.branch.pk)
    move_team(team=cast.branch, parent=None, actor=cast.ada, at=MONDAY)
    move_team(team=cast.east, parent=cast.branch, actor=cast.ada, at=MONDAY)

    with pytest.raises(TeamInsideItself):
        move_team(team=stale_branch, parent=cast.east, actor=cast.ada, at=MONDAY)


def test_teams_side_by_side_bear_different_names(cast):
    with pytest.raises(TeamNameTaken):
        create_team(name="华南部", actor=cast.ada, at=MONDAY)
    with pytest.raises(TeamNameTaken):
        create_team(name="苏州组", parent=cast.east, actor=cast.ada, at=MONDAY)
    create_team(name="苏州组", parent=cast.south, actor=cast.ada, at=MONDAY)
    with pytest.raises(TeamNameTaken):
        move_team(team=cast.branch, parent=cast.south, actor=cast.ada, at=MONDAY)
    assert crooked() == []


@pytest.mark.parametrize("name", ["", "   ", "长" * 101])
def test_a_team_needs_a_name(cast, name):
    with pytest.raises(TeamNeedsName):
        create_team(name=name, actor=cast.ada, at=MONDAY)


def test_the_tree_ends_somewhere(cast):
    deepest = cast.branch
    while deepest.depth < DEEPEST:
        deepest = team("下一层", deepest)

    with pytest.raises(TreeTooDeep):
        create_team(name="太深", parent=deepest, actor=cast.ada, at=MONDAY)
    with pytest.raises(TreeTooDeep):
        move_team(team=cast.south, parent=deepest, actor=cast.ada, at=MONDAY)


def test_the_second_of_two_editors_is_told(cast):
    mine, yours = Team.objects.get(pk=cast.east.pk), Team.objects.get(pk=cast.east.pk)
    rename_team(team=mine, name="华东", actor=cast.ada, at=MONDAY, seen=mine.revision)

    with pytest.raises(Stale):
        rename_team(team=yours, name="东区", actor=cast.ada, at=MONDAY, seen=yours.revision)


def test_only_a_team_nobody_works_in_may_close(cast):
    for each in (cast.north, cast.east):
        with pytest.raises(TeamInUse):
            close_team(team=each, actor=cast.ada, at=MONDAY)

    close_team(team=cast.branch, actor=cast.ada, at=MONDAY)

    assert cast.branch not in teams(cast.ada)
    assert Entry.objects.filter(verb="team.closed").count() == 1


def test_a_closed_team_frees_its_name_and_comes_back_only_while_that_is_free(cast):
    close_team(team=cast.branch, actor=cast.ada, at=MONDAY)
    create_team(name="苏州组", parent=cast.east, actor=cast.ada, at=MONDAY)

    with pytest.raises(TeamNameTaken):
        reopen_team(team=cast.branch, actor=cast.ada, at=MONDAY)


def test_a_team_opens_again_where_it_was(cast):
    close_team(team=cast.branch, actor=cast.ada, at=MONDAY)

    reopen_team(team=cast.branch, actor=cast.ada, at=MONDAY)

    assert stands_as_a_tree(teams(cast.ada), cast)
    assert Entry.objects.filter(verb="team.reopened").count() == 1


def test_nobody_joins_a_closed_team_and_nothing_hangs_below_it(cast):
    close_team(team=cast.branch, actor=cast.ada, at=MONDAY)

    for attempt in (
        lambda: create_team(name="新组", parent=cast.branch, actor=cast.ada, at=MONDAY),
        lambda: move_team(team=cast.south, parent=cast.branch, actor=cast.ada, at=MONDAY),
        lambda: set_team(user=cast.alice, team=cast.branch, actor=cast.ada, at=MONDAY),
        lambda: create_user(username="dora", team=cast.branch, actor=cast.ada, at=MONDAY),
    ):
        with pytest.raises(TeamClosed):
            attempt()


@pytest.mark.parametrize("who", ["alice", "charlie", "mona", "sam", "mia", "eve"])
def test_only_an_administrator_shapes_the_tree(cast, who):
    actor = getattr(cast, who)
    for attempt in (
        lambda: create_team(name="x", actor=actor, at=MONDAY),
        lambda: rename_team(team=cast.east, name="x", actor=actor, at=MONDAY),
        lambda: move_team(team=cast.east, parent=None, actor=actor, at=MONDAY),
        lambda: close_team(team=cast.branch, actor=actor, at=MONDAY),
        lambda: reopen_team(team=cast.branch, actor=actor, at=MONDAY),
    ):
        with pytest.raises(Denied):
            attempt()
    assert Team.objects.count() == 4
    assert not Entry.objects.exists()


class AnyMoves(TestCase):
    """Whatever is moved wherever: paths spell the tree, and a manager's scope is the branch."""

    def setUp(self):
        organisation()
        self.admin = person("root", role=Role.ADMIN)

    @given(
        parents=st.lists(st.integers(0, 7), min_size=8, max_size=8),
        moves=st.lists(st.tuples(st.integers(0, 7), st.none() | st.integers(0, 7)), max_size=8),
    )
    def test_paths_stay_true(self, parents, moves):
        teams: list[Team] = []
        for number, parent in enumerate(parents):
            above = teams[parent % number] if number else None
            teams.append(create_team(name=f"t{number}", parent=above, actor=self.admin, at=MONDAY))

        for which, target in moves:
            moved = Team.objects.get(pk=teams[which].pk)
            parent = None if target is None else Team.objects.get(pk=teams[target].pk)
            try:
                move_team(team=moved, parent=parent, actor=self.admin, at=MONDAY)
            except TeamInsideItself:
                assert parent is not None
                assert true_path(parent).startswith(true_path(moved))

        assert crooked() == []
        manager = person(f"m{teams[0].pk}", role=Role.MANAGER, in_team=Team.objects.get(pk=teams[3].pk))
        below = {each.pk for each in Team.objects.all() if f"/{teams[3].pk}/" in true_path(each)}
        assert set(scope_of(manager).team_ids) == below
