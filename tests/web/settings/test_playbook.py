"""The playbook in the browser: copied, changed in forms, tried, published, compared and taken back."""

import re
from datetime import timedelta

import pytest

from tests.cast import MONDAY
from tests.coach.world import answers, touch
from tests.factories import make_customer
from wendu.coach.models import Preview, Standing
from wendu.identity import snapshot
from wendu.jobs.actions import cancel_job
from wendu.jobs.delivery import perform
from wendu.jobs.models import Job
from wendu.kernel.clock import now
from wendu.packs.models import Pack
from wendu.packs.queries import current_playbook
from wendu.playbooks import dump, parse, shipped
from wendu.touches.actions import answer_indicators

pytestmark = [pytest.mark.django_db, pytest.mark.once]
HOME = "/settings/playbook/"


def copied(client) -> str:
    client.post(f"{HOME}drafts/", {"base": "standard 1.0.0"})
    return f"{HOME}drafts/{Pack.objects.drafts().get().uuid}/"


def content():
    return Pack.objects.latest("pk").content


def sent(client, url) -> dict[str, str | list[str]]:
    """What a browser would send of this form untouched."""
    form = client.get(url).context
    rows = [row for sheet in form["sheets"] for row in sheet.rows]
    picks = [*form["picks"], *(row.pick for row in rows if row.pick)]
    texts = {cell.path: cell.text for row in rows for cell in row.cells}
    return {**texts, **{pick.path: pick.chosen for pick in picks if pick.chosen}}


def work() -> None:
    for job in Job.objects.open().filter(kind__startswith="coach."):
        perform(job.pk, heartbeat=False)


@pytest.mark.parametrize("form", ["names", "windows", "factors", "points", "cooling", "rhythm", "plan", "cards"])
def test_a_form_saved_untouched_changes_nothing(cast, enter, form):
    client = enter(cast.ada)
    url = f"{copied(client)}forms/{form}/"
    before = content()

    answer = client.post(url, sent(client, url))

    assert answer.status_code == 302
    assert content() == before
    assert Pack.objects.get().revision == 0


def test_every_play_saved_untouched_changes_nothing(cast, enter):
    client = enter(cast.ada)
    home, before = copied(client), content()

    for play in before["plays"][::9]:
        url = f"{home}plays/{play['key']}/"
        assert client.post(url, sent(client, url)).status_code == 302

    assert content() == before


def test_numbers_words_and_scripts_are_changed_in_forms(cast, enter):
    client = enter(cast.ada)
    home = copied(client)
    windows, cards, play = (f"{home}{where}/" for where in ("forms/windows", "forms/cards", "plays/strike"))

    client.post(
        windows, {**sent(client, windows), "window.classes.C.deadline_months": "６.5", "quadrant.high_from": "55"}
    )
    client.post(cards, {**sent(client, cards), "classes.A.methods.zh": "一\n二", "classes.A.methods.en": "One\nTwo\n"})
    client.post(play, {**sent(client, play), "plays[0].scripts[0].zh": "{contact}，就差签字了。"})

    written = parse(content())
    assert (written.window.classes["C"].deadline_months, written.quadrant.high_from) == (6.5, 55.0)
    assert [line.en for line in written.classes["A"].methods] == ["One", "Two"]
    assert written.plays[0].scripts[0].zh == "{contact}，就差签字了。"
    page = client.get(home).content.decode()
    assert "最晚，月" in page
    assert "改了 2 处" in page


@pytest.mark.parametrize(
    ("form", "path", "typed", "words"),
    [
        ("windows", "window.classes.A.deadline_months", "x", "填数字"),
        ("windows", "window.classes.A.deadline_months", "-3", "要大于 0"),
        ("windows", "window.classes.A.deadline_months", "inf", "填数字"),
        ("windows", "window.days_of_a_month", "2.5", "要写整数"),
        ("windows", "quadrant.high_from", "101", "不能大于 100"),
        ("plan", "plan.weights.heat", "99", "加起来要等于 100"),
        ("cards", "classes.A.motto.en", " ", "不能留空"),
        ("cards", "classes.A.methods.en", "only one", "一行对一行"),
        ("cards", "classes.A.motto.zh", "{nobody} 你好", "不认识占位词"),
    ],
)
def test_what_will_not_do_is_said_at_its_box_and_nothing_is_saved(cast, enter, form, path, typed, words):
    client = enter(cast.ada)
    url = f"{copied(client)}forms/{form}/"
    before = content()

    answer = client.post(url, {**sent(client, url), path: typed})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert words in page
    assert content() == before
    if form != "plan":
        assert re.search(r'aria-invalid="true" aria-describedby="cell-', page)


