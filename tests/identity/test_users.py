import pytest
from django.contrib.auth.backends import ModelBackend
from django.db import IntegrityError, transaction

from tests.cast import MONDAY, PASSWORD, Cast
from wendu.identity.actions import (
    create_user,
    deactivate_user,
    edit_preferences,
    edit_user,
    reactivate_user,
    set_password,
    set_role,
    set_team,
)
from wendu.identity.actions.users import LoginTaken, OneAdminMustRemain, WeakPassword
from wendu.identity.choices import Role
from wendu.identity.models import User
from wendu.identity.queries import colleagues, members, user_by_name
from wendu.journal.models import Entry
from wendu.kernel.changes import BadValue, UnknownField
from wendu.kernel.errors import Denied, Stale


def new_user(cast: Cast, **fields) -> User:
    return create_user(**{"actor": cast.ada, "at": MONDAY, "username": "dora", "password": "Kmf7-stretch", **fields})


def logged_in(username: str, password: str):
    return ModelBackend().authenticate(None, username=username, password=password)


def test_a_new_colleague_can_log_in(cast):
    user = new_user(cast, full_name=" 朵拉  陈 ", email="Dora@Example.com", role=Role.SERVICE, team=cast.east)

    user.refresh_from_db()
    assert user.check_password("Kmf7-stretch")
    assert (user.full_name, user.email, user.display_name, user.day_capacity) == (
        "朵拉 陈",
        "dora@example.com",
        "朵拉 陈",
        12,
    )
    assert logged_in("DORA", "Kmf7-stretch") == user


def test_creating_a_user_is_written_down_without_the_password(cast):
    user = new_user(cast, team=cast.east)

    entry = Entry.objects.get(verb="user.created")
    assert (entry.subject_kind, entry.subject_id, entry.actor, entry.at) == ("user", user.pk, cast.ada, MONDAY)
    assert entry.after["team"] == cast.east.pk
    assert "password" not in entry.after


def test_two_people_cannot_share_a_login_whatever_its_case(cast):
    with pytest.raises(LoginTaken):
        new_user(cast, username="ALICE")
    with pytest.raises(LoginTaken):
        new_user(cast, email="Alice@example.com")
    assert User.objects.filter(username__iexact="alice").count() == 1


def test_the_database_itself_refuses_a_second_login(cast):
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.create_user("Alice", PASSWORD)


@pytest.mark.parametrize(
    "fields,field",
    [
        ({"username": "two words!"}, "username"),
        ({"username": "x" * 151}, "username"),
        ({"username": ""}, "username"),
        ({"email": "nowhere"}, "email"),
        ({"role": "king"}, "role"),
        ({"daily_capacity": 0}, "daily_capacity"),
        ({"daily_capacity": 201}, "daily_capacity"),
        ({"language": "fr"}, "language"),
        ({"full_name": "x" * 151}, "full_name"),
    ],
)
def test_a_field_that_does_not_fit_is_named(cast, fields, field):
    with pytest.raises(BadValue) as refusal:
        new_user(cast, **fields)
    assert refusal.value.field == field
    assert not Entry.objects.filter(verb="user.created").exists()


def test_a_password_anyone_guesses_is_refused(cast, settings):
    settings.AUTH_PASSWORD_VALIDATORS = [{"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator"}]

    with pytest.raises(WeakPassword):
        new_user(cast, password="12345")


@pytest.mark.parametrize("who", ["alice", "bob", "charlie", "mona", "sam", "mia", "eve"])
def test_only_an_administrator_manages_users(cast, who):
    actor = getattr(cast, who)
    attempts = [
        lambda: create_user(actor=actor, at=MONDAY, username="x"),
        lambda: edit_user(user=cast.bob, actor=actor, at=MONDAY, full_name="x"),
        lambda: set_role(user=actor, role=Role.ADMIN, actor=actor, at=MONDAY),
        lambda: set_team(user=actor, team=cast.south, actor=actor, at=MONDAY),
        lambda: deactivate_user(user=cast.nora, actor=actor, at=MONDAY),
        lambda: reactivate_user(user=cast.nora, actor=actor, at=MONDAY),
        lambda: set_password(user=cast.nora, password=PASSWORD, actor=actor, at=MONDAY),
        lambda: edit_preferences(user=cast.nora, theme="dark", actor=actor, at=MONDAY),
    ]
    before = list(User.objects.order_by("pk").values())

    for attempt in attempts:
        with pytest.raises(Denied):
            attempt()

    assert list(User.objects.order_by("pk").values()) == before
    assert not Entry.objects.exists()


