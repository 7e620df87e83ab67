"""A need worded anew is not the one they confirmed; a gate names whose request lacks its checks."""

import pytest

from tests.cast import MONDAY
from tests.coach.proven import case_of
from tests.factories import make_contact, make_customer, make_opportunity
from tests.factories.findings import make_finding
from wendu.desk.gate import gate_view
from wendu.discovery.actions import DEMAND
from wendu.journal.models import Entry
from wendu.opportunities.actions import correct_finding, set_influencer
from wendu.opportunities.choices import InfluencerRole

pytestmark = pytest.mark.django_db
TODAY = MONDAY.date()


@pytest.fixture
def person(cast):
    home = make_customer(owner=cast.alice)
    deal = make_opportunity(customer=home, owner=cast.alice)
    contact = make_contact(customer=home, name="陈国强")
    role = InfluencerRole.DECISION_MAKER
    return set_influencer(opportunity=deal, contact=contact, role=role, actor=cast.alice, at=MONDAY)


def confirmed(person, **more):
    said = {"requirement": "伺服电机", "need": "停机少", "confirmed_on": TODAY, **more}
    return make_finding(person.opportunity, "demand", contact_id=person.contact_id, **said)


def test_another_need_is_not_confirmed_any_more_and_the_journal_says_so(cast, person):
    row = confirmed(person)

    correct_finding(DEMAND, finding=row, values={"need": "交期准"}, actor=cast.alice, at=MONDAY)

    row.refresh_from_db()
    assert row.confirmed_on is None
    entry = Entry.objects.get(verb="demand.corrected")
    assert (entry.before["confirmed_on"], entry.after["confirmed_on"]) == (TODAY.isoformat(), None)


@pytest.mark.parametrize("values", [{"need": " 停机少。"}, {"motive": "奖金"}, {"need": "停机少", "fit": 7}])
def test_the_same_need_stays_confirmed(cast, person, values):
    row = confirmed(person)

    correct_finding(DEMAND, finding=row, values=values, actor=cast.alice, at=MONDAY)

    assert row.confirmed_on == TODAY


def test_a_need_worded_anew_and_confirmed_at_once_bears_the_new_day(cast, person):
    row = confirmed(person, confirmed_on=TODAY.replace(day=1))

    correct_finding(DEMAND, finding=row, values={"need": "交期准", "confirmed_on": TODAY}, actor=cast.alice, at=MONDAY)

    assert row.confirmed_on == TODAY


def test_the_gate_names_the_first_whose_requests_lack_a_check(person):
    for what in ("伺服电机", "快换模", "机械手"):
        confirmed(person, requirement=what)
    case = case_of(person.opportunity)

    row = next(
        each for each in gate_view(case, case.gate_of("ST1")).rows if each.kind == "demand" and "三" in each.words
    )

    assert row.lacks == "陈国强：伺服电机; 陈国强：快换模; 还有 1 条"
