"""Every form against everything that can be typed into it: a way to mend it in one's own language, nothing written."""

import re
from datetime import timedelta
from typing import Any
from urllib.parse import quote

import pytest
from django import forms
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.cast import call_the_cast
from tests.factories import make_customer, make_opportunity, win
from tests.factories.care import make_answer
from tests.factories.orders import make_contract, make_money, make_order, make_subscription
from tests.web.one_customer import HTMX, QUESTIONS, Story, sent, today
from tests.web.shared import rows_hash, set_up_once, taken_back
from wendu.agenda.actions import plan_step
from wendu.agenda.models import Step
from wendu.kernel.clock import now

pytestmark = pytest.mark.django_db
CHINESE = re.compile(r"[\u4e00-\u9fff]")
WRITE = re.compile("INSERT|UPDATE|DELETE")
OK, NOTHING, FORBIDDEN, MISSING, UNPROCESSABLE = 200, 204, 403, 404, 422
LONG = "长" * 10_000
TEXTS = {
    "too long": LONG,
    "NUL": "一\x00二",
    "odd": "👩🏽‍🚒\u202eتجربة\u2066\x01\x1b[31m\x7f=cmd|' /C calc'!A0",
    "blank": " \t\u3000\n",
}
DAYS = {
    "no such day": "2026-13-40",
    "words": "明天",
    "first": "0001-01-01",
    "last": "9999-12-31",
    "NUL": "2026-01-01\x00",
}
CHOICES = {"unknown": "telepathy", "foreign": "999999999", "endless": "9" * 40, "NUL": "a\x00b"}
NUMBERS = {**CHOICES, "fraction": "1.5", "negative": "-17", "endless": "9" * 400}
FIGURES = {name: typed for name, typed in NUMBERS.items() if name != "foreign"}  # of whatever unit, so of any size
REFUSED = {"too long", "NUL", "no such day", "words", "first", "last", "unknown", "foreign", "endless", "negative"}
ANOTHER = {"order_title", "order_amount", "newcomer_job", "note", "base"}  # read with another outcome, or of any length
PLAIN = {"kind": "org", "market": "b2b", "product_kind": "standard", "sale_kind": "standard", "tier": "normal"}


@pytest.fixture(scope="module")
def story(django_db_setup, django_db_blocker):
    with set_up_once(django_db_blocker):
        told = Story(call_the_cast())
        alice = told.cast.alice
        plan_step(customer=told.customer, do="送样", planned_on=today(), actor=alice, at=now())
        told.bought = make_customer(alice, "老客户")
        win(make_opportunity(told.bought))
        told.order = make_money(make_order(told.bought))
        told.fee = make_subscription(told.bought)
        told.paper = make_contract(told.bought)
        told.answer = make_answer(told.bought)
        yield told