def hesitant(cast):
    customer = make_customer(cast.alice, name="桐溪注塑")
    touch(customer, cast.alice)
    answer_indicators(customer=customer, answers=answers(1, 1), actor=cast.alice, at=MONDAY)
    return customer


def lowered(client, home) -> None:
    url = f"{home}forms/windows/"
    client.post(url, {**sent(client, url), "quadrant.high_from": "40"})


def test_what_publishing_would_do_is_worked_out_told_listed_and_then_done(cast, enter):
    customer, client = hesitant(cast), enter(cast.ada)
    home = copied(client)
    lowered(client, home)

    client.post(f"{home}preview/")
    work()
    page = client.get(home).content.decode()
    listed = client.get(f"{home}effect/?aspect=class").content.decode()
    client.post(f"{home}publication/", {"note": "线放低", "seen": "1"})
    job = Job.objects.filter(kind="coach.recompute").first() or Job.objects.create(kind="coach.recompute")
    perform(job.pk, heartbeat=False)

    assert "1 个客户会从 D 变成 A" in page
    assert "1 个签约周期会变" in page
    assert f"/customers/{customer.uuid}/" in listed
    assert Standing.objects.get(pk=customer.pk).quadrant == "A"
    assert current_playbook().version == "1"


def test_m126_a_play_rewritten_and_published_is_what_today_says_of_that_class_alone(cast, enter, look):
    a, b = make_customer(cast.alice, name="甲类"), make_customer(cast.alice, name="乙类")
    for customer, willingness, days in ((a, 2, 3), (b, 0, 6)):
        touch(customer, cast.alice, MONDAY.date() - timedelta(days=days), answers=tuple(answers(willingness, 2)))
    client = enter(cast.ada)
    home = copied(client)
    url = f"{home}plays/routine_a/"
    before = look("/today/")
    place = next(path.removesuffix(".do.zh") for path in sent(client, url) if path.endswith(".do.zh"))

    client.post(url, {**sent(client, url), f"{place}.do.zh": "带上合同，当面签"})
    drafted = look("/today/")
    client.post(f"{home}publication/", {"note": "A 类只签字", "seen": "1"})
    snapshot.forget()

    assert "带上合同，当面签" not in before
    assert "带上合同，当面签" not in drafted
    assert look("/today/").count("带上合同，当面签") == 1
    assert [card.when.classes for card in current_playbook().plays if card.do.zh == "带上合同，当面签"] == [("A",)]


def test_a_preview_is_old_once_the_draft_is_written_on(cast, enter):
    hesitant(cast)
    client = enter(cast.ada)
    home = copied(client)
    client.post(f"{home}preview/")
    work()

    lowered(client, home)

    assert "之后草稿又改过" in client.get(home).content.decode()
    client.post(f"{home}preview/")
    assert Preview.objects.get().revision == 1


def test_versions_are_compared_and_taken_back(cast, enter):
    client = enter(cast.ada)
    home = copied(client)
    lowered(client, home)
    client.post(f"{home}publication/", {"note": "线放低", "seen": "1"})

    page = client.get(f"{HOME}versions/own 1/?than=standard 1.0.0")
    client.post(f"{HOME}versions/standard 1.0.0/return/", {"note": "不行"})

    assert [(each.before, each.after) for each in page.context["changes"]] == [("60", "40")]
    assert current_playbook().quadrant == shipped().quadrant
    assert "第 2 版" in client.get(HOME).content.decode()
    assert client.get(f"{HOME}versions/own 9/?than=own 1").status_code == 404


def test_two_people_at_one_draft_do_not_overwrite_each_other(cast, enter):
    client = enter(cast.ada)
    home = copied(client)
    url = f"{home}forms/windows/"
    first = {**sent(client, url), "seen": "0"}
    lowered(client, home)

    answer = client.post(url, {**first, "quadrant.high_from": "70"})

    assert answer.status_code == 409
    assert content()["quadrant"]["high_from"] == 40.0


