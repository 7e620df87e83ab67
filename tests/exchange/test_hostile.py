"""Every file of the corpus: taken row by row or refused whole, quickly, and nothing of it gets lost or garbled."""

from collections.abc import Iterator
from pathlib import Path
from resource import RUSAGE_SELF, getrusage
from time import process_time

import pytest

from tests.cast import organisation
from tests.exchange.bringing import bring, reasons, table
from tests.exchange.hostile import ENCODINGS, TABLES, Hostile
from tests.exchange.hostile_books import BOOKS
from tests.web.shared import set_up_once, taken_back
from wendu.customers.models import Contact, Customer
from wendu.exchange.errors import FileRefused

CORPUS = [*ENCODINGS, *TABLES, *BOOKS]
SECONDS, MEGABYTES = 2.0, 200
MODELS = {"customers": Customer, "contacts": Contact}


def test_the_corpus_is_large_enough():
    assert len(CORPUS) >= 60
    assert len({each.says for each in CORPUS}) == len(CORPUS)


@pytest.fixture(scope="module")
def firm(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[None]:
    """One firm for all files: what each brings in is taken back at its end."""
    with set_up_once(django_db_blocker):
        organisation()
        bring(table(tmp_path_factory.mktemp("known"), "客户名称\n老客户有限公司\n"), "customers")
        yield


@pytest.mark.usefixtures("firm")
@pytest.mark.parametrize("file", CORPUS, ids=lambda each: each.says)
def test_every_row_of_a_hostile_file_has_its_fate(tmp_path: Path, file: Hostile):
    path = tmp_path / file.name
    path.write_bytes(file.bytes())

    before, began = getrusage(RUSAGE_SELF).ru_maxrss, process_time()
    if file.refused:
        with pytest.raises(FileRefused) as refused:
            bring(path, file.kind, sheet=file.sheet)
        assert refused.value.code == file.refused
        assert refused.value.text()
    else:
        with taken_back():
            _is_taken(file, path)
    assert process_time() - began < SECONDS
    assert getrusage(RUSAGE_SELF).ru_maxrss - before < MEGABYTES << 10


def _is_taken(file: Hostile, path: Path) -> None:
    report = bring(path, file.kind, sheet=file.sheet)

    found = MODELS[file.kind].objects.exclude(name="老客户有限公司")
    assert set(found.values_list("name", flat=True)) == file.names
    assert reasons(report) == list(file.rejected)
    assert report.created == len(file.names)
    rows = len(file.names) + len({row for row, _, _ in file.rejected})
    assert report.accepted + report.rejected == report.rows == rows
    assert all(rejection.message for rejection in report.rejections())
    for name, value in file.also:
        assert set(found.values_list(name, flat=True)) == {value}
