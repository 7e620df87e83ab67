"""Opportunities through the web door."""

from datetime import timedelta

import pytest

from tests.factories import lose
from tests.web.one_customer import HTMX, alice, story, today
from wendu.kernel.clock import now
from wendu.opportunities.choices import NoDealCause
from wendu.opportunities.models import Closure, Diagnosis, Opportunity

__all__ = ["alice", "story"]
pytestmark = pytest.mark.django_db


def test_the_list_shows_open_deals_warmest_first_and_filters(alice, story):
    for query in ("", "?sort=amount", "?state=won", "?state=lost", "?state=paused", "?state=all", "?from=x&owner=y"):
        assert alice.get(f"/opportunities/{query}").status_code == 200

    assert "空压站节能改造" in alice.get("/opportunities/").content.decode()
    assert "空压站节能改造" in alice.get(f"/opportunities/?owner={story.cast.alice.uuid}").content.decode()
    assert "空压站节能改造" not in alice.get(f"/opportunities/?owner={story.cast.bob.uuid}").content.decode()
    assert "空压站节能改造" not in alice.get("/opportunities/?state=won").content.decode()


def test_the_page_shows_stage_heat_people_and_touches(alice, story):
    page = alice.get(story.deal_url)
    text = page.content.decode()

    assert page.status_code == 200
    for words in ("空压站节能改造", "顾明舒", "空压机", "桐溪注塑"):
        assert words in text
    assert page.context["page"].row.heat > 0


def test_a_deal_is_opened_and_corrected(alice, story):
    url = f"/opportunities/new/?customer={story.customer.uuid}"
    assert alice.get(url, **HTMX).status_code == 200
    assert alice.post(url, {"title": "备件年包", "amount": "很多"}).status_code == 422

    alice.post(url, {"title": "备件年包", "amount": "12万", "opened_on": today().isoformat()})
    deal = Opportunity.objects.get(title="备件年包")
    alice.post(
        f"/opportunities/{deal.uuid}/details/",
        {"title": "备件两年包", "amount": "240000", "opened_on": today().isoformat()},
    )
    deal.refresh_from_db()

    assert (deal.title, deal.amount_minor) == ("备件两年包", 24_000_000)


def test_stages_move_one_on_and_back_with_a_reason(alice, story):
    url = story.deal_url + "stage/"
    alice.post(url, {"to_stage": "ST2", "reason": "他当面答应了"})
    skipped = alice.post(url, {"to_stage": "ST4"})
    back = alice.post(url, {"to_stage": "ST1", "reason": ""})
    story.deal.refresh_from_db()

    assert (story.deal.stage, skipped.status_code, back.status_code) == ("ST2", 422, 422)

    alice.post(url, {"to_stage": "ST1", "reason": "换了负责人"})
    story.deal.refresh_from_db()
    assert story.deal.stage == "ST1"


def test_a_deal_is_won_taken_back_paused_and_resumed(alice, story):
    signed = {"closed_on": today().isoformat()}
    assert "为什么还是签下来了" in alice.post(story.deal_url + "closure/", signed).content.decode()
    assert not Closure.objects.exists()
    alice.post(story.deal_url + "closure/", {**signed, "note": "老板当场签了"})
    assert Closure.objects.get().outcome == "won"
    alice.post(story.deal_url + "closure/withdrawal/")
    assert not Closure.objects.exists()
    course = alice.get(story.deal_url).content.decode()
    assert "· 赢单</li>" in course
    assert "· 撤销</li>" in course

    alice.post(story.deal_url + "pause/", {"reason": "等预算", "wake_on": (today() + timedelta(days=9)).isoformat()})
    assert alice.get(story.deal_url).context["page"].card.state == "paused"
    url = story.deal_url + "resumption/"
    assert "项中已有" in alice.get(url, **HTMX).content.decode()
    assert alice.post(url, {"to_stage": "ST2"}, **HTMX).status_code == 422
    alice.post(url, {"to_stage": "ST2", "reason": "预算批了"})
    assert alice.get(story.deal_url).context["page"].card.state == "open"


def test_a_loss_needs_a_reason_and_asks_what_becomes_of_the_customer(alice, story):
    said = {"closed_on": today().isoformat(), "then": "nurture", "cause": "C2"}
    assert alice.post(story.deal_url + "loss/", said).status_code == 422

    answer = alice.post(story.deal_url + "loss/", {**said, "why": "他们怕我们跑了"})

    assert answer["Location"] == story.page_url + "rest/"
    assert alice.get(story.deal_url).context["page"].card.state == "lost"
    alice.post(story.deal_url + "reopening/", {"to_stage": "ST1"})
    assert alice.get(story.deal_url).context["page"].card.state == "open"


