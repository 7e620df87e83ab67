import json
import logging
from datetime import date
from decimal import Decimal
from types import SimpleNamespace
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.cast import MONDAY
from wendu.identity.choices import Role
from wendu.journal.actions import OutsideTransaction, UndeclaredVerb, entry_for, record, record_many
from wendu.journal.changes import CUT, LIMIT_BYTES, bounded, changed, is_cut
from wendu.journal.doors import current_door, door
from wendu.journal.models import Entry
from wendu.journal.queries import entries_about, history_of, shown_changes
from wendu.journal.subscriptions import EVERYTHING, NotTheCoach, quiet_registry, subscribe, subscriptions
from wendu.journal.verbs import declare, declared

declare("tale.told", "tale.heard")


@pytest.fixture
def heard():
    with quiet_registry():
        yield []


def told(cast, **fields) -> Entry:
    return record("tale.told", **{"subject": cast.alice, "actor": cast.bob, "at": MONDAY, **fields})


def test_an_entry_says_who_did_what_to_what_and_when(cast):
    entry = told(cast, before={"a": 1}, after={"a": 2}, note="因为")

    entry.refresh_from_db()
    assert (entry.verb, entry.actor, entry.at) == ("tale.told", cast.bob, MONDAY)
    assert (entry.subject_kind, entry.subject_id) == ("user", cast.alice.pk)
    assert (entry.root_kind, entry.root_id) == ("", None)
    assert (entry.before, entry.after, entry.note) == ({"a": 1}, {"a": 2}, "因为")


def test_a_customer_is_its_own_root_and_that_of_what_names_it(cast):
    child = SimpleNamespace(pk=7, customer_id=42, _meta=SimpleNamespace(model_name="touch"))

    assert (told(cast, subject=("customer", 42)).root_kind, told(cast, subject=("customer", 42)).root_id) == (
        "customer",
        42,
    )
    assert told(cast, subject=child).root_id == 42
    assert told(cast, subject=child, root=("customer", 43)).root_id == 43


def test_a_verb_nobody_declared_is_not_written(cast):
    with pytest.raises(UndeclaredVerb):
        record("tale.invented", subject=cast.alice, actor=None, at=MONDAY)


def test_every_declared_verb_names_its_room():
    assert declared()["team.moved"] == "wendu.identity.actions.teams"
    with pytest.raises(ValueError, match="already declared"):
        declare("team.moved")
    with pytest.raises(ValueError, match="must look like"):
        declare("Team moved")


@pytest.mark.django_db(transaction=True)
def test_nothing_is_recorded_outside_a_transaction():
    with pytest.raises(OutsideTransaction):
        record("tale.told", subject=("user", 1), actor=None, at=MONDAY)
    with pytest.raises(OutsideTransaction):
        record_many([])


def test_the_door_is_remembered_and_shut_again(cast):
    assert current_door() == "cli"
    with door("web"):
        with door("import"):
            assert told(cast).door == "import"
        assert told(cast).door == "web"
    assert told(cast).door == "cli"
    with pytest.raises(ValueError, match="window"), door("window"):
        pass


def test_listeners_hear_after_the_commit(cast, heard, django_capture_on_commit_callbacks):
    subscribe("tale.told", heard.append)
    subscribe("tale.told", heard.append)
    subscribe(EVERYTHING, lambda entry: heard.append(entry.verb))

    with django_capture_on_commit_callbacks(execute=True):
        entry = told(cast)
        assert heard == []

    assert heard == [entry, "tale.told"]


def test_one_listeners_failure_stops_no_other(cast, heard, django_capture_on_commit_callbacks, caplog):
    subscribe("tale.told", lambda _entry: 1 / 0)
    subscribe("tale.told", heard.append)

    with caplog.at_level(logging.ERROR), django_capture_on_commit_callbacks(execute=True):
        told(cast)

    assert len(heard) == 1
    assert "failed on tale.told" in caplog.text


def test_only_the_coach_listens_inside_the_transaction(cast, heard):
    def listen(entry):
        heard.append(entry)

    with pytest.raises(NotTheCoach):
        subscribe("tale.told", listen, inside=True)

    listen.__module__ = "wendu.coach_of_others"
    with pytest.raises(NotTheCoach):
        subscribe("tale.told", listen, inside=True)

    listen.__module__ = "wendu.coach.subscriptions"
    subscribe("tale.told", listen, inside=True)
    entry = told(cast)

    assert heard == [entry]
    assert [row[0::2] for row in subscriptions()] == [("tale.told", True)]