def test_the_judging_is_shown_stopped_and_goes_on(cast, enter):
    hesitant(cast)
    client, job = enter(cast.ada), Job.objects.create(kind="coach.recompute", total=1)
    assert "等着开始" in client.get(HOME).content.decode()

    client.post(f"{HOME}jobs/{job.uuid}/stop/", {"back": HOME})
    assert "继续" in client.get(HOME).content.decode()
    client.post(f"{HOME}jobs/{job.uuid}/resumption/", {"back": "https://elsewhere.invalid/"})
    perform(job.pk, heartbeat=False)

    job.refresh_from_db()
    assert (job.state, job.result) == ("done", {"customers": 1})


def test_stopped_judging_goes_on_behind_the_last_customer(cast):
    first, second = hesitant(cast), hesitant(cast)
    job = Job.objects.create(kind="coach.recompute", cursor={"after": first.pk}, progress=1)
    Standing.objects.all().delete()

    perform(job.pk, heartbeat=False)

    assert list(Standing.objects.values_list("pk", flat=True)) == [second.pk]


def test_a_manager_writes_a_draft_and_an_executive_reads(cast, enter):
    manager, executive = enter(cast.mona), enter(cast.eve)
    home = copied(manager)
    lowered(manager, home)

    assert content()["quadrant"]["high_from"] == 40.0
    assert manager.post(f"{home}publication/", {"seen": "1"}).status_code == 403
    assert executive.get(f"{home}forms/windows/").status_code == 200
    assert executive.post(f"{home}forms/windows/", sent(executive, f"{home}forms/windows/")).status_code == 403
    assert executive.post(f"{home}preview/").status_code == 403


def test_a_draft_thrown_away_comes_back(cast, enter):
    client = enter(cast.ada)
    home = copied(client)

    client.post(f"{home}discarding/")
    assert client.get(home).status_code == 404
    client.post(f"{home}return/")

    assert client.get(home).status_code == 200
    assert dump(shipped())["quadrant"] == content()["quadrant"]
    cancel_job(job=Job.objects.create(kind="coach.recompute"), actor=cast.ada, at=now())


def published_meanwhile(client, form="windows", **values) -> None:
    client.post(f"{HOME}drafts/", {"base": "standard 1.0.0"})
    home = f"{HOME}drafts/{Pack.objects.drafts().latest('pk').uuid}/"
    client.post(f"{home}forms/{form}/", {**sent(client, f"{home}forms/{form}/"), **values})
    client.post(f"{home}publication/", {"note": "", "seen": Pack.objects.drafts().latest("pk").revision})


def test_an_overtaken_draft_says_so_and_is_brought_up_with_a_choice(cast, enter):
    client, line = enter(cast.ada), "quadrant.high_from"
    home, both = copied(client), "window.classes.C.deadline_months"
    windows = f"{home}forms/windows/"
    client.post(windows, {**sent(client, windows), line: "40"})
    published_meanwhile(client, **{line: "55", both: "6.5"})

    assert "已有新版本" in client.get(HOME).content.decode()
    page = client.get(home).content.decode()
    assert "又发布了第 1 版" in page
    assert f"{home}publication/" not in page
    refused = client.post(f"{home}publication/", {"note": "", "seen": 1})
    assert refused.status_code == 422
    rebase = client.get(f"{home}rebase/")
    assert [(each.ours, each.theirs) for each in rebase.context["choices"]] == [("40", "55")]
    (taken,) = rebase.context["taken"]
    assert (taken.place, taken.before, taken.after) == ("类别和周期 · 签约周期 · C · 最晚，月", "4.5", "6.5")

    unsaid = client.post(f"{home}rebase/", {"onto": "own 1", "seen": 1})
    assert (unsaid.status_code, "每处选一边" in unsaid.content.decode()) == (422, True)
    assert client.post(f"{home}rebase/", {"onto": "own 1", "seen": 1, f"at:{line}": "ours"}).status_code == 302
    assert client.post(f"{home}publication/", {"note": "", "seen": 2}).status_code == 302

    counting = current_playbook()
    assert (counting.quadrant.high_from, counting.window.classes["C"].deadline_months) == (40.0, 6.5)