def entered(story: Story, language: str = "zh-hans", url: str = "") -> Client:
    client = Client(headers={"accept-language": language})
    person = story.cast.ada if url.startswith("/settings/") else story.cast.alice
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def places(story: Story) -> dict[str, tuple[str, dict[str, Any]]]:
    """Each form with a set of answers it takes."""
    soon, deal = (today() + timedelta(days=20)).isoformat(), story.deal_url
    contact = f"/customers/contacts/{story.he.uuid}/"
    part = story.deal.influencers.get()
    decides = {"contact": story.she.pk, "role": "technical", "weight": 3, "stance": 0, "access": "direct"}
    return {
        "touch": (story.new_url, _whole_touch(story)),
        **_of_the_house(story),
        "touch corrected": (f"/touches/{story.touches[0].uuid}/", _whole_touch(story)),
        "new customer": ("/customers/new/", {"name": "新客户", **PLAIN, "owner": story.cast.alice.pk}),
        "customer": (f"{story.page_url}details/", {"name": "桐溪", **PLAIN}),
        "owner": (f"{story.page_url}owner/", {"owner": story.cast.bob.pk}),
        "collaborator": (f"{story.page_url}collaborators/", {"user": story.cast.bob.pk}),
        "tag": (f"{story.page_url}tags/", {"tag": "重点"}),
        "rest": (f"{story.page_url}rest/", {"kind": "nurture", "reason": "timing", "wake_on": soon}),
        "class": (f"{story.page_url}class/", {"value": "C", "reason": "换人了"}),
        "qualify again": (f"{story.page_url}requalification/", {"reason": "还想要"}),
        "answers": (f"{story.page_url}answers/", {}),
        "quiet": (f"{story.page_url}quiet/", {"starts_on": soon, "ends_on": soon, "reason": "tender"}),
        "problem": (f"{story.page_url}problems/", {"what": "备件慢"}),
        "step": (
            f"/steps/new/?customer={story.customer.uuid}",
            {"do": "送样", "on": soon, "user": story.cast.alice.pk},
        ),
        "step changed": (
            f"/steps/{Step.objects.filter(customer_id=story.customer.pk).latest('pk').uuid}/",
            {"do": "送样", "on": soon, "user": story.cast.alice.pk},
        ),
        "brought": (f"{story.page_url}referrer/", {"referrer": story.bought.name, "person": ""}),
        "gone": (f"/customers/{story.bought.uuid}/churn/", {"reason": "neglect"}),
        "new person": (f"{story.page_url}contacts/new/", {"name": "罗敏", "mobile": "13900139000"}),
        "person": (contact, {"name": "罗敏"}),
        "number": (f"{contact}points/", {"kind": "email", "value": "a@example.com"}),
        "new deal": (f"/opportunities/new/?customer={story.customer.uuid}", {"title": "二期", "amount": "12万"}),
        "deal": (f"{deal}details/", {"title": "二期", "amount": "12万"}),
        "stage": (f"{deal}stage/", {"to_stage": "evaluate", "reason": "看过了"}),
        "closing": (f"{deal}closure/", {"closed_on": today().isoformat(), "note": "老板当场签了"}),
        "losing": (
            f"{deal}loss/",
            {"closed_on": today().isoformat(), "then": "stay", "cause": "C2", "why": "怕我们跑了", "rival": "海川"},
        ),
        "reopening": (f"{deal}reopening/", {"to_stage": "ST2", "reason": "换了负责人"}),
        "resuming": (f"{deal}resumption/", {"to_stage": "ST2", "reason": "预算批了"}),
        "diagnosis": (f"{deal}diagnosis/", {"cause": "C2", "why": "怕我们跑了"}),
        "pause": (f"{deal}pause/", {"wake_on": soon, "reason": "等预算"}),
        "deal owner": (f"{deal}owner/", {"owner": story.cast.bob.pk}),
        "influencer": (f"{deal}influencers/", decides),
        "influencer corrected": (f"{deal}influencers/{part.uuid}/", {**decides, "contact": story.he.pk}),
        **_findings(story),
        **_quotes(story),
        **_orders(story),
    }


def _quotes(story: Story) -> dict[str, tuple[str, dict[str, Any]]]:
    """Every form about a quote."""
    soon = (today() + timedelta(days=20)).isoformat()
    head = {"valid_until": soon, "payment_days": 30, "rebate": "1.5", "extras": "培训两天", "terms": "货到付款"}
    line = {"item": "空压机", "quantity": "2", "unit_minor": "45万", "list_minor": "46万", "discount": "2", "tax": "13"}
    return {
        "quote": (f"{story.quote_url}details/", head),
        "quote line": (f"{story.quote_url}lines/", line),
        "quote line corrected": (f"{story.quote_url}lines/{story.line.uuid}/", line),
    }


def _orders(story: Story) -> dict[str, tuple[str, dict[str, Any]]]:
    """Every form about an order."""
    said = {"ordered_on": today().isoformat(), "item_1": "滤芯", "quantity_1": "2", "unit_minor_1": "800"}
    return {
        "order": (f"/orders/of/{story.customer.uuid}/new/", said),
        "order corrected": (f"/orders/{story.order.uuid}/", said),
        "parts due": (f"/orders/{story.order.uuid}/dues/", {"due_on_1": today().isoformat(), "amount_minor_1": "900"}),
        "receipt": (
            f"/orders/{story.order.uuid}/receipts/new/",
            {"received_on": today().isoformat(), "amount_minor": "500"},
        ),
        "receipt corrected": (
            f"/orders/receipts/{story.order.receipts.get().uuid}/",
            {"received_on": today().isoformat(), "amount_minor": "500"},
        ),
        "return": (
            f"/orders/{story.order.uuid}/returns/new/",
            {"returned_on": today().isoformat(), "gross_minor": "50", "reason": "型号不对"},
        ),
        "order moved": (
            f"/orders/{story.order.uuid}/moving/",
            {"to_state": "accepted", "accepted_on": today().isoformat(), "reason": ""},
        ),
        **_fees(story),
        "order cancelled": (f"/orders/{story.order.uuid}/cancelling/", {"reason": "预算砍了"}),
    }