def test_a_lost_deal_is_reopened_at_the_stage_one_chooses_and_stands_there_on_the_board(alice, story):
    Opportunity.objects.filter(pk=story.deal.pk).update(stage="ST3")
    lose(story.deal, today(), at=now())
    url = story.deal_url + "reopening/"
    form = alice.get(url, **HTMX)
    assert form.context["form"]["to_stage"].value() == "ST2", "where it stood, but no later than presentation"
    assert "项中已有" in form.content.decode()

    for wrong, words in (
        ({"to_stage": "ST2"}, "还差"),
        ({"to_stage": "ST3", "reason": "都谈过了"}, "ST3"),
        ({"reason": "换了负责人"}, "必填"),
    ):
        answer = alice.post(url, wrong, **HTMX)
        assert answer.status_code == 422
        assert words in answer.content.decode()
    assert Closure.objects.get().reopened_on is None

    alice.post(url, {"to_stage": "ST2", "reason": "换了负责人"})
    story.deal.refresh_from_db()
    assert story.deal.stage == "ST2"
    page = alice.get(story.deal_url)
    assert page.context["page"].reopened_on == today()
    assert "重开" in page.content.decode()
    assert "换了负责人" in page.content.decode()
    assert "空压站节能改造" in alice.get("/opportunities/board/ST2/").content.decode()
    assert "空压站节能改造" not in alice.get("/opportunities/board/ST3/").content.decode()


def test_a_diagnosis_is_corrected_shown_with_its_history_and_taken_back(alice, story):
    said = {"closed_on": today().isoformat(), "then": "stay", "cause": "C2", "why": "他们怕我们跑了"}
    alice.post(story.deal_url + "loss/", said)
    url = story.deal_url + "diagnosis/"
    form = alice.get(url, **HTMX)
    assert form.context["form"]["cause"].value() == "C2"
    assert not form.context["form"]["why"].value(), "what spoke for one cause does not speak for another"
    for wrong in ({"cause": "C3", "why": ""}, {"cause": "C9", "why": "x"}, {"cause": "C2", "why": "他们怕我们跑了"}):
        assert alice.post(url, wrong, **HTMX).status_code == 422

    toast = alice.post(url, {"cause": "C3", "why": "后来说海川交得快"}, **HTMX)

    assert "diagnosis/withdrawal/" in toast.content.decode()
    text = alice.get(story.deal_url).content.decode()
    for words in (
        "更正诊断",
        "(他们怕我们跑了)",
        "后来说海川交得快",
        NoDealCause.NO_TRUST.label,
        NoDealCause.TOO_LITTLE.label,
    ):
        assert str(words) in text
    assert Diagnosis.objects.get().cause == "C3"

    alice.post(story.deal_url + "diagnosis/withdrawal/")
    assert Diagnosis.objects.get().cause == "C2"
    assert "撤回更正" in alice.get(story.deal_url).content.decode()
    assert alice.post(story.deal_url + "diagnosis/withdrawal/", **HTMX).status_code == 422


def test_people_get_their_part_in_the_decision(alice, story):
    url = story.deal_url + "influencers/"
    said = {"contact": story.she.pk, "role": "technical", "weight": "4", "stance": "1", "access": "direct"}
    assert alice.get(url, **HTMX).status_code == 200
    assert alice.post(url, {**said, "weight": "9"}).status_code == 422

    alice.post(url, said)
    part = story.deal.influencers.get(contact=story.she)
    alice.post(f"{url}{part.uuid}/", {**said, "stance": "2"})
    part.refresh_from_db()
    assert (part.weight, part.stance) == (4, 2)

    alice.post(f"{url}{part.uuid}/removal/")
    assert not story.deal.influencers.filter(contact=story.she).exists()


def test_a_deal_is_handed_over_deleted_and_restored(alice, story):
    alice.post(story.deal_url + "owner/", {"owner": story.cast.bob.pk})
    alice.post(story.deal_url + "deletion/")
    assert alice.get(story.deal_url).status_code == 404
    alice.post(story.deal_url + "restoration/")

    story.deal.refresh_from_db()
    assert (story.deal.owner, story.deal.deleted_at) == (story.cast.bob, None)


def test_an_outsider_finds_nothing(story, client):
    client.force_login(story.cast.charlie, backend="allauth.account.auth_backends.AuthenticationBackend")

    assert "空压站" not in client.get("/opportunities/?state=all").content.decode()
    for path in (
        "",
        "details/",
        "stage/",
        "closure/",
        "loss/",
        "reopening/",
        "diagnosis/",
        "pause/",
        "owner/",
        "influencers/",
    ):
        assert client.get(story.deal_url + path).status_code == 404
    assert client.get(f"/opportunities/new/?customer={story.customer.uuid}").status_code == 404


@pytest.mark.parametrize(("days", "is_marked"), [(-5, True), (0, False), (5, False)])
def test_an_expected_day_that_is_over_is_marked_in_the_list_and_on_the_page(alice, story, days, is_marked):
    Opportunity.objects.filter(pk=story.deal.pk).update(expected_on=today() + timedelta(days=days))

    for url in ("/opportunities/", story.deal_url):
        page = alice.get(url).content.decode()
        assert ("过期 5 天" in page and 'class="late overdue"' in page) is is_marked, url


def test_a_closed_deal_is_late_for_nothing(alice, story):
    Opportunity.objects.filter(pk=story.deal.pk).update(expected_on=today() - timedelta(days=5))
    alice.post(f"{story.deal_url}closure/", {"closed_on": today().isoformat(), "note": "老板当场签了"})

    assert "overdue" not in alice.get(story.deal_url).content.decode()