@pytest.mark.django_db(transaction=True)
def test_the_coachs_failure_undoes_the_action(heard):
    from tests.cast import call_the_cast
    from wendu.identity.actions import create_team
    from wendu.identity.models import Team

    ada = call_the_cast().ada

    def fail(_entry):
        raise RuntimeError("no reading")

    fail.__module__ = "wendu.coach"
    subscribe("team.created", fail, inside=True)

    with pytest.raises(RuntimeError):
        create_team(name="新组", actor=ada, at=MONDAY)

    assert not Team.objects.filter(name="新组").exists()
    assert not Entry.objects.exists()


def test_a_bulk_load_is_written_in_one_go_and_tells_nobody(cast, heard, django_assert_num_queries):
    subscribe("tale.told", heard.append)
    entries = [entry_for("tale.told", subject=cast.alice, actor=None, at=MONDAY, after={"n": n}) for n in range(50)]

    with django_assert_num_queries(1):
        assert record_many(entries) == 50

    assert Entry.objects.filter(verb="tale.told").count() == 50
    assert heard == []


def test_a_bulk_load_can_be_announced(cast, heard, django_capture_on_commit_callbacks):
    subscribe("tale.told", heard.append)

    with django_capture_on_commit_callbacks(execute=True):
        record_many([entry_for("tale.told", subject=cast.alice, actor=None, at=MONDAY)], announce=True)

    assert len(heard) == 1


def test_history_is_the_latest_first_and_costs_one_query(cast, django_assert_num_queries):
    for number in range(3):
        told(cast, subject=("touch", number), root=("customer", 5))
    told(cast, subject=("touch", 9), root=("customer", 6))

    with django_assert_num_queries(1):
        rows = list(history_of(cast.alice, ("customer", 5)))
        names = [row.actor.display_name for row in rows]

    assert [row.subject_id for row in rows] == [2, 1, 0]
    assert names == ["包伯"] * 3
    assert not history_of(None, ("customer", 5)).exists()
    assert entries_about(cast.alice, ("touch", 9)).count() == 1


def test_numbers_in_the_history_are_masked_for_who_may_not_see_them():
    values = {"phone": "+8613812345678", "name": "王姐", "email": ["a@example.com"], "value": {"to": "+8613812345678"}}

    assert shown_changes(values, clear=True) == values
    assert shown_changes(values, clear=False) == {
        "phone": "138****5678",
        "name": "王姐",
        "email": ["a****@example.com"],
        "value": {"to": "138****5678"},
    }
    assert shown_changes(None, clear=False) == {}


def test_any_ordinary_value_can_be_written_down(cast):
    values = {"on": date(2026, 3, 2), "at": MONDAY, "sum": Decimal("1.20"), "id": uuid4(), "role": Role.REP}

    assert bounded({**values, "who": cast.alice, "tags": {"b", "a"}}) == {
        "on": "2026-03-02",
        "at": "2026-03-02T02:00:00Z",
        "sum": "1.20",
        "id": str(values["id"]),
        "role": "rep",
        "who": cast.alice.pk,
        "tags": ["a", "b"],
    }


def test_only_the_longest_values_are_cut_and_named():
    plain = bounded({"note": "长" * 5000, "name": "王姐"})

    assert plain is not None
    assert plain["name"] == "王姐"
    assert plain[CUT] == ["note"]
    assert plain["note"].endswith("…")
    assert is_cut(plain)
    assert not is_cut({"name": "王姐"})
    assert bounded(None) is None


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=3000), lambda inner: st.lists(inner, max_size=5)
)


@given(st.dictionaries(st.text(max_size=300), values, max_size=300))
def test_no_entry_outgrows_its_bounds(given_values):
    plain = bounded(given_values)

    assert len(json.dumps(plain, ensure_ascii=False).encode(errors="surrogatepass")) <= LIMIT_BYTES


def test_only_what_differs_is_kept():
    assert changed({"a": 1, "b": 2}, {"a": 1, "b": 3, "c": 4}) == ({"b": 2, "c": None}, {"b": 3, "c": 4})
