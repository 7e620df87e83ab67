"""The deal room as people use it: read the gate, write what was found out, move on."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import make_contact, make_influencer
from tests.factories.findings import make_finding
from tests.web.one_customer import HTMX, alice, story
from wendu.discovery.models import Criterion, Demand, Effect
from wendu.kernel.clock import now
from wendu.offers.models import BenefitCard, Concern, Interest, ValueMessage, Worth
from wendu.opportunities.choices import InfluencerRole
from wendu.readings.models import Override
from wendu.touches.actions import TouchDraft, log_touch

__all__ = ["alice", "story"]
pytestmark = pytest.mark.django_db


def room(story):
    return story.deal_url


def written(client, story, kind, **said):
    return client.post(f"{room(story)}findings/{kind}/", said, follow=True)


def test_the_page_says_which_gate_is_before_us_and_what_is_missing(story, alice):
    page = alice.get(room(story)).content.decode()

    assert "G1 还差什么" in page
    assert "有人明说要解决" in page
    assert "缺 4 项证据" in page
    assert "顾明舒" in page
    assert "需要已说出" in page


def test_it_reads_as_well_in_english(story, alice):
    page = alice.get(room(story), headers={"accept-language": "en"}).content.decode()

    assert "Gate 1" in page
    assert "Somebody wants it solved" in page


def test_who_only_reads_sees_the_room_without_its_pens(story, enter):
    page = enter(story.cast.eve).get(room(story))

    assert page.status_code == 200
    assert "G1 还差什么" in page.content.decode()
    assert "findings/" not in page.content.decode()
    assert enter(story.cast.eve).get(f"{room(story)}findings/demand/").status_code == 403


def test_an_outsider_is_told_of_nothing(story, enter):
    stranger = enter(story.cast.charlie)

    assert stranger.get(room(story)).status_code == 404
    assert stranger.get(f"{room(story)}findings/demand/").status_code == 404
    assert stranger.post(f"{room(story)}findings/demand/{story.demand.uuid}/removal/").status_code == 404
    assert Demand.objects.standing().exists()


def test_what_is_written_stands_on_the_page(story, alice):
    said = {"people": "self", "problem": "夜里白跑", "solution": "联控", "save_minor": "31万"}

    page = written(alice, story, "effect", **said).content.decode()

    assert Effect.objects.get().save_minor == 31_000_000
    assert "夜里白跑" in page
    assert "¥31万" in page


def test_m137_the_map_says_who_reports_to_whom_and_whom_nobody_of_ours_knows(story, alice, enter):
    assert "决策关系图" not in alice.get(room(story)).content.decode(), "one person is no map"
    stranger = make_contact(story.customer, "罗总")
    make_influencer(story.deal, story.she, reports_to_id=story.he.pk, sways_id=story.he.pk)
    make_influencer(story.deal, stranger)
    he = story.deal.influencers.get(contact=story.he)
    make_influencer(story.deal, story.he, he.role, reports_to_id=make_contact(story.customer, "董事长").pk)

    page = alice.get(room(story)).content.decode()
    chain = alice.get(room(story)).context["page"].chain
    reader = enter(story.cast.eve).get(room(story)).content.decode()

    assert "汇报给顾明舒" in page
    assert "汇报给董事长（还没放进决策链）" in page
    assert "1 人我们没人认识" in page
    assert [(line.kind, line.start.row, line.end.row) for line in chain.lines] == [("reports", 0, 1), ("sways", 1, 0)]
    assert 'draggable="true"' in page
    assert 'draggable="true"' not in reader
    assert "汇报给顾明舒" in reader


OURS = {"product": 8, "service": 7, "personnel": 8, "image": 6, "money": 7, "time": 3, "energy": 2, "worry": 2}
THEIRS = {"product": 7, "service": 5, "personnel": 5, "image": 6, "money": 5, "time": 4, "energy": 3, "worry": 4}


def in_points(told):
    return {f"{part}_points": str(n) for part, n in told.items()}


def test_m58_value_nobody_has_money_for_is_told_in_points(story, alice):
    """The verdict, the ladder and what is unknown are told in points; the price and our margin stay money."""
    written(alice, story, "worth", rival="海川", **in_points(THEIRS))
    half = written(alice, story, "worth", cost_minor="1", **in_points({**OURS, "image": ""})).content.decode()
    ours = Worth.objects.standing().get(rival="")
    form = {"base": ours.revision, "cost_minor": "1", **in_points(OURS)}
    page = alice.post(f"{room(story)}findings/worth/{ours.uuid}/", form, follow=True).content.decode()
    wrong = alice.post(f"{room(story)}findings/worth/", {"rival": "金辉", "worry_points": "11"})

    assert "我们对他值多少" in half
    assert "8 分" in page
    assert "15 分" in page
    assert "改用 0～10 分衡量" in page
    assert Worth.objects.standing().count() == 2
    assert wrong.status_code == 422


def test_scores_of_rivals_are_written_as_people_say_them(story, alice):
    written(alice, story, "criterion", name="价格", weight=4, ours=6, rivals="海川 8，金辉 5")
    wrong = alice.post(f"{room(story)}findings/criterion/", {"name": "售后", "weight": 3, "rivals": "海川 很好"})

    assert Criterion.objects.get().rivals == {"海川": 8, "金辉": 5}
    assert wrong.status_code == 422
    assert "海川 很好" in wrong.content.decode()


def test_what_makes_no_sense_is_said_at_its_field(story, alice):
    answer = alice.post(
        f"{room(story)}findings/demand/",
        {"contact_id": story.he.pk, "requirement": "降本", "kind": "explicit", "capability": "yes"},
    )

    assert answer.status_code == 422
    assert "写下他的原话" in answer.content.decode()
    assert Demand.objects.count() == 1


def test_a_form_sent_twice_is_written_once(story, alice):
    said = {"what": "没人担责", "kind": "supplier", "severity": 4, "raised_on": "2026-01-05", "state": "open"}
    for _ in range(2):
        alice.post(f"{room(story)}findings/concern/", {**said, "form_key": "once-and-for-all"})

    assert Concern.objects.count() == 1


def test_a_finding_is_corrected_and_only_what_was_changed(story, alice):
    address = f"{room(story)}findings/demand/{story.demand.uuid}/"
    shown = alice.get(address).content.decode()
    assert "换机不停产" in shown

    alice.post(
        address, {"contact_id": story.he.pk, "requirement": "先换一台", "kind": "implied", "capability": "unknown"}
    )

    assert Demand.objects.get().requirement == "先换一台"


def test_what_is_taken_back_can_be_brought_back(story, alice):
    address = f"{room(story)}findings/demand/{story.demand.uuid}/"
    told = alice.post(f"{address}removal/", **HTMX)
    assert f"{address}restoration/" in told.content.decode()
    assert not Demand.objects.standing().exists()

    alice.post(f"{address}restoration/")

    assert Demand.objects.standing().get() == story.demand


def test_a_link_to_what_stands_once_leads_to_it(story, alice):
    interest = make_finding(story.deal, "interest", story.he)
    query = f"?contact_id={story.he.pk}&interest=revenue"

    answer = alice.get(f"{room(story)}findings/interest/{query}")

    assert answer.status_code == 302
    assert str(interest.uuid) in answer["Location"]
    assert alice.get(f"{room(story)}findings/interest/?contact_id=x&interest=revenue").status_code == 200


def test_the_sheet_of_a_deal_is_one(story, alice):
    written(alice, story, "dealsheet", strategy="从设备部进去")

    again = alice.get(f"{room(story)}findings/dealsheet/", follow=True).content.decode()

    assert "从设备部进去" in again


@pytest.mark.parametrize("kind", ["nothing", "closure", "opportunity"])
def test_there_are_no_other_kinds(story, alice, kind):
    assert alice.get(f"{room(story)}findings/{kind}/").status_code == 404


def test_the_map_and_the_messages_lead_to_what_is_missing(story, alice):
    make_finding(story.deal, "interest", story.he)
    page = alice.get(room(story)).content.decode()

    assert f"findings/interest/?contact_id={story.he.pk}&amp;interest=revenue" in page
    assert f"findings/valuemessage/?contact_id={story.he.pk}&amp;message=can_meet" in page
    assert "还没讲" in page


def test_the_price_room_stands_once_everything_is_known(story, alice):
    assert "还要弄清" in alice.get(room(story)).content.decode()
    money = {f"{name}_minor": "10万" for name in ("money", "time", "energy", "worry")}
    value = {f"{name}_minor": "40万" for name in ("product", "service", "personnel", "image")}

    page = written(alice, story, "worth", **money, **value, cost_minor="70万").content.decode()

    assert Worth.objects.get().rival == ""
    assert "双赢" in page
    assert "底线" in page


def test_nobody_guesses_what_a_rival_asks_for(story, alice):
    form = alice.get(f"{room(story)}findings/worth/").context["form"]

    assert form["price_minor"].value() is None


def test_moving_on_asks_for_evidence_or_a_reason_and_the_manager_sees_it(story, alice, enter):
    refused = alice.post(f"{room(story)}stage/", {"to_stage": "ST2", "reason": ""})
    assert refused.status_code == 422
    assert "还差 4 项证据" in refused.content.decode()

    alice.post(f"{room(story)}stage/", {"to_stage": "ST2", "reason": "老板当面答应"})

    story.deal.refresh_from_db()
    assert story.deal.stage == "ST2"
    assert Override.objects.get().code == "gate.ST1"
    board = enter(story.cast.mona).get("/team/").content.decode()
    assert "老板当面答应" in board
    assert story.deal.title in enter(story.cast.mona).get("/team/unproven/").content.decode()


def test_a_great_deal_asks_no_more_questions_than_a_small_one(story, alice):
    alice.get(room(story))
    small = asked(alice, story)

    customer = story.deal.customer
    for number in range(30):
        who = make_contact(customer, f"人{number}")
        make_influencer(story.deal, who, InfluencerRole.USER, weight=1 + number % 5)
        make_finding(story.deal, "interest", who)
        make_finding(story.deal, "valuemessage", who)
        make_finding(story.deal, "trustrating", who)
        for interest in ("revenue", "cost"):
            make_finding(story.deal, "benefitcard", who, interest=interest)
    for number in range(30):
        draft = TouchDraft(kind="phone", touched_on=now().date() - timedelta(days=number), opportunity_id=story.deal.pk)
        log_touch(customer=customer, draft=draft, actor=story.cast.alice, at=now())

    assert (BenefitCard.objects.count(), Interest.objects.count(), ValueMessage.objects.count()) == (60, 30, 30)
    assert asked(alice, story) == small


def asked(client, story):
    with CaptureQueriesContext(connection) as queries:
        assert client.get(room(story)).status_code == 200
    return len(queries)


def test_the_form_of_a_need_asks_a_few_things_and_folds_the_rare_ones(story, alice):
    form = alice.get(f"{room(story)}findings/demand/?contact_id={story.he.pk}").context["form"]

    assert len(form.shown) <= 7
    assert sum(len(fold.fields) for fold in form.folds) + len(form.shown) == len(form.fields)
    assert not any(fold.is_open for fold in form.folds)
    assert form["capability"].value() == "unknown"  # nobody said that the product can


def test_a_fold_is_open_where_something_stands_in_it_or_is_wrong(story, alice):
    url = f"{room(story)}findings/demand/"
    said = {"contact_id": story.he.pk, "requirement": "不停产", "kind": "implied", "capability": "unknown"}

    wrong = alice.post(url, {**said, "fit": 17}).context["form"]
    assert [fold.is_open for fold in wrong.folds] == [False, False, True]

    alice.post(url, {**said, "motive": "升职"})
    row = Demand.objects.latest("pk")
    kept = alice.get(f"{url}{row.uuid}/").context["form"]
    assert [fold.is_open for fold in kept.folds] == [True, False, False]


def test_a_rival_is_described_once_and_named_ones_are_asked_for(story, alice):
    written(alice, story, "criterion", name="价格", weight=4, rivals="海川 8")
    page = alice.get(room(story)).content.decode()
    assert "findings/competitor/?name=%E6%B5%B7%E5%B7%9D" in page

    said = {
        "name": "海川",
        "strength": "便宜",
        "weakness": "要停机",
        "contact_id": story.he.pk,
        "counter": "带去看样板站",
    }
    page = written(alice, story, "competitor", **said).content.decode()

    assert "带去看样板站" in page
    assert "顾明舒支持他们" in page
    assert alice.get(f"{room(story)}findings/competitor/?name=海川").status_code == 302
    assert alice.post(f"{room(story)}findings/competitor/", said).status_code == 422
