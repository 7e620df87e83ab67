"""Writing down what was found out about a deal: who may, what stands, and how it is taken back."""

import pytest

from tests.cast import MONDAY
from tests.factories import make_contact, make_customer, make_influencer, make_opportunity
from tests.factories.findings import KINDS, make_finding, values_of
from wendu.customers.actions import AlreadyDeleted, delete_customer
from wendu.discovery.actions import BadRating, NeedUnnamed, NothingRated, WordsNeeded
from wendu.discovery.models import Demand
from wendu.journal.models import Entry
from wendu.kernel.changes import BadValue, UnknownField
from wendu.kernel.errors import Denied, Stale
from wendu.offers.actions import AlreadyWritten, EvidenceUnnamed, NotNegative, NotOneToFive, TheirWordsNeeded
from wendu.opportunities.actions import (
    GoneAlready,
    NotInTheDecision,
    bring_back_finding,
    correct_finding,
    remove_influencer,
    take_back_finding,
    write_finding,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def deal(cast):
    return make_opportunity(make_customer(cast.alice, "桐溪注塑"), "空压站节能改造")


@pytest.fixture
def boss(deal):
    contact = make_contact(deal.customer, "韩松")
    make_influencer(deal, contact)
    return contact


PERSONAL = ("demand", "trustrating", "interest", "valuemessage")


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_kind_is_written_corrected_taken_back_and_brought_back(cast, deal, boss, kind):
    behind = {"demand_id": make_finding(deal, "demand", boss, need="少停机").pk} if kind == "reconstruction" else {}
    found = make_finding(deal, kind, boss if kind in PERSONAL else None, **behind)
    name = next(name for name in KINDS[kind].writable if isinstance(getattr(found, name), str | int))

    correct_finding(KINDS[kind], finding=found, values={name: getattr(found, name)}, actor=cast.alice, at=MONDAY)
    take_back_finding(KINDS[kind], finding=found, actor=cast.alice, at=MONDAY)
    assert not KINDS[kind].model.objects.standing().exists()
    bring_back_finding(KINDS[kind], finding=found, actor=cast.alice, at=MONDAY)

    assert KINDS[kind].model.objects.standing().get() == found
    verbs = [entry.verb for entry in Entry.objects.filter(subject_kind=kind).order_by("pk")]
    assert verbs == [f"{kind}.written", f"{kind}.taken_back", f"{kind}.brought_back"]  # nothing was changed between
    assert set(Entry.objects.filter(subject_kind=kind).values_list("root_id", flat=True)) == {deal.customer_id}


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_an_outsider_writes_nothing(cast, deal, boss, kind):
    for stranger in (cast.charlie, cast.mia, cast.eve):
        with pytest.raises(Denied):
            write_finding(
                KINDS[kind],
                opportunity=deal,
                values=values_of(kind, boss if kind in PERSONAL else None),
                actor=stranger,
                at=MONDAY,
            )

    assert not KINDS[kind].model.objects.exists()
    assert not KINDS[kind].model.objects.visible_to(cast.charlie).exists()


def test_an_outsider_neither_corrects_nor_takes_back(cast, deal, boss):
    found = make_finding(deal, "demand", boss)
    kind = KINDS["demand"]

    with pytest.raises(Denied):
        correct_finding(kind, finding=found, values={"requirement": "别的"}, actor=cast.charlie, at=MONDAY)
    with pytest.raises(Denied):
        take_back_finding(kind, finding=found, actor=cast.charlie, at=MONDAY)

    assert Demand.objects.standing().get().requirement == "换机不停产"
    assert not Demand.objects.visible_to(cast.charlie).exists()
    assert Demand.objects.visible_to(cast.mona).exists()


@pytest.mark.parametrize("kind", PERSONAL)
def test_a_finding_about_a_person_is_about_somebody_in_the_decision(cast, deal, kind):
    passer_by = make_contact(deal.customer, "路过")

    with pytest.raises(NotInTheDecision):
        make_finding(deal, kind, passer_by)

    assert not KINDS[kind].model.objects.exists()


def test_what_was_found_out_stays_when_the_person_leaves_the_decision(cast, deal, boss):
    make_finding(deal, "demand", boss)
    remove_influencer(influencer=deal.influencers.get(), actor=cast.alice, at=MONDAY)

    assert Demand.objects.standing().get().contact == boss


WRONG = [
    ("demand", {"kind": "explicit"}, WordsNeeded),
    ("demand", {"confirmed_on": MONDAY.date()}, NeedUnnamed),
    ("demand", {"fit": 11}, BadRating),
    ("demand", {"requirement": ""}, BadValue),
    ("demand", {"opportunity": 1}, UnknownField),
    ("criterion", {"ours": 11}, BadRating),
    ("criterion", {"rivals": {"海川": 12}}, BadRating),
    ("trustrating", {"credibility": None}, NothingRated),
    ("trustrating", {"delivery": 99}, BadRating),
    ("interest", {"importance": 6}, NotOneToFive),
    ("concern", {"severity": 0}, NotOneToFive),
    ("concern", {"state": "resolved"}, TheirWordsNeeded),
    ("valuemessage", {"state": "acknowledged"}, TheirWordsNeeded),
    ("benefitcard", {"evidence_kind": "case"}, EvidenceUnnamed),
    ("worth", {"product_minor": -1}, NotNegative),
    ("effect", {"people": "nobody"}, BadValue),
]


@pytest.mark.parametrize(("kind", "said", "refusal"), WRONG, ids=[f"{kind} {said}" for kind, said, _ in WRONG])
def test_what_makes_no_sense_is_refused_in_words_and_nothing_is_written(deal, boss, kind, said, refusal):
    entries = Entry.objects.count()

    with pytest.raises(refusal) as refused:
        make_finding(deal, kind, boss if kind in PERSONAL else None, **said)

    assert refused.value.text()
    assert not KINDS[kind].model.objects.exists()
    assert Entry.objects.count() == entries


@pytest.mark.parametrize("kind", ["interest", "valuemessage", "worth", "dealsheet"])
def test_what_stands_once_is_not_written_twice(cast, deal, boss, kind):
    who = boss if kind in PERSONAL else None
    found = make_finding(deal, kind, who)

    with pytest.raises(AlreadyWritten):
        make_finding(deal, kind, who)

    take_back_finding(KINDS[kind], finding=found, actor=cast.alice, at=MONDAY)
    make_finding(deal, kind, who)
    with pytest.raises(AlreadyWritten):
        bring_back_finding(KINDS[kind], finding=found, actor=cast.alice, at=MONDAY)


def test_whoever_corrects_what_changed_meanwhile_is_told(cast, deal, boss):
    found = make_finding(deal, "demand", boss)
    seen = found.revision
    kind = KINDS["demand"]
    correct_finding(kind, finding=found, values={"requirement": "先换一台"}, actor=cast.mona, at=MONDAY, seen=seen)

    stale = Demand.objects.get()
    with pytest.raises(Stale):
        correct_finding(kind, finding=stale, values={"need": "交货"}, actor=cast.alice, at=MONDAY, seen=seen)

    assert Demand.objects.get().need == ""


def test_what_was_taken_back_is_not_corrected(cast, deal, boss):
    found = make_finding(deal, "demand", boss)
    take_back_finding(KINDS["demand"], finding=found, actor=cast.alice, at=MONDAY)

    with pytest.raises(GoneAlready):
        correct_finding(KINDS["demand"], finding=found, values={"need": "交货"}, actor=cast.alice, at=MONDAY)


def test_a_correction_begun_before_it_was_taken_back_does_not_bring_it_back(cast, deal, boss):
    make_finding(deal, "demand", boss)
    read_before = Demand.objects.get()
    take_back_finding(KINDS["demand"], finding=Demand.objects.get(), actor=cast.mona, at=MONDAY)

    for seen, refusal in ((read_before.revision, Stale), (None, GoneAlready)):
        with pytest.raises(refusal):
            correct_finding(
                KINDS["demand"], finding=read_before, values={"need": "交货"}, actor=cast.alice, at=MONDAY, seen=seen
            )

    assert not Demand.objects.standing().exists()


def test_taking_back_twice_is_once(cast, deal, boss):
    found = make_finding(deal, "demand", boss)
    for _ in range(2):
        take_back_finding(KINDS["demand"], finding=found, actor=cast.alice, at=MONDAY)

    assert Entry.objects.filter(verb="demand.taken_back").count() == 1


def test_nothing_is_written_about_a_deal_of_a_deleted_customer(cast, deal, boss):
    delete_customer(customer=deal.customer, actor=cast.alice, at=MONDAY)
    deal.refresh_from_db()

    with pytest.raises(AlreadyDeleted):
        make_finding(deal, "demand", boss)
