"""The audit log: narrowed, page by page without gap or double, and taken away as a table."""

import csv
import io
from datetime import timedelta

import pytest

from tests.cast import MONDAY
from tests.factories import make_customer
from wendu.desk.audit_words import DEEDS, THINGS
from wendu.identity.actions import set_team
from wendu.journal.actions import entry_for
from wendu.journal.models import Entry
from wendu.kernel.events import declared

pytestmark = pytest.mark.django_db
PAGE = "/settings/audit/"


@pytest.fixture
def history(cast):
    """A hundred and twenty entries, many of them in the same moment."""
    rows = [
        entry_for(
            "customer.edited" if number % 3 else "customer.tagged",
            subject=("customer", number),
            actor=cast.alice if number % 2 else None,
            at=MONDAY + timedelta(days=number // 40),
            after={"city": f"=苏州{number}", "phone": "13812345678"},
        )
        for number in range(120)
    ]
    Entry.objects.bulk_create(rows)


def walked(client, url):
    found = []
    while url:
        page = client.get(url)
        found += page.context["lines"]
        url = page.context["next_url"]
    return found


def test_every_entry_is_met_once_page_by_page(cast, enter, history):
    lines = walked(enter(cast.ada), PAGE)

    assert len(lines) == Entry.objects.count()
    assert [line.at for line in lines] == sorted((line.at for line in lines), reverse=True)
    assert len({line.changes for line in lines if line.changes}) == 120


def test_it_is_narrowed_by_person_kind_deed_and_day(cast, enter, history):
    client = enter(cast.ada)
    second = (MONDAY + timedelta(days=1)).date().isoformat()

    assert len(walked(client, f"{PAGE}?person={cast.alice.uuid}")) == 60
    assert {line.actor for line in walked(client, f"{PAGE}?person=machine&kind=customer")} == {"温度自动"}
    assert len(walked(client, f"{PAGE}?verb=customer.tagged")) == 40
    assert len(walked(client, f"{PAGE}?since={second}&until={second}&kind=customer")) == 40
    assert walked(client, f"{PAGE}?kind=team&verb=customer.tagged") == []


def test_what_cannot_be_read_is_said_and_how_to_mend_it(cast, enter, history):
    client = enter(cast.ada)

    answer = client.get(f"{PAGE}?since=2026-02-31&verb=nonsense")
    turned = client.get(f"{PAGE}?since=2026-02-03&until=2026-02-01")

    assert answer.status_code == turned.status_code == 422
    assert "这天在开始那天之前" in turned.content.decode()
    assert client.get(f"{PAGE}?after=99999999").status_code == 200


def test_a_line_says_who_did_what_to_whom(cast, enter):
    customer = make_customer(cast.alice, name="桐溪注塑")
    set_team(user=cast.bob, team=cast.south, actor=cast.ada, at=MONDAY)

    text = enter(cast.ada).get(PAGE).content.decode()

    assert "同事 · 换团队" in text
    assert cast.bob.display_name in text
    assert f"/customers/{customer.uuid}/" in text


def test_numbers_stay_masked(cast, enter, history):
    client = enter(cast.ada)

    assert "13812345678" not in client.get(PAGE).content.decode()
    assert "13812345678" not in b"".join(client.post(f"{PAGE}export/").streaming_content).decode()


def test_the_table_holds_what_the_list_holds_no_formula_and_is_itself_written_down(cast, enter, history):
    answer = enter(cast.ada).post(f"{PAGE}export/?verb=customer.tagged")

    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    assert answer.streaming
    assert len(rows) == 1 + 40
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row)
    exported = Entry.objects.get(verb="journal.exported")
    assert (exported.actor, exported.after) == (cast.ada, {"verb": "customer.tagged"})


@pytest.mark.parametrize("who", ["alice", "mona", "charlie", "eve", "mia", "sam"])
def test_for_everybody_else_there_is_none(cast, enter, history, who):
    client = enter(getattr(cast, who))

    assert client.get(PAGE).status_code == 404
    assert client.post(f"{PAGE}export/").status_code == 404


def test_everything_that_can_happen_has_words():
    for verb, module in declared().items():
        thing, _, deed = verb.partition(".")
        if module.startswith("wendu."):
            assert (thing in THINGS, deed in DEEDS) == (True, True), verb


def test_amounts_are_money_and_what_was_overruled_is_said_in_words(cast, enter):
    customer = make_customer(cast.alice, name="桐溪注塑")
    told = {"revenue_minor": 1_680_000, "currency": "CNY"}
    points = {"code": "gate.ST1", "value": ["key_needs", "explicit_need"], "reason": "换了采购负责人"}
    rows = [
        entry_for("order.written", subject=("order", 1), root=customer, actor=cast.alice, at=MONDAY, after=told),
        entry_for("override.set", subject=("opportunity", 1), root=customer, actor=cast.alice, at=MONDAY, after=points),
    ]
    Entry.objects.bulk_create(rows)

    text = enter(cast.ada).get(PAGE).content.decode()

    assert "¥16,800" in text
    assert "关键人的需要都已确认" in text
    assert "****" not in text


def test_what_stayed_as_it_was_is_no_change(cast, enter):
    customer = make_customer(cast.alice, name="桐溪注塑")
    before, after = {"cause": "C4", "found": "unknown"}, {"cause": "C2", "found": "unknown"}
    verb, subject = "opportunity.diagnosis_corrected", ("opportunity", 1)
    entry = entry_for(verb, subject=subject, root=customer, actor=cast.alice, at=MONDAY, before=before, after=after)
    Entry.objects.bulk_create([entry])

    line = next(each for each in enter(cast.ada).get(PAGE).context["lines"] if each.verb == verb)

    assert len(line.changes) == 1
