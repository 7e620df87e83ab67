"""The pages only the administrator has: nobody is shut out, nothing sticks out, one language at a time."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.e2e.browsing import DESK, PHONE, opener
from tests.factories import make_customer
from wendu.backups.actions import Made, _note
from wendu.customers.models import Customer
from wendu.handovers.models import Handover
from wendu.identity.models import Organisation, Team, User
from wendu.kernel.clock import now
from wendu.merges.actions import merge_customers
from wendu.merges.finding import tell_apart
from wendu.merges.models import Pair, Scan
from wendu.packs.actions import draft_pack
from wendu.packs.models import Pack

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]
DRAFT = "/settings/playbook/drafts/01a21898-0000-7000-8000-000000000001/"
HANDED = "/team/handovers/01a21898-0000-7000-8000-000000000002/"
TWINS = ("01a21898-0000-7000-8000-00000000000a", "01a21898-0000-7000-8000-00000000000b")
PATHS = [
    "/settings/playbook/",
    DRAFT,
    *(
        f"{DRAFT}{page}/"
        for page in (
            "forms/names",
            "forms/windows",
            "forms/points",
            "forms/cards",
            "plays",
            "plays/strike",
            "new-play",
            "questions",
            "questions/changeover",
            "new-problem",
        )
    ),
    *(
        f"{DRAFT}forms/{form}/"
        for form in ("questions", "urgency", "checklist", "track", "reasons", "advice", "causes")
    ),
    *(f"{DRAFT}{page}/" for page in ("effect", "rebase")),
    "/settings/playbook/versions/standard 1.0.0/",
    "/backups/",
    "/recycle/",
    "/merges/",
    "/duplicates/",
    "/duplicates/apart/",
    f"/merges/with/{TWINS[0]}/",
    f"/merges/with/{TWINS[0]}/{TWINS[1]}/",
    "/team/",
    "/team/overrides/",
    "/team/handover/",
    HANDED,
    "/settings/",
    "/settings/organisation/",
    "/settings/holidays/",
    "/settings/teams/",
    "/settings/teams/new/",
    "/settings/people/",
    "/settings/people/new/",
    "/settings/fields/",
    "/settings/fields/new/",
    "/settings/audit/",
    "/settings/account/",
]
SERIOUS = ("serious", "critical")
CHINESE = re.compile(r"[\u3400-\u9fff]+")
SAYS = "document.querySelectorAll('code').forEach(each => each.remove()) || document.querySelector('main').innerText"


@pytest.fixture
def open_page(browser, live_server, cast):
    _note(Made("wendu-20260302-180000.zip", 38_800_000, 868_823, verified=True), actor=None, at=now())
    draft = draft_pack(base="standard 1.0.0", actor=cast.ada, at=now())
    Pack.objects.filter(pk=draft.pk).update(uuid=DRAFT.split("/")[-2])
    people = {"leaver": cast.alice, "actor": cast.ada, "takers": {"": cast.bob.pk}}
    Handover.objects.create(uuid=HANDED.split("/")[-2], **people, begun_at=now(), done_at=now())
    kept, gone, third = (
        make_customer(cast.alice, name, note=note) for name, note in (("Bolt Ltd", "A"), ("Bolts", "B"), ("Nuts", ""))
    )
    for row, uuid in zip((kept, gone), TWINS, strict=True):
        Customer.objects.filter(pk=row.pk).update(uuid=uuid)
    merge_customers(kept=kept, gone=third, actor=cast.ada, at=now())
    scan, two = Scan.objects.create(actor=cast.ada, begun_at=now(), done_at=now()), {"first": kept, "second": gone}
    Pair.objects.create(**two, scan=scan, score=0.91, reasons=[{"code": "name_alike", "alike": 0.9}])
    others = [make_customer(cast.alice, name) for name in ("Cogs", "Cogs Ltd")]
    tell_apart(one=others[0], other=others[1], actor=cast.ada, at=now())
    opened, contexts = opener(browser, live_server.url, cast.ada)
    yield opened
    for context in contexts:
        context.close()


@pytest.mark.parametrize("language", ["zh-CN", "en-US"])
@pytest.mark.parametrize(("scheme", "size"), [("light", DESK), ("dark", PHONE)], ids=["light desk", "dark phone"])
def test_nothing_serious_stands_in_the_administrators_way(open_page, language, scheme, size):
    page = open_page(size, language, color_scheme=scheme, bypass_csp=True)
    found = []

    for path in PATHS:
        page.goto(path)
        seen = Axe().run(page).response["violations"]
        found += [(path, each["id"], each["nodes"][0]["html"][:200]) for each in seen if each["impact"] in SERIOUS]
        if page.evaluate("document.documentElement.scrollWidth - innerWidth") > 0:
            found.append((path, "wider than the screen", ""))

    assert (found, page.faults) == ([], [])


def test_no_chinese_word_stands_on_an_english_page_of_the_administrator(open_page):
    User.objects.update(full_name="X")
    Organisation.objects.update(name="X")
    for team in Team.objects.all():
        Team.objects.filter(pk=team.pk).update(name=f"X{team.pk}")
    page = open_page(DESK, "en-US")

    said = {path: (page.goto(path), CHINESE.findall(page.evaluate(SAYS)))[1] for path in PATHS}

    own_name = {"简体中文"}  # a language is called by its own name
    assert {path: words for path, words in said.items() if set(words) - own_name} == {}


def test_a_value_to_fill_in_goes_where_one_was_writing(open_page):
    page = open_page(DESK)
    page.goto(f"{DRAFT}forms/advice/")
    box = page.locator("textarea[name='advice.left_out.zh']")
    box.fill("留下客户：")
    page.locator("details.entry summary").click()

    page.click("[data-slot='{customer}']")
    assert box.input_value() == "留下客户：{customer}"
    page.click("form.sheets .btn-ink")

    page.wait_for_url(f"**{DRAFT}")
    assert Pack.objects.get(uuid=DRAFT.split("/")[-2]).content["advice"]["left_out"]["zh"] == "留下客户：{customer}"
    assert page.faults == []
