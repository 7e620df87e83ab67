"""What somebody types is shown as typed: no script of theirs runs on any page, and our own pages break no rule."""

import pytest

from tests.e2e.test_pages import paths
from wendu.customers.actions import tag_customer
from wendu.customers.models import Contact, ContactPoint, Customer, Tag
from wendu.identity.models import Organisation, User
from wendu.kernel.clock import now
from wendu.opportunities.models import Opportunity
from wendu.touches.models import Commitment, IndicatorAnswer, Promise, QuietPeriod, Tail, Touch

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]
PAYLOADS = (
    "<script>alert(1)</script>",
    "'\"><script>alert(2)</script>",
    "</title><script>alert(3)</script>",
    "</textarea><script>alert(4)</script>",
    "<img src=x onerror=alert(5)>",
    '"><img src=x onerror=alert(6)>',
    "' onmouseover='alert(7)' autofocus onfocus='alert(7)",
    '" autofocus onfocus="alert(8)',
    "<svg onload=alert(9)>",
    "<svg><script>alert(10)</script></svg>",
    "<iframe src=javascript:alert(11)></iframe>",
    "<a href=javascript:alert(12)>x</a>",
    "javascript:alert(13)",
    "<body onload=alert(14)>",
    "<details open ontoggle=alert(15)>",
    "<video><source onerror=alert(16)></video>",
    "<input autofocus onfocus=alert(17)>",
    "<math><mi xlink:href=javascript:alert(18)>x</mi></math>",
    "<style>@import 'javascript:alert(19)'</style>",
    "<p style='background:url(javascript:alert(20))'>",
    "<div hx-get=/today/ hx-trigger=load hx-on::load=alert(21)>",
    "<div hx-on:click='alert(22)' hx-trigger='load'>",
    "{{constructor.constructor('alert(23)')()}}",
    "${alert(24)}",
    "<!--><script>alert(25)</script>-->",
    "<object data=javascript:alert(26)>",
    "<base href=//evil.example/>",
    "<meta http-equiv=refresh content=0;url=javascript:alert(28)>",
    "<form action=javascript:alert(29)><button autofocus>",
    "]]></script><script>alert(30)</script>",
)
FIELDS = {
    Customer: ("name", "city", "address", "source_text", "note"),
    Contact: ("name", "job_title", "department", "note"),
    Opportunity: ("title", "product", "note"),
    Touch: ("note", "value_note", "objective"),
    Promise: ("what",),
    Commitment: ("what",),
    Tail: ("what",),
    QuietPeriod: ("note",),
    IndicatorAnswer: ("evidence",),
    ContactPoint: ("value",),
    Tag: ("name",),
    User: ("full_name",),
    Organisation: ("name",),
}


def plant(words: str) -> None:
    """Put the words into every text there is, as far as it has room."""
    for model, names in FIELDS.items():
        for row in model.objects.all():
            room = {name: words[: model._meta.get_field(name).max_length or None] for name in names}
            model.objects.filter(pk=row.pk).update(**room)


def test_no_planted_script_runs_on_any_page(open_page, story):
    tag_customer(customer=story.customer, name="重点", actor=story.cast.alice, at=now())
    page = open_page()
    shown = [story.page_url, story.deal_url, story.new_url, "/today/", "/customers/", "/opportunities/"]

    for number, words in enumerate(PAYLOADS):
        plant(words)
        page.goto(shown[number % len(shown)])
        page.goto(story.page_url)
    plant("".join(PAYLOADS)[:3000])
    for path in paths(story)[:-1]:
        page.goto(path)

    assert page.faults == []
    assert page.evaluate("document.querySelectorAll('main script, main iframe, base, main object').length") == 0
