"""The pages only the administrator has: nobody is shut out, nothing sticks out, one language at a time."""

import pytest

from tests.e2e.browsing import WALKS, chinese, in_the_way, opener
from tests.factories import make_customer
from tests.web.words import written_by_people
from wendu.backups.actions import Made, _note
from wendu.customers.models import Customer
from wendu.handovers.models import Handover
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


@pytest.mark.parametrize("walk", WALKS)
def test_nothing_serious_stands_in_the_administrators_way_and_no_word_is_foreign(open_page, walk):
    language, scheme, size, seen = WALKS[walk]
    page = open_page(size, language, color_scheme=scheme, bypass_csp=True)
    written, found, foreign = written_by_people(), [], {}

    for path in PATHS:
        page.goto(path)
        found += [(path, *each) for each in in_the_way(page, seen)]
        if language == "en-US" and (words := chinese(page.evaluate(SAYS), written)):
            foreign[path] = words

    assert (found, page.faults, foreign) == ([], [], {})