def test_everyone_sets_their_own_preferences_and_password(cast):
    edit_preferences(user=cast.alice, actor=cast.alice, at=MONDAY, language="en", theme="dark", daily_capacity=8)
    set_password(user=cast.alice, password="Kmf7-stretch", actor=cast.alice, at=MONDAY)

    cast.alice.refresh_from_db()
    assert (cast.alice.language, cast.alice.theme, cast.alice.day_capacity) == ("en", "dark", 8)
    assert cast.alice.check_password("Kmf7-stretch")


def test_preferences_do_not_open_other_fields(cast):
    for field in ("role", "is_active", "team", "username", "password", "is_superuser", "uuid", "id"):
        with pytest.raises(UnknownField):
            edit_preferences(user=cast.alice, actor=cast.alice, at=MONDAY, **{field: "admin"})


def test_an_edit_tells_what_changed_and_nothing_else(cast):
    edit_user(user=cast.alice, actor=cast.ada, at=MONDAY, full_name="林雅", phone="", seen=0)
    edit_user(user=cast.alice, actor=cast.ada, at=MONDAY, full_name="林雅")

    entry = Entry.objects.get(verb="user.edited")
    assert (entry.before, entry.after) == ({"full_name": "林小雅"}, {"full_name": "林雅"})


def test_the_second_of_two_editors_is_told(cast):
    mine, yours = User.objects.get(pk=cast.alice.pk), User.objects.get(pk=cast.alice.pk)
    edit_user(user=mine, actor=cast.ada, at=MONDAY, full_name="一", seen=mine.revision)

    with pytest.raises(Stale):
        edit_user(user=yours, actor=cast.ada, at=MONDAY, full_name="二", seen=yours.revision)

    cast.alice.refresh_from_db()
    assert cast.alice.full_name == "一"


def test_the_only_administrator_stays(cast):
    with pytest.raises(OneAdminMustRemain):
        deactivate_user(user=cast.ada, actor=cast.ada, at=MONDAY)
    with pytest.raises(OneAdminMustRemain):
        set_role(user=cast.ada, role=Role.REP, actor=cast.ada, at=MONDAY)

    set_role(user=cast.eve, role=Role.ADMIN, actor=cast.ada, at=MONDAY)
    deactivate_user(user=cast.ada, actor=cast.eve, at=MONDAY)

    assert [admin.username for admin in User.objects.active().filter(role=Role.ADMIN)] == ["eve"]


def test_who_has_left_cannot_log_in_and_can_come_back(cast):
    deactivate_user(user=cast.bob, actor=cast.ada, at=MONDAY)
    assert logged_in("bob", PASSWORD) is None

    reactivate_user(user=cast.bob, actor=cast.ada, at=MONDAY)
    assert logged_in("bob", PASSWORD) == cast.bob
    assert Entry.objects.filter(verb__in=["user.deactivated", "user.reactivated"]).count() == 2


def test_a_user_is_found_by_login_or_by_a_full_name_only_one_bears(cast):
    new_user(cast, full_name="包伯")

    assert user_by_name(" Alice ") == cast.alice
    assert user_by_name("林小雅") == cast.alice
    assert user_by_name("包伯") is None
    assert user_by_name("nobody") is None


def test_colleagues_are_named_to_those_inside_only(cast):
    deactivate_user(user=cast.bob, actor=cast.ada, at=MONDAY)

    assert cast.bob not in colleagues(cast.alice)
    assert cast.bob in colleagues(cast.ada)
    assert not colleagues(None).exists()
    assert set(members(cast.alice, cast.north)) == {cast.alice, cast.mona, cast.sam}
