"""A file through the pages: sent, understood, tried out, brought in, mended and taken back."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.exchange.hostile_books import book
from tests.imports.uploads import CUSTOMERS, brought_in, run_jobs, sent
from tests.web.counts import counted
from wendu.customers.models import Customer
from wendu.imports.models import ColumnTemplate, Import
from wendu.jobs.models import Job
from wendu.kernel.clock import now

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def upload(client, text=CUSTOMERS, kind="customers", name="客户.csv", **more):
    file = SimpleUploadedFile(name, text if isinstance(text, bytes) else text.encode())
    return client.post("/imports/", {"kind": kind, "file": file, **more})


def where() -> str:
    return f"/imports/{Import.objects.get().uuid}/"


def chosen(**given) -> dict[str, str]:
    columns = {"0": "name", "1": "contact", "2": "mobile", "3": "industry", "4": "city", "5": "owner", **given}
    return {"on_match": "update", **{f"column-{place}": name for place, name in columns.items()}}


def test_a_whole_file_by_hand(cast, enter):
    client = enter(cast.alice)
    answer = upload(client)
    assert answer["Location"] == where()

    page = client.get(where()).content.decode()
    assert "桐庐精工有限公司" in page
    assert page.count("selected") == 6  # every column was recognised
    assert client.post(f"{where()}columns/", chosen()).status_code == 302
    assert 'hx-trigger="load delay:1s"' in client.get(where()).content.decode()
    run_jobs()
    page = client.get(where()).content.decode()
    assert "全部行都试过了" in page
    assert "没有叫“没有这个人”的同事" in page
    assert not Customer.objects.exists()

    client.post(f"{where()}beginning/")
    run_jobs()
    page = client.get(where()).content.decode()
    assert "没导进来的行" in page
    assert Customer.objects.count() == 2
    rejects = client.get(f"{where()}rejects.csv")
    assert "没有这个人" in b"".join(rejects.streaming_content).decode()
    assert "attachment" in rejects["Content-Disposition"]

    client.post(f"{where()}undoing/")
    run_jobs()
    assert "已撤回" in client.get(where()).content.decode()
    assert not Customer.objects.visible_to(cast.ada).exists()


def test_files_in_other_encodings_are_read(cast, enter):
    client = enter(cast.alice)

    upload(client, CUSTOMERS.encode("gb18030"))

    assert "桐庐精工有限公司" in client.get(where()).content.decode()


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"text": b"\x00\x01\x02", "name": "a.csv"}, "UTF-8"),
        ({"text": "", "name": "a.csv"}, "空"),
        ({"text": "x", "name": "a.pdf"}, "CSV"),
        ({"text": "不是工作簿", "name": "a.xlsx"}, "xlsx"),
        ({"kind": "nonsense"}, "选一下"),
        ({"kind": "users"}, "选一下"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_in_words(cast, enter, sent, words):
    answer = upload(enter(cast.alice), **sent)

    assert answer.status_code == 422
    assert words in answer.content.decode().split("<main")[1]
    assert not Import.objects.exists()


def test_without_a_file_one_is_asked_for(cast, enter):
    answer = enter(cast.alice).post("/imports/", {"kind": "customers"})

    assert (answer.status_code, "选一个文件" in answer.content.decode()) == (422, True)


@pytest.mark.parametrize(
    ("columns", "words"), [({"1": "name"}, "有两列都对应"), ({"0": ""}, "客户名称"), ({"0": "nonsense"}, "客户名称")]
)
def test_columns_that_do_not_go_together_are_refused_and_stay_as_chosen(cast, enter, columns, words):
    client = enter(cast.alice)
    upload(client)

    answer = client.post(f"{where()}columns/", chosen(**columns))

    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert Import.objects.get().columns == {}


def test_work_under_way_can_be_stopped_and_goes_on(cast, enter):
    client = enter(cast.alice)
    upload(client)
    client.post(f"{where()}columns/", chosen())
    run_jobs()
    client.post(f"{where()}beginning/")

    client.post(f"{where()}stop/")
    assert not Job.objects.open().filter(kind__startswith="imports.").exists()
    assert "接着导" in client.get(where()).content.decode()
    client.post(f"{where()}resumption/")
    run_jobs()

    assert Import.objects.get().counts["created"] == 2


def test_nothing_that_is_not_there_can_be_stopped_resumed_or_taken_back(cast, enter):
    client = enter(cast.alice)
    upload(client)

    for step in ("stop", "resumption", "undoing", "beginning"):
        answer = client.post(f"{where()}{step}/")
        assert answer.status_code == 422, step
        assert 'role="alert"' in answer.content.decode()


def test_a_file_can_be_thrown_away(cast, enter):
    client = enter(cast.alice)
    upload(client)

    assert client.post(f"{where()}discarding/")["Location"] == "/imports/"
    assert not Import.objects.exists()


def test_an_empty_table_names_our_columns_and_comes_back_understood(cast, enter):
    client = enter(cast.alice)
    head = client.get("/imports/blank/?kind=customers").content.decode("utf-8-sig").strip()
    assert head.startswith("编号,客户名称")

    upload(client, head + "\n")

    assert client.get(where()).content.decode().count("selected") == len(head.split(","))
    assert client.get("/imports/blank/?kind=users").status_code == 404
    assert enter(cast.ada).get("/imports/blank/?kind=users").status_code == 200


def test_whoever_may_not_bring_anything_in_is_told_who_may(cast, enter):
    answer = enter(cast.eve).get("/imports/")

    assert answer.status_code == 403
    assert "导入文件" not in enter(cast.eve).get("/customers/").content.decode()
    assert "导入文件" in enter(cast.alice).get("/customers/").content.decode()


@pytest.mark.parametrize("files", [1, 4])
def test_query_counts_of_the_pages_do_not_grow_with_the_files(cast, enter, files):
    client = enter(cast.alice)
    for _ in range(files):
        row = sent(cast.alice, at=now())
    done = brought_in(cast.alice, at=now())

    for name, place in (
        ("imports", "/imports/"),
        ("import, columns", f"/imports/{row.uuid}/"),
        ("import, done", f"/imports/{done.uuid}/"),
    ):
        client.get(place)
        with counted(f"rep: {name}"):
            assert client.get(place).status_code == 200


def test_columns_are_kept_under_a_name_and_chosen_for_the_next_file(cast, enter):
    client = enter(cast.alice)
    upload(client, "厂子,老板手机\n甲公司,13800001111\n")
    client.post(f"{where()}columns/", {"on_match": "fill", "column-0": "name", "column-1": "mobile"})
    assert "存成模板" in client.get(where()).content.decode()
    client.post(f"{where()}template/", {"name": "工厂名录"})
    template = ColumnTemplate.objects.get()

    colleague = enter(cast.bob)
    assert "工厂名录" in colleague.get("/imports/").content.decode()
    upload(colleague, "老板手机,厂子\n13800002222,乙公司\n", template=str(template.uuid))
    page = colleague.get(f"/imports/{Import.objects.latest('pk').uuid}/").content.decode()

    assert "按模板“工厂名录”读的" in page
    assert page.count("selected") == 2
    assert colleague.post(f"/imports/templates/{template.uuid}/removal/").status_code == 403
    assert client.post(f"/imports/templates/{template.uuid}/removal/").status_code == 302
    assert not ColumnTemplate.objects.exists()


def test_a_template_without_a_name_is_asked_for_one(cast, enter):
    client = enter(cast.alice)
    upload(client)
    client.post(f"{where()}columns/", chosen())

    answer = client.post(f"{where()}template/", {"name": ""})

    assert (answer.status_code, "起个名字" in answer.content.decode()) == (422, True)


def test_another_sheet_of_a_workbook_is_chosen(cast, enter):
    client = enter(cast.alice)
    upload(client, book([["名称"], ["甲公司"]], [["客户名称", "市"], ["乙公司", "无锡"]]), name="a.xlsx")
    assert "读这张表" in client.get(where()).content.decode()

    client.post(f"{where()}sheet/", {"sheet": "Sheet2"})

    assert "乙公司" in client.get(where()).content.decode()
    assert client.post(f"{where()}sheet/", {"sheet": "X"}).status_code == 422
