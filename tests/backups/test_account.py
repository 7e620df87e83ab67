"""A whole account: taken out in an open format, without secrets, and the same in whichever empty house it comes to."""

import json
import zipfile
from datetime import date
from pathlib import Path

import pytest
from django.db import connection

from tests.backups.houses import House, a_house
from tests.cast import MONDAY, call_the_cast
from tests.factories import make_contact, make_customer, make_opportunity, win
from tests.factories.quotes import make_quote
from tests.touches.making import draft
from wendu.backups.account.bringing import AccountArchive, bring_account
from wendu.backups.account.manifest import AccountManifest
from wendu.backups.account.tables import LEFT_OUT, SECRET, account_tables
from wendu.backups.actions import take_account
from wendu.backups.archive import Archive
from wendu.backups.errors import BackupDamaged, HouseNotEmpty, NotABackup, NotAnAccount
from wendu.backups.writing import write_backup
from wendu.customers.actions import (
    define_field,
    delete_customer,
    set_contact_values,
    set_custom_value,
    tag_customer,
)
from wendu.customers.choices import FieldAbout, FieldType
from wendu.journal.models import Entry
from wendu.kernel.errors import Denied
from wendu.opportunities.actions import set_deal_values
from wendu.quotes.actions import answer_quote, send_quote, take_line_back
from wendu.quotes.facts import content_of
from wendu.quotes.queries import lines_by_quote
from wendu.touches.actions import log_touch

pytestmark = pytest.mark.django_db(transaction=True)
HASH = "pbkdf2_sha256$1$salt$hash-of-a-password"
REFUSED = 2
OF_THE_JOURNEY = {"journal_entry"}  # the house notes that an account came in


def quoted_thrice(deal):
    """A quote refused by the customer, the next one taken, and one more on the desk: three versions of one deal."""
    for price, answer in ((3_000, False), (2_500, True), (2_400, None)):
        quote = make_quote(deal, ("空压机 =1+1", price), ("附件", 100), terms="款到\n发货")
        take_line_back(line=quote.lines.last(), actor=deal.owner, at=MONDAY)
        if answer is not None:
            paper = content_of(quote, lines_by_quote([quote])[quote.pk], "我们")
            send_quote(quote=quote, content=paper, actor=deal.owner, at=MONDAY)
            answer_quote(quote=quote, accepted=answer, reason="" if answer else "贵了", actor=deal.owner, at=MONDAY)


@pytest.fixture
def firm(transactional_db, tmp_path, settings):
    """Customers with everything about them, one in the recycle bin, odd texts, and secrets that must not leave."""
    settings.MEDIA_ROOT = tmp_path / "uploads"
    cast = call_the_cast()
    cast.alice.password = HASH
    cast.alice.save()
    fleet = define_field(
        code="fleet", label_zh="车队", label_en="Fleet", type=FieldType.NUMBER, actor=cast.ada, at=MONDAY
    )
    remark, since = (
        define_field(about=about, code="fleet", label_zh="话", label_en="Words", type=kind, actor=cast.ada, at=MONDAY)
        for about, kind in ((FieldAbout.CONTACT, FieldType.TEXT), (FieldAbout.OPPORTUNITY, FieldType.DATE))
    )
    for number, name in enumerate(("砚湖轴承", "=1+1", "'@x\u2028行", "𠮷野家")):
        customer = make_customer(cast.alice, name, note='多行\n"引号"\t,')
        set_custom_value(customer=customer, field=fleet, value=number, actor=cast.alice, at=MONDAY)
        left_on = date(2026, 1, 5) if number else None
        contact = make_contact(customer, points=[("mobile", "13812345678")], left_on=left_on)
        set_contact_values(contact=contact, values={remark: "=1+1 '"}, actor=cast.alice, at=MONDAY)
        tag_customer(customer=customer, name="样板", actor=cast.alice, at=MONDAY)
        log_touch(customer=customer, actor=cast.alice, at=MONDAY, draft=draft())
    deal = make_opportunity(customer, amount_minor=100)
    set_deal_values(opportunity=deal, values={since: "2026-03-31"}, actor=cast.alice, at=MONDAY)
    quoted_thrice(make_opportunity(customer, "二期"))
    win(deal)
    delete_customer(customer=make_customer(cast.alice, "回收站里的"), actor=cast.alice, at=MONDAY)
    make_customer(cast.alice, "彻底删掉的").delete()
    return cast


