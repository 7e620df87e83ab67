import pytest
from django.contrib.auth.models import AnonymousUser

from tests.cast import MONDAY, team
from wendu.access.scope import people_in_scope, scope_of
from wendu.identity.actions import deactivate_user, move_team
from wendu.identity.choices import Role


def test_a_rep_sees_no_team(cast):
    scope = scope_of(cast.alice)

    assert (scope.user_id, scope.sees_all, scope.team_ids) == (cast.alice.pk, False, ())


def test_a_manager_sees_the_branch_below(cast):
    scope = scope_of(cast.mona)

    assert scope.team_paths == (cast.east.path,)
    assert set(scope.team_ids) == {cast.east.pk, cast.branch.pk}


def test_service_sees_its_own_team_only(cast):
    assert scope_of(cast.sam).team_ids == (cast.east.pk,)


@pytest.mark.parametrize("who", ["mia", "eve", "ada"])
def test_marketing_executive_and_admin_see_all(cast, who):
    assert scope_of(getattr(cast, who)).sees_all


@pytest.mark.parametrize("role", [Role.MANAGER, Role.SERVICE])
def test_without_a_team_there_is_none_to_see(cast, role):
    cast.alice.role, cast.alice.team = role, None

    assert scope_of(cast.alice).team_ids == ()
    assert not scope_of(cast.alice).sees_all


def test_nobody_sees_nothing(cast):
    cast.ada.is_active = False

    assert all(scope_of(nobody).sees_nothing for nobody in (None, AnonymousUser(), cast.ada, "ada"))


def test_teams_of_similar_paths_are_not_mixed_up(cast):
    others = [team(f"t{number}") for number in range(12)]

    assert not set(scope_of(cast.mona).team_ids) & {other.pk for other in others}


def test_a_scope_is_worked_out_once_per_request(cast, django_assert_num_queries):
    with django_assert_num_queries(1):
        scope_of(cast.mona)
        scope_of(cast.mona)


def test_a_moved_team_is_seen_by_its_new_manager_at_once(cast):
    assert cast.branch.pk not in scope_of(cast.nora).team_ids

    move_team(team=cast.branch, parent=cast.south, actor=cast.ada, at=MONDAY)

    assert cast.branch.pk in scope_of(cast.nora).team_ids
    assert cast.branch.pk not in scope_of(cast.mona).team_ids


def test_the_people_in_scope_are_those_whose_work_one_sees(cast):
    deactivate_user(user=cast.bob, actor=cast.ada, at=MONDAY)

    assert set(people_in_scope(cast.alice)) == {cast.alice}
    assert set(people_in_scope(cast.mona)) == {cast.alice, cast.bob, cast.mona, cast.sam}
    assert people_in_scope(cast.eve).count() == 9
    assert not people_in_scope(None).exists()
