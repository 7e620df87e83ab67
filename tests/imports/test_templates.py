"""Columns kept under a name for the whole firm, another sheet of a workbook, and what the journal says of all that."""

import pytest

from tests.cast import MONDAY
from tests.exchange.hostile_books import book
from tests.imports.uploads import sent, understood
from wendu.exchange.errors import NoSuchSheet
from wendu.imports.actions import (
    AlreadyBegun,
    NotUnderstood,
    OtherKind,
    begin_import,
    choose_sheet,
    discard,
    guessed,
    keep_file,
    understand,
)
from wendu.imports.models import ColumnTemplate, Import
from wendu.imports.queries import templates_for
from wendu.imports.templates import NameMissing, NameTaken, remove_template, save_template
from wendu.journal.models import Entry
from wendu.kernel.errors import Denied

pytestmark = pytest.mark.django_db
FOREIGN = "厂子,老板手机,闲话\n甲公司,13800001111,x\n"
TWO_SHEETS = [["名称"], ["甲公司"]], [["客户名称", "市"], ["乙公司", "无锡"]]


def kept(cast, name="工厂名录"):
    row = sent(cast.alice, FOREIGN)
    understand(row=row, columns={0: "name", 1: "mobile"}, on_match="fill", actor=cast.alice, at=MONDAY)
    return save_template(row=row, name=name, actor=cast.alice, at=MONDAY)


def of_workbook(cast):
    return keep_file(kind="customers", name="a.xlsx", chunks=[book(*TWO_SHEETS)], actor=cast.alice, at=MONDAY)


def verbs():
    return list(Entry.objects.order_by("pk").values_list("verb", flat=True))


def test_a_template_reads_the_next_file_of_a_colleague(cast):
    template = kept(cast)
    text = FOREIGN.replace("厂子,老板手机", "老板手机,厂子")

    row = keep_file(
        kind="customers", name="b.csv", chunks=[text.encode()], actor=cast.bob, at=MONDAY, template=template
    )

    assert guessed(row) == {"0": "mobile", "1": "name"}
    assert row.on_match == "fill"


def test_everybody_who_brings_files_in_sees_all_templates_of_their_kinds(cast):
    template = kept(cast)

    seeing = {user.username for user in cast.everyone if template in templates_for(user)}
    assert seeing == {user.username for user in cast.everyone} - {"eve"}


def test_a_template_is_for_its_kind_of_rows(cast):
    template = kept(cast)

    with pytest.raises(OtherKind):
        keep_file(kind="contacts", name="b.csv", chunks=[b"x"], actor=cast.bob, at=MONDAY, template=template)


def test_a_name_is_needed_and_somebody_elses_is_not_taken(cast):
    kept(cast)
    row = understood(cast.bob)

    with pytest.raises(NameTaken, match="林小雅"):
        save_template(row=row, name=" 工厂名录 ", actor=cast.bob, at=MONDAY)
    with pytest.raises(NameMissing):
        save_template(row=row, name=" ", actor=cast.bob, at=MONDAY)
    with pytest.raises(NotUnderstood):
        save_template(row=sent(cast.bob), name="空的", actor=cast.bob, at=MONDAY)
    with pytest.raises(Denied):
        save_template(row=row, name="别人的", actor=cast.alice, at=MONDAY)


def test_ones_own_template_is_replaced_and_the_journal_says_what_was(cast):
    kept(cast)
    save_template(row=understood(cast.alice), name="工厂名录", actor=cast.alice, at=MONDAY)

    entry = Entry.objects.filter(verb="template.saved").latest("pk")
    assert ColumnTemplate.objects.count() == 1
    assert entry.before["columns"] == {"厂子": "name", "老板手机": "mobile"}
    assert entry.after["columns"]["客户名称"] == "name"


def test_whoever_made_a_template_throws_it_away_and_files_stay(cast):
    template = kept(cast)
    row = keep_file(
        kind="customers", name="b.csv", chunks=[FOREIGN.encode()], actor=cast.bob, at=MONDAY, template=template
    )

    with pytest.raises(Denied):
        remove_template(template=template, actor=cast.bob, at=MONDAY)
    remove_template(template=template, actor=cast.alice, at=MONDAY)

    row.refresh_from_db()
    assert row.template is None
    assert verbs()[-1] == "template.removed"


def test_another_sheet_is_read_and_what_was_said_of_the_first_is_forgotten(cast):
    row = of_workbook(cast)
    assert (row.sheet, row.sheets, row.header) == ("Sheet1", ["Sheet1", "Sheet2"], ["名称"])
    understand(row=row, columns={0: "name"}, on_match="update", actor=cast.alice, at=MONDAY)

    choose_sheet(row=row, sheet="Sheet2", actor=cast.alice, at=MONDAY)

    row.refresh_from_db()
    assert (row.sheet, row.header, row.rows, row.columns) == ("Sheet2", ["客户名称", "市"], 1, {})
    with pytest.raises(NoSuchSheet):
        choose_sheet(row=row, sheet="Sheet9", actor=cast.alice, at=MONDAY)
    with pytest.raises(Denied):
        choose_sheet(row=row, sheet="Sheet1", actor=cast.bob, at=MONDAY)


def test_a_sheet_is_settled_once_the_file_has_begun(cast):
    row = of_workbook(cast)
    understand(row=row, columns={0: "name"}, on_match="update", actor=cast.alice, at=MONDAY)
    begin_import(row=row, actor=cast.alice, at=MONDAY)

    with pytest.raises(AlreadyBegun):
        choose_sheet(row=row, sheet="Sheet2", actor=cast.alice, at=MONDAY)


def test_the_journal_tells_how_a_file_came_and_went(cast):
    row = sent(cast.alice, FOREIGN)
    for _ in range(2):  # saying the same again is no news
        understand(row=row, columns={0: "name"}, on_match="update", actor=cast.alice, at=MONDAY)
    discard(row=row, actor=cast.alice, at=MONDAY)

    assert verbs() == ["import.uploaded", "import.understood", "import.discarded"]
    assert Entry.objects.get(verb="import.understood").after == {"columns": {"name": "厂子"}, "on_match": "update"}
    assert not Import.objects.exists()