def _fees(story: Story) -> dict[str, tuple[str, dict[str, Any]]]:
    """Every form about a fee that comes again."""
    url, day = f"/orders/subscriptions/{story.fee.uuid}/", today().isoformat()
    new = {"item": "托管", "fee_minor": "500", "term_months": "12", "state": "active", "began_on": day}
    return {
        "subscription": (f"/orders/subscriptions/of/{story.customer.uuid}/new/", new),
        "subscription corrected": (f"{url}details/", {"item": "维保", "one_off_minor": "3万"}),
        "subscription renewed": (f"{url}renewal/", {"fee_minor": "1.3万", "reason": "多一台机"}),
        "subscription ended": (f"{url}ending/", {"ended_on": day, "cause": "自己有人管了"}),
        **_papers(story, day),
    }


def _papers(story: Story, day: str) -> dict[str, tuple[str, dict[str, Any]]]:
    """Every form about a contract."""
    url, said = f"/orders/contracts/{story.paper.uuid}/", {"title": "维保合同", "kind": "service"}
    return {
        "contract": (f"/orders/contracts/of/{story.customer.uuid}/new/", {**said, "state": "draft"}),
        "contract corrected": (f"{url}details/", {**said, "signed_on": day}),
        "contract moved": (f"{url}moving/", {"to_state": "ended", "on": day, "reason": "做完了"}),
        "answer": (f"/care/of/{story.customer.uuid}/new/", {**TOLD, "told_on": day}),
        "answer corrected": (
            f"/care/satisfaction/{story.answer.uuid}/",
            {**TOLD, "told_on": day},
        ),
    }


def _findings(story: Story) -> dict[str, tuple[str, dict[str, Any]]]:
    """Every kind of finding, with what its form asks for."""
    url, day, who = f"{story.deal_url}findings/", today().isoformat(), {"contact_id": story.he.pk}
    return {
        "need": (f"{url}demand/", {**who, "requirement": "不停产", "kind": "implied", "capability": "yes"}),
        "need corrected": (
            f"{url}demand/{story.demand.uuid}/",
            {**who, "requirement": "不停产", "kind": "implied", "capability": "yes"},
        ),
        "told back": (
            f"{url}reconstruction/",
            {"demand_id": story.demand.pk, "requirement": "轮着换", "fit": 8, "told_on": day, "brings_weight": 3},
        ),
        "criterion": (f"{url}criterion/", {"name": "价格", "weight": 3, "rivals": "海川 7"}),
        "effect": (f"{url}effect/", {"people": "self", "problem": "白跑", "save_minor": "31万"}),
        "trust": (f"{url}trustrating/", {**who, "rated_on": day, "credibility": 8}),
        "interest": (f"{url}interest/", {**who, "interest": "cost", "importance": 4}),
        "benefit": (f"{url}benefitcard/", {"interest": "cost", "feature": "联控"}),
        "message": (f"{url}valuemessage/", {**who, "message": "better", "state": "sent", "said_on": day}),
        "concern": (
            f"{url}concern/",
            {"what": "误交货", "kind": "change", "severity": 3, "raised_on": day, "state": "open"},
        ),
        "worth": (f"{url}worth/", {"rival": "海川", "price_minor": "86万"}),
        "competitor": (f"{url}competitor/", {"name": "海川", "strength": "便宜"}),
        "expectation": (f"{url}expectation/", {"goal": "降电费", "expected": "20", "unit": "%", "due_on": day}),
        "sheet": (f"{url}dealsheet/", {"strategy": "从设备部进去"}),
    }


FINDINGS = (
    "need", "need corrected", "told back", "criterion", "effect", "trust", "interest", "benefit", "message", "concern",
    "worth", "competitor", "expectation", "sheet",
)  # fmt: skip
ORDERS = (
    "order", "order corrected", "parts due", "receipt", "receipt corrected", "return", "order moved", "order cancelled",
    "subscription", "subscription corrected", "subscription renewed", "subscription ended",
    "contract", "contract corrected", "contract moved", "answer", "answer corrected",
)  # fmt: skip
QUOTES = ("quote", "quote line", "quote line corrected")
TOLD = {"experience": 7, "weight": 1}
OWN_FIELD = {"options-TOTAL_FORMS": "0", "options-INITIAL_FORMS": "0"}


