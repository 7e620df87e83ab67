"""Files of the shape of a public pipeline: teams, accounts, deals without account and without value."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import MONDAY, organisation
from tests.exchange.bringing import MAPS, bring, reasons, table
from wendu.coach.plan import daily_plan
from wendu.customers.models import Collaborator, Customer
from wendu.identity.choices import Role
from wendu.identity.models import Team, User
from wendu.opportunities.actions import state_of
from wendu.opportunities.choices import Stage, State
from wendu.opportunities.models import Opportunity

TEAMS = """sales_agent,manager,regional_office
Moses Fray,Dora Brink,Central
Anna Snell,Dora Brink,Central
Zane Levy,Sam Sewer,West
"""
ACCOUNTS = """account,sector,year_established,revenue,employees,office_location,subsidiary_of
Isdo,medical,2002,3178.24,4540,United States,
Canci,retail,2001,718.62,2448,United States,Isdo
"""
PRODUCTS = "product,series,sales_price\nGTX Pro,GTX,4821\nMG Special,MG,55\n"
PIPELINE = """opportunity_id,sales_agent,product,account,deal_stage,engage_date,close_date,close_value
A1,Moses Fray,GTXPro,Isdo,Won,10/20/2016,3/1/2017,4514.0
A2,Moses Fray,MG Special,Canci,Lost,10/25/2016,3/11/2017,0.0
A3,Moses Fray,GTXPro,Canci,Engaging,9/25/2017,,
A4,Moses Fray,MG Special,,Engaging,11/3/2016,,
A5,Anna Snell,MG Special,Canci,Prospecting,,,
A6,Nobody,MG Special,Canci,Won,1/1/2017,2/30/2017,55
"""


@pytest.fixture
def brought(db, tmp_path):
    organisation()
    table(tmp_path, PRODUCTS, "crm_products.csv")
    bring(table(tmp_path, TEAMS), "users", map_path=MAPS / "crm_sales_teams.yaml")
    bring(table(tmp_path, ACCOUNTS), "customers", map_path=MAPS / "crm_accounts.yaml")
    path = table(tmp_path, PIPELINE)
    return path, bring(path, "opportunities", map_path=MAPS / "crm_sales_pipeline.yaml")


def test_managers_head_teams_below_their_region(brought):
    moses, dora = User.objects.get(username="moses.fray"), User.objects.get(username="dora.brink")

    assert (moses.team, moses.role, dora.role) == (dora.team, Role.REP, Role.MANAGER)
    assert dora.team.parent == Team.objects.get(name="Central")
    assert not moses.has_usable_password()


def test_every_deal_is_accounted_for(brought):
    _, report = brought

    assert (report.rows, report.created, report.rejected) == (6, 5, 1)
    assert set(reasons(report)) == {(7, "sales_agent", "person_not_found"), (7, "close_date", "unreadable_day")}


def test_won_and_lost_deals_end_on_their_day_and_open_ones_stay_open(brought):
    won, lost, live = (Opportunity.objects.get(external_id=number) for number in ("A1", "A2", "A3"))

    assert [state_of(deal) for deal in (won, lost, live)] == [State.WON, State.LOST, State.OPEN]
    assert (won.stage, live.stage) == (Stage.ST5, Stage.ST2)
    assert won.stage_moves.count() == 4
    assert won.closures.get().closed_on == date(2017, 3, 1)
    assert lost.closures.get().reason == "unknown"


def test_a_missing_amount_takes_the_list_price_and_says_so(brought):
    live = Opportunity.objects.get(external_id="A3")

    assert (live.product, live.amount_minor, live.amount_is_estimated) == ("GTX Pro", 482_100, True)
    assert not Opportunity.objects.get(external_id="A1").amount_is_estimated


def test_a_deal_without_account_waits_in_its_owners_bucket_and_owners_work_together(brought):
    moses = User.objects.get(username="moses.fray")

    assert Opportunity.objects.get(external_id="A4").customer.bucket_of == moses
    assert Collaborator.objects.filter(customer=Customer.objects.get(name="Canci"), user=moses).exists()
    assert Collaborator.objects.filter(customer__name="Canci").count() == 2


def test_the_pipeline_twice_changes_nothing(brought):
    path, _ = brought

    report = bring(path, "opportunities", map_path=MAPS / "crm_sales_pipeline.yaml")

    assert (report.unchanged, report.created, report.updated, report.rejected) == (5, 0, 0, 1)
    assert Opportunity.objects.count() == 5


def test_a_later_file_closes_what_was_open(brought, tmp_path):
    line = "A3,Moses Fray,GTXPro,Canci,Won,9/25/2017,10/2/2017,5000\n"
    path = table(tmp_path, PIPELINE.splitlines(keepends=True)[0] + line)

    report = bring(path, "opportunities", map_path=MAPS / "crm_sales_pipeline.yaml")

    deal = Opportunity.objects.get(external_id="A3")
    assert report.updated == 1
    assert (state_of(deal), deal.amount_minor, deal.amount_is_estimated) == (State.WON, 500_000, False)


def test_the_plan_of_a_past_day_is_useful_and_knows_nothing_of_the_future(brought):
    moses = User.objects.get(username="moses.fray")

    day = daily_plan(moses, on=date(2017, 2, 1), from_facts=True)

    names = dict(Customer.objects.values_list("pk", "name"))
    planned = [names[step.customer_id] for step in day.steps]
    assert len(planned) == len(set(planned))
    assert {"Isdo", "Canci"} <= set(planned)
    assert {step.situation for step in day.steps} <= {"unlogged", "name_the_customer"}
    assert MONDAY.date() > day.frame.today


DEALS = "编号,商机,客户,负责人,金额,阶段,状态,开始,关闭\n"


def many_deals(folder, count, stage="ST2"):
    table(folder, "编号,客户名称\n" + "".join(f"C{n},安澜泵业{n}\n" for n in range(count)), "homes.csv")
    bring(folder / "homes.csv", "customers")
    ends = ("won,2026-01-05,2026-02-01", ",2026-01-05,")
    rows = (f"D{n},泵 {n},C{n},alice,{1000 + n},{stage if n % 2 else ''},{ends[n % 2]}\n" for n in range(count))
    return table(folder, DEALS + "".join(rows), f"deals{count}.csv")


def test_deals_that_say_nothing_new_cost_the_same_queries_however_many(cast, tmp_path):
    spent = []
    for count in (4, 40):
        path = many_deals(tmp_path, count)
        bring(path, "opportunities")
        with CaptureQueriesContext(connection) as asked:
            report = bring(path, "opportunities")
        spent.append(len(asked))
        assert (report.unchanged, report.updated, report.created) == (count, 0, 0)

    assert spent[0] == spent[1]


def test_of_two_rows_about_one_deal_the_second_sees_what_the_first_did(cast, tmp_path):
    path = many_deals(tmp_path, 2)
    bring(path, "opportunities")
    again = "D1,泵 1,C1,alice,1001,ST2,won,2026-01-05,2026-02-20\n" * 2

    report = bring(table(tmp_path, DEALS + again), "opportunities")

    assert (report.updated, report.unchanged, report.rejected) == (1, 1, 0)
    assert state_of(Opportunity.objects.get(external_id="D1")) == State.WON
    lost = "D1,泵 1,C1,alice,1001,,lost,2026-01-05,2026-02-20\n"
    assert reasons(bring(table(tmp_path, DEALS + lost), "opportunities")) == [(2, "状态", "closed_here")]