@pytest.fixture
def archive(firm, tmp_path) -> Path:
    path = tmp_path / "account.zip"
    take_account(path=path, actor=firm.ada, at=MONDAY)
    return path


def sealed(path: Path) -> dict:
    with AccountArchive(path) as account:
        return {name: seal.sha256 for name, seal in account.manifest.tables.items() if name not in OF_THE_JOURNEY}


def moved(path: Path, house: House, name: str) -> Path:
    """Bring an account into a house and take it out there again."""
    came = house.run("import", str(path), "--all")
    assert came.returncode == 0, came.stderr + came.stdout
    again = path.with_name(name)
    went = house.run("export", str(again), "--all")
    assert went.returncode == 0, went.stderr
    return again


def test_every_table_is_the_same_in_an_empty_house_on_either_database(archive, tmp_path):
    onto_sqlite = moved(archive, House(tmp_path / "sqlite", ""), "from-sqlite.zip")

    assert sealed(onto_sqlite) == sealed(archive)
    if connection.vendor == "postgresql":
        with a_house(tmp_path / "house", "account") as house:
            assert sealed(moved(onto_sqlite, house, "from-postgresql.zip")) == sealed(archive)


def told(path: Path, table: str) -> list[dict]:
    with AccountArchive(path) as account:
        return list(account.objects(table))


def test_past_versions_of_a_quote_come_back_line_by_line_and_as_they_were_sent(archive, tmp_path):
    house = House(tmp_path / "house", "")
    again = moved(archive, house, "again.zip")

    came, went = sealed(again), sealed(archive)
    tables = [name for name in went if name.startswith("quotes_")]
    quotes, sent = told(again, "quotes_quote"), told(again, "quotes_quotesnapshot")
    assert {"quotes_quote", "quotes_quoteline", "quotes_quotesnapshot", "quotes_quotemove"} <= set(tables)
    assert {name: came[name] for name in tables} == {name: went[name] for name in tables}
    assert [(each["version"], each["state"]) for each in quotes] == [(1, "declined"), (2, "accepted"), (3, "draft")]
    assert [[line["unit_minor"] for line in each["content"]["lines"]] for each in sent] == [[3_000], [3_000, 2_500]]
    assert sum("removed_at" in line for line in told(again, "quotes_quoteline")) == len(quotes)
    assert {move["reason"] for move in told(again, "quotes_quotemove") if move["to_state"] == "declined"} == {"贵了"}
    (deal,) = {each["opportunity_id"] for each in quotes}
    (uuid,) = [each["uuid"] for each in told(again, "opportunities_opportunity") if each["id"] == deal]
    room, first = house.read_as("alice", f"/opportunities/{uuid}/", f"/quotes/{quotes[0]['uuid']}/").split("\n200 ")
    assert all(f">V{number}</a>" in room for number in (1, 2, 3))
    assert "¥30" in first
    assert "贵了" in first


def test_it_comes_in_once_and_people_are_found_and_choose_a_password(archive, tmp_path):
    house = House(tmp_path / "house", "")
    first = house.run("import", str(archive), "--all")
    second = house.run("import", str(archive), "--all")

    assert (first.returncode, second.returncode) == (0, REFUSED), first.stderr
    assert "alice" in house.run("user", "list").stdout
    assert "empty" in second.stderr


def test_no_secret_is_in_it(archive):
    with zipfile.ZipFile(archive) as bag:
        whole = b"".join(bag.read(name) for name in bag.namelist())
        tables = {Path(name).stem for name in bag.namelist()}

    assert HASH.encode() not in whole
    assert not tables & set(LEFT_OUT)
    assert b'"password"' not in whole


def test_a_column_that_sounds_like_a_secret_is_left_out_on_purpose():
    kept = {"key", "title_key", "name_key", "cool_key"}
    sounds = ("password", "secret", "token", "hash", "key", "login")

    found = {
        (rows.name, column)
        for rows in account_tables()
        for column in rows.columns
        if any(word in column for word in sounds) and column not in kept
    }

    assert found == set()
    assert {table for table, _ in SECRET} <= {rows.name for rows in account_tables()}