def _of_the_house(story: Story) -> dict[str, tuple[str, dict[str, Any]]]:
    cast = story.cast
    week = {"working_days": list("12345"), "calendar_code": "CN", "language": "en"}
    dora = {"full_name": "朵拉", "role": "rep", "team": cast.south.pk, "language": "en"}
    return {
        "organisation": (
            "/settings/organisation/",
            {"name": "新名", "time_zone": "Asia/Tokyo", "currency": "USD", **week},
        ),
        "day off": ("/settings/holidays/", {"day": "2026-05-20", "name": "司庆"}),
        "new team": ("/settings/teams/new/", {"name": "新组", "parent": cast.south.pk}),
        "team": (f"/settings/teams/{cast.branch.uuid}/", {"name": "新组", "parent": cast.south.pk}),
        "new colleague": ("/settings/people/new/", {**dora, "username": "dora"}),
        "colleague": (f"/settings/people/{cast.bob.uuid}/", {**dora, "daily_capacity": "9"}),
        "new field": ("/settings/fields/new/", {**OWN_FIELD, "label_zh": "车队", "label_en": "Cars", "type": "text"}),
        "password": (f"/settings/people/{cast.bob.uuid}/password/", {"password": "Kmf7-stretch"}),
    }


def _whole_touch(story: Story) -> dict[str, Any]:
    day = (today() + timedelta(days=2)).isoformat()
    agreed = {"commitment_contact": story.he.pk, "commitment_what": "给三台机开机时长", "commitment_on": day}
    asked = {f"q_{code}": "2" for _axis, code in QUESTIONS}
    silence = {"quiet_from": day, "quiet_until": day, "quiet_reason": "tender"}
    return sent(kind="visit", outcome="advance", agreed="other", other_day=day, **agreed, **asked, **silence)


PLACES = (
    "touch", "touch corrected", "new customer", "customer", "owner", "collaborator", "tag", "rest", "class",
    "qualify again", "answers", "quiet", "problem", "step", "step changed", "gone", "new person", "person",
    "number", "new deal", "deal", "stage", "closing", "losing", "reopening", "resuming", "diagnosis", "pause",
    "deal owner", "brought", "influencer", "influencer corrected", "organisation", "day off", "new team", "team",
    "new colleague", "colleague", "password", "new field", *FINDINGS, *QUOTES, *ORDERS,
)  # fmt: skip


def poisons(field: forms.Field) -> dict[str, str]:
    """What is tried on a field of this kind."""
    if isinstance(field, forms.BooleanField):
        return {}
    if isinstance(field, forms.DateField):
        return DAYS
    if isinstance(field, forms.IntegerField):
        return FIGURES if isinstance(field, forms.DecimalField) and field.max_value is None else NUMBERS
    return CHOICES if isinstance(field, forms.ChoiceField) else TEXTS


def one_of_each_question(fields: dict[str, forms.Field]) -> list[tuple[str, forms.Field]]:
    """All fields, but of the ten questions only one: they are alike."""
    alike = [name for name in fields if name[:2] in ("q_", "e_")]
    return [(name, field) for name, field in fields.items() if name not in alike[2:]]


def told(answer) -> list[str]:
    """What the form says is wrong."""
    form = answer.context["form"]
    sets = [form, *(row for lines in getattr(form, "line_sets", ()) for row in lines.forms)]
    return [words for each in sets for errors in each.errors.values() for words in errors]


def test_every_form_is_tried(story):
    assert set(places(story)) == set(PLACES)


@pytest.mark.parametrize("place", PLACES)
def test_a_form_bears_whatever_is_typed_and_says_how_to_mend_it(story, place):
    url, fine = places(story)[place]
    client, before, faults = entered(story, url=url), rows_hash(), []
    fields = client.get(url, **HTMX).context["form"].fields

    for name, field in one_of_each_question(fields):
        for what, poison in poisons(field).items():
            connection.queries_log.clear()
            with taken_back(), CaptureQueriesContext(connection) as asked:
                answer = client.post(url, {**fine, name: poison}, **HTMX)
                written = any(WRITE.match(each["sql"]) for each in asked.captured_queries) and rows_hash() != before
            fault = fault_of(answer, written=written)
            missed = what in REFUSED and answer.status_code != UNPROCESSABLE and name not in ANOTHER
            if fault or missed:
                faults.append((name, what, answer.status_code, fault))

    assert faults == []


