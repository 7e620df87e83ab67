"""A backup made while everybody logs touches is one moment of the firm: nothing half, nothing from later."""

import json
import threading
import zipfile
from datetime import timedelta
from itertools import count
from time import sleep

import pytest

from tests.cast import MONDAY, call_the_cast
from tests.factories import make_customer
from tests.touches.making import draft
from wendu.backups.archive import Archive
from wendu.backups.restoring import verify
from wendu.backups.schema import applied_steps, tables_at
from wendu.backups.snapshot import frozen, sealed
from wendu.backups.writing import write_backup
from wendu.touches.actions import log_touch
from wendu.touches.models import Touch

pytestmark = pytest.mark.django_db(transaction=True)
REPS = 3
SECONDS = 60
BREATH = 0.01  # SQLite is unfair: writers who never pause starve each other


class Rep(threading.Thread):
    """Somebody who logs one touch after the other and notes each one that was acknowledged."""

    def __init__(self, customer, owner, stop):
        super().__init__()
        self.customer, self.owner, self.stop = customer, owner, stop
        self.acknowledged, self.failures = [], []
        self.went_on = threading.Condition()

    def run(self):
        from django.db import connection

        try:
            for number in count():
                if self.stop.is_set():
                    return
                at = MONDAY + timedelta(seconds=number)
                touch = log_touch(customer=self.customer, actor=self.owner, at=at, draft=draft())
                with self.went_on:
                    self.acknowledged.append(touch.pk)
                    self.went_on.notify_all()
                sleep(BREATH)
        except Exception as failure:  # noqa: BLE001  whatever happened is what the test looks at
            self.failures.append(failure)
        finally:
            connection.close()

    def wait_for_one_more(self):
        with self.went_on:
            seen = len(self.acknowledged)
            assert self.went_on.wait_for(lambda: len(self.acknowledged) > seen or self.failures, SECONDS)


def column(archive, table, name):
    place = archive.manifest.tables[table].columns.index(name)
    return [cells[place] for rows in archive.lines(table) for cells in rows]


def test_a_backup_under_write_load_is_one_moment_and_comes_back_the_same(scratch, tmp_path):
    cast, stop = call_the_cast(), threading.Event()
    reps = [Rep(make_customer(cast.alice, f"客户{number}"), cast.alice, stop) for number in range(REPS)]
    for rep in reps:
        rep.start()
    for rep in reps:
        rep.wait_for_one_more()
    before = {pk for rep in reps for pk in rep.acknowledged}

    def everybody_goes_on(table, _rows):
        if table in ("customers_customer", "journal_entry", "touches_touch"):
            for rep in reps:
                rep.wait_for_one_more()

    path = tmp_path / "backup.zip"
    try:
        manifest = write_backup(path, at=MONDAY, watch=everybody_goes_on)
    finally:
        stop.set()
        for rep in reps:
            rep.join()

    assert [rep.failures for rep in reps] == [[], [], []]
    with Archive(path) as archive:
        touches = set(column(archive, "touches_touch", "id"))
        logged = [
            subject
            for verb, subject in zip(
                column(archive, "journal_entry", "verb"), column(archive, "journal_entry", "subject_id"), strict=True
            )
            if verb == "touch.logged"
        ]
        verify(archive)
    assert before <= touches, "what was acknowledged before the backup began is in it"
    assert len(touches) < Touch.objects.count() - REPS, "the others went on meanwhile"
    assert sorted(logged) == sorted(touches), "a touch and its entry are there together or not at all"
    assert manifest.tables["touches_touch"].rows == len(touches)


def test_a_quiet_database_is_sealed_as_its_backup_is(tmp_path):
    cast = call_the_cast()
    log_touch(customer=make_customer(cast.alice), actor=cast.alice, at=MONDAY, draft=draft())
    manifest = write_backup(tmp_path / "backup.zip", at=MONDAY)

    with frozen() as connection:
        seals = {table.name: sealed(connection, table) for table in tables_at(connection, applied_steps(connection))}

    assert seals == manifest.tables
    assert manifest.tables["touches_touch"].rows == 1


def test_the_rows_are_json_anybody_can_read(tmp_path):
    cast = call_the_cast()
    make_customer(cast.alice, "砚湖轴承")
    write_backup(tmp_path / "backup.zip", at=MONDAY)

    with zipfile.ZipFile(tmp_path / "backup.zip") as bag:
        rows = [row for line in bag.read("tables/customers_customer.jsonl").splitlines() for row in json.loads(line)]

    assert any("砚湖轴承" in row for row in rows)