def test_each_line_is_one_row_any_program_reads(archive):
    with zipfile.ZipFile(archive) as bag:
        manifest = AccountManifest.model_validate_json(bag.read("manifest.json"))
        rows = [json.loads(line) for line in bag.read("tables/customers_customer.jsonl").decode().split("\n") if line]

    columns = {note.name: note for note in manifest.tables["customers_customer"].columns}
    assert {row["name"]: row["custom"] for row in rows}["=1+1"] == {"fleet": 1}
    assert set().union(*rows) <= set(columns)
    assert columns["owner_id"].points_to == "identity_user"
    assert len(rows) == manifest.tables["customers_customer"].rows
    assert set(manifest.left_out) >= set(LEFT_OUT)


def test_only_an_administrator_takes_it_and_that_is_written_down(firm, tmp_path):
    for who in (firm.alice, firm.mona, firm.eve, firm.mia):
        with pytest.raises(Denied):
            take_account(path=tmp_path / "no.zip", actor=who, at=MONDAY)
    assert not (tmp_path / "no.zip").exists()

    take_account(path=tmp_path / "yes.zip", actor=firm.ada, at=MONDAY)
    assert Entry.objects.get(verb="account.taken").actor == firm.ada


def test_a_house_that_is_not_empty_and_files_that_are_no_account_are_refused(firm, archive, tmp_path):
    with pytest.raises(HouseNotEmpty):
        bring_account(archive, at=MONDAY)
    write_backup(tmp_path / "backup.zip", at=MONDAY)
    with pytest.raises(NotAnAccount):
        bring_account(tmp_path / "backup.zip", at=MONDAY)
    with pytest.raises(NotABackup):
        Archive(archive)


def test_one_that_was_altered_is_refused_with_the_part(archive, tmp_path):
    altered = tmp_path / "altered.zip"
    with zipfile.ZipFile(archive) as old, zipfile.ZipFile(altered, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace("砚湖".encode(), "砚海".encode()))
        new.comment = old.comment

    with pytest.raises(BackupDamaged, match="customers"), AccountArchive(altered) as account:
        account.check()


def rewritten(archive: Path, target: Path, change) -> Path:
    """The same account as another version would have written it."""
    from wendu.backups.account.writing import ENCODE, MARK
    from wendu.backups.archive import new_archive

    with AccountArchive(archive) as account, new_archive(target) as new:
        told, seals = account.manifest.model_dump(), {}
        for name, seal in told["tables"].items():
            rows = [dict(row) for row in account.objects(name)]
            change(name, seal, rows)
            lines = [ENCODE(row).encode() + b"\n" for row in rows]
            seals[name] = {**seal, **new.add(f"tables/{name}.jsonl", lines).model_dump()}
        new.close(AccountManifest.model_validate({**told, "tables": seals}), mark=MARK)
    return target


def test_an_earlier_version_that_knew_less_comes_in(archive, tmp_path):
    def earlier(name, seal, rows):
        if name == "customers_customfield":  # before people and deals had any
            seal["columns"] = [note for note in seal["columns"] if note["name"] != "about"]
            rows[:] = [row for row in rows if row.pop("about") == "customer"]
        if name == "customers_customer":
            seal["columns"] = [note for note in seal["columns"] if note["name"] not in ("tier", "custom", "headcount")]
            for row in rows:
                row.pop("tier"), row.pop("custom"), row.pop("headcount", None)

    old = rewritten(archive, tmp_path / "old.zip", earlier)
    again = moved(old, House(tmp_path / "house", ""), "again.zip")

    with AccountArchive(again) as account:
        rows = list(account.objects("customers_customer"))
    assert {(row["tier"], str(row["custom"]), "headcount" in row) for row in rows} == {("normal", "{}", False)}


def test_a_later_version_that_knew_more_is_refused_with_what_is_unknown(archive, tmp_path):
    def later(name, seal, rows):
        if name == "customers_tag":
            seal["columns"].append({"name": "colour", "kind": "text", "may_be_missing": True, "points_to": ""})

    refused = House(tmp_path / "house", "").run("import", str(rewritten(archive, tmp_path / "new.zip", later)), "--all")

    assert refused.returncode == REFUSED
    assert "customers_tag.colour" in refused.stderr
