"""The whole account through the pages: for an administrator who gave the password again, and for a day."""

import json
import zipfile
from datetime import timedelta
from io import BytesIO

import pytest

from tests.cast import MONDAY
from tests.exports.written import run_jobs
from wendu.exports.actions import FileGone, ask_for_account, forget_exports, take_file
from wendu.exports.models import Export
from wendu.journal.models import Entry
from wendu.kernel.errors import Denied

PAGE, ASKING, AGAIN = "/settings/account/", "/settings/account/archive/", "/accounts/reauthenticate/"
PASSWORD = "Kmf7-stretch"


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def ada(cast):
    cast.ada.set_password(PASSWORD)
    cast.ada.save()
    return cast.ada


def asked(ada):
    row = ask_for_account(actor=ada, at=MONDAY)
    run_jobs()
    row.refresh_from_db()
    return row


def test_the_password_is_asked_for_before_the_archive_is_written(ada, enter):
    client = enter(ada)

    answer = client.post(ASKING, {"form_key": "k1"})

    assert answer["Location"].startswith(AGAIN)
    assert not Export.objects.exists()
    wrong = client.post(answer["Location"], {"password": "wrong", "next": ASKING})
    assert (wrong.status_code, Export.objects.count()) == (200, 0)

    client.post(answer["Location"], {"password": PASSWORD, "next": ASKING})

    run_jobs()
    row = Export.objects.get()
    assert (row.kind, row.ending, row.actor, row.problem) == ("account", "zip", ada, "")
    told = Entry.objects.filter(verb__in=["export.asked", "account.taken"]).order_by("pk")
    taken = list(told.values_list("verb", "actor"))
    assert taken == [("export.asked", ada.pk), ("account.taken", ada.pk)]
    page = client.get(PAGE).content.decode()
    assert f"/exports/{row.uuid}/file/" in page


def test_the_archive_is_given_only_after_the_password(ada, enter):
    client, where = enter(ada), f"/exports/{asked(ada).uuid}/file/"
    Export.objects.update(asked_at=Export.objects.get().done_at)

    answer = client.post(where)
    assert answer["Location"].startswith(AGAIN)
    given = client.post(answer["Location"], {"password": PASSWORD, "next": where})

    assert Entry.objects.filter(verb="export.taken", actor=ada).count() == 1
    archive = zipfile.ZipFile(BytesIO(b"".join(given.streaming_content)))
    given.close()
    assert "customers_customer" in json.loads(archive.read("manifest.json"))["tables"]


@pytest.mark.parametrize("who", ["alice", "mona", "eve", "sam"])
def test_for_everybody_else_there_is_no_such_page(cast, enter, who):
    client = enter(getattr(cast, who))

    assert client.get(PAGE).status_code == 404
    assert client.post(ASKING).status_code == 404
    with pytest.raises(Denied):
        ask_for_account(actor=getattr(cast, who), at=MONDAY)


def test_it_is_there_for_a_day_and_not_for_who_is_no_administrator_any_more(ada, cast):
    row = asked(ada)

    assert take_file(row=row, actor=ada, at=MONDAY + timedelta(hours=23)).is_file()
    with pytest.raises(FileGone):
        take_file(row=row, actor=ada, at=MONDAY + timedelta(hours=24))
    with pytest.raises(Denied):
        take_file(row=row, actor=cast.nora, at=MONDAY)
    ada.role = "manager"
    ada.save()
    with pytest.raises(Denied):
        take_file(row=row, actor=ada, at=MONDAY)

    assert forget_exports(at=MONDAY + timedelta(hours=24)) == 1
    assert not row.file.exists()


def test_the_list_of_tables_offers_no_account(ada, enter):
    client = enter(ada)

    client.post("/exports/", {"kind": "account", "ending": "zip"})

    assert (Export.objects.get().kind, Export.objects.get().ending) == ("customers", "xlsx")