@pytest.mark.parametrize("place", PLACES)
def test_what_is_wrong_is_said_in_english_to_who_reads_english(story, place):
    url, fine = places(story)[place]
    client = entered(story, "en", url)
    fields = client.get(url, **HTMX).context["form"].fields
    typed = {name: next(iter(poisons(field).values()), "") for name, field in fields.items()}

    answer = client.post(url, {**fine, **typed}, **HTMX)

    assert answer.status_code == UNPROCESSABLE
    names = ("桐溪注塑", "顾明舒", "叶青")
    assert [words for words in told(answer) if CHINESE.search(re.sub("|".join((*names, "长+")), "", words))] == []


ODD_WRITES = {
    "today:rest": ({"until": ["2026-13-40", "0001-01-01", "9999-12-31", "明天", "\x00"]}, "customer"),
    "touches:promise_settlement": ({"state": ["lost", "\x00", LONG], "due_on": ["x", "0001-01-01"]}, "promise"),
    "touches:commitment_settlement": ({"state": ["lost", "\x00", LONG]}, "commitment"),
}


@pytest.mark.parametrize("name", ODD_WRITES)
def test_buttons_bear_what_no_button_sends(story, name):
    client, before = entered(story), rows_hash()
    wrong, about = ODD_WRITES[name]
    rows = {"customer": story.customer, "promise": story.touches[-1].promises.get()}
    row = rows.get(about) or story.touches[-1].commitments.get()

    for field, values in wrong.items():
        for value in values:
            with taken_back():
                sent_ = {"state": "renewed"} if field == "due_on" else {}
                answer = client.post(reverse(name, args=[row.uuid]), {**sent_, field: value})
                assert answer.status_code == UNPROCESSABLE, (field, value[:20], answer.status_code)
                assert CHINESE.search(answer.context["words"])
                assert rows_hash() == before, (field, value[:20])


@pytest.mark.parametrize("key", [LONG, "\x00", "' or 1=1", "👩🏽‍🚒"])
def test_an_odd_form_key_is_no_fault(story, key):
    with taken_back():
        answer = entered(story).post(story.new_url, sent(form_key=key), **HTMX)
        assert answer.status_code in (OK, UNPROCESSABLE)


@pytest.mark.parametrize(
    "path",
    [
        "/touches/new/?q={}",
        "/touches/new/?customer={}",
        "/search/?q={}",
        "/customers/?q={}&owner={}&from={}",
        "/customers/similar/?name={}",
        "/customers/names/?referrer={}",
        "/opportunities/?q={}&stage={}",
        "/opportunities/?f={}&cols={}&sort={}&state={}",
        "/opportunities/new/?customer={}",
        "/opportunities/board/?owner={}&team={}&class={}",
        "/opportunities/board/ST1/?owner={}&after={}",
        "/opportunities/forecast/?owner={}&class={}&by={}",
        "/opportunities/record/?owner={}&team={}&period={}",
        "/opportunities/winners/?owner={}&team={}&period={}",
        "{page}?days={}&only={}&after={}",
        "/today/?only={}&open={}",
    ],
)
def test_addresses_bear_what_nobody_links_to(story, path):
    client = entered(story)

    for odd in ("\x00", "%ED%A0%80", LONG[:2000], "-1", "9" * 400, "²", "' or 1=1 --", "<script>", "2026-13-40"):
        url = path.replace("{page}", story.page_url).replace("{}", quote(odd, safe="%"))
        assert client.get(url).status_code in (OK, MISSING), (path, odd[:20])


def test_a_form_without_its_token_is_refused_in_words(story):
    client = Client(enforce_csrf_checks=True, headers={"accept-language": "zh-hans"})
    client.force_login(story.cast.alice, backend="allauth.account.auth_backends.AuthenticationBackend")
    before = rows_hash()

    for name, (url, fine) in places(story).items():
        answer = client.post(url, fine)
        assert answer.status_code == FORBIDDEN, name
        assert CHINESE.search(answer.content.decode())
    assert rows_hash() == before


def fault_of(answer, *, written: bool) -> str:
    """What is wrong about an answer to bad input, if anything."""
    if answer.status_code != UNPROCESSABLE:
        return "" if answer.status_code in (OK, NOTHING) else "neither saved nor refused"
    words = told(answer)
    if not words or written:
        return "refused without a word" if not words else "refused, but written"
    return "" if all(CHINESE.search(each) for each in words) else f"in a foreign language: {words}"
