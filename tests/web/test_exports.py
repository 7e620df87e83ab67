"""Taking tables out through the pages: asked for, waited for, taken by who asked and by nobody else."""

import pytest

from tests.exports.written import run_jobs
from tests.factories import make_customer
from wendu.agenda.models import Notification
from wendu.exchange.reading import open_table
from wendu.exports.models import Export
from wendu.journal.models import Entry


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def firm(cast):
    make_customer(cast.alice, "桐庐精工", city="杭州")
    make_customer(cast.alice, "惠山铸造", city="无锡")
    return cast


def ask(client, **said):
    answer = client.post("/exports/", {"kind": "customers", "ending": "csv", **said})
    run_jobs()
    return answer


def test_the_list_leads_to_its_own_table(firm, enter):
    client = enter(firm.alice)
    page = client.get("/customers/?f=city.in:杭州").content.decode()
    link = page.split('href="/exports/?')[1].split('"')[0].replace("&amp;", "&")
    form = client.get(f"/exports/?{link}").content.decode()
    query = form.split('name="list" value="')[1].split('"')[0].replace("&amp;", "&")
    assert "杭州" in form.split('class="sec">')[1].split("<")[0]

    answer = ask(client, list=query, columns="shown")

    row = Export.objects.get()
    assert (answer["Location"], row.rows) == (f"/exports/{row.uuid}/", 1)


def test_who_asked_takes_the_file_and_it_is_written_down(firm, enter, tmp_path):
    client = enter(firm.alice)
    where = ask(client)["Location"]
    assert "下载" in client.get(where).content.decode()

    answer = client.post(f"{where}file/")
    assert Entry.objects.filter(verb="export.taken", actor=firm.alice).count() == 1
    path = tmp_path / "taken.csv"
    path.write_bytes(b"".join(answer.streaming_content))
    answer.close()

    assert "attachment" in answer["Content-Disposition"]
    assert open_table(path).count == 2


def test_nobody_else_knows_of_it_not_even_an_administrator(firm, enter):
    where = ask(enter(firm.alice))["Location"]

    for who in (firm.bob, firm.charlie, firm.mona, firm.ada):
        client = enter(who)
        assert client.get(where).status_code == 404
        assert client.post(f"{where}file/").status_code == 404
        assert where not in client.get("/exports/").content.decode()


def test_the_bell_leads_to_it(firm, enter):
    client = enter(firm.alice)
    where = ask(client)["Location"]
    note = Notification.objects.get(user=firm.alice)

    assert "可以下载" in client.get("/notifications/").content.decode()
    assert client.post(f"/notifications/{note.uuid}/reading/")["Location"] == where


def test_the_same_form_sent_twice_asks_once(firm, enter):
    client = enter(firm.alice)
    first = ask(client, form_key="k1")
    second = ask(client, form_key="k1")

    assert first["Location"] == second["Location"]
    assert Export.objects.count() == 1


def test_what_is_no_list_says_why_nothing_came_of_it(firm, enter):
    client = enter(firm.alice)
    where = ask(client, list="f=nothing.at:all")["Location"]

    page = client.get(where)
    assert Export.objects.get().problem in page.content.decode()
    assert client.post(f"{where}file/").status_code == 422


@pytest.mark.parametrize("odd", ["\x00", "x" * 9000, "f=%00", "😀" * 500])
def test_whatever_is_sent_is_borne(firm, enter, odd):
    answer = enter(firm.alice).post("/exports/", {"kind": odd, "list": odd, "columns": odd, "ending": odd})

    assert answer.status_code == 302


def test_a_file_thrown_away_is_gone(firm, enter, django_capture_on_commit_callbacks):
    client = enter(firm.alice)
    where = ask(client)["Location"]
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(f"{where}discarding/").status_code == 302

    assert client.post(f"{where}file/").status_code == 422
    assert not Export.objects.get().file.exists()


def test_the_list_of_deals_goes_out_as_it_is_narrowed(firm, enter):
    page = enter(firm.alice).get("/opportunities/?state=won&sort=amount").content.decode()

    assert "/exports/?kind=opportunities&amp;list=state%3Dwon%26sort%3Damount%26owner%3D" in page
