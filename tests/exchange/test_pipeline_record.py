"""A pipeline of won, lost and open deals brought in from a file fills the reports, and nothing is made up.

The file has the shape of a public one: stages Won, Lost, Engaging and Prospecting, days month first, deals without an
account, losses worth nothing, open deals without a day or a value. What must come out is worked out here from its rows.
"""

import csv
import io
from datetime import date, datetime, timedelta
from random import Random
from statistics import mean, median

import pytest

from tests.cast import organisation
from tests.exchange.bringing import MAPS, bring, table
from tests.exchange.test_pipeline import ACCOUNTS, PRODUCTS, TEAMS
from wendu.desk.pipeline.asked import DealsAsked
from wendu.desk.pipeline.board import stage_board
from wendu.desk.pipeline.forecast import BY_CLASS, BY_STAGE, deal_forecast
from wendu.desk.pipeline.record import record_page
from wendu.discovery.models import Demand, TrustRating
from wendu.identity.choices import Role
from wendu.identity.models import User
from wendu.kernel.clock import now
from wendu.opportunities.models import Influencer, Opportunity
from wendu.touches.models import Touch

ROWS = 300
HEAD = ["opportunity_id", "sales_agent", "product", "account", "deal_stage", "engage_date", "close_date", "close_value"]
PRICES = {"GTX Pro": 4821, "MG Special": 55}
ALL = DealsAsked()


def pipeline() -> list[dict[str, str]]:
    """Three hundred deals, the same each time."""
    lot, rows = Random(2017), []
    for number in range(ROWS):
        product = lot.choice(["GTXPro", "MG Special"])
        stage = lot.choices(["Won", "Lost", "Engaging", "Prospecting"], [48, 28, 18, 6])[0]
        began = date(2016, 10, 20) + timedelta(days=lot.randrange(300))
        ended = began + timedelta(days=lot.randrange(1, 130))
        price = PRICES["GTX Pro" if product == "GTXPro" else product]
        rows.append(
            {
                "opportunity_id": f"R{number:04}",
                "sales_agent": lot.choice(["Moses Fray", "Anna Snell", "Zane Levy"]),
                "product": product,
                "account": lot.choice(
                    ["Isdo", "Canci"] if stage in ("Won", "Lost") else ["Isdo", "Canci", "Canci", ""]
                ),
                "deal_stage": stage,
                "engage_date": "" if stage == "Prospecting" else f"{began.month}/{began.day}/{began.year}",
                "close_date": f"{ended.month}/{ended.day}/{ended.year}" if stage in ("Won", "Lost") else "",
                "close_value": {"Won": f"{round(price * lot.uniform(0.7, 1.2))}.0", "Lost": "0.0"}.get(stage, ""),
            }
        )
    return rows


def days_of(row):
    began, ended = (datetime.strptime(row[name], "%m/%d/%Y") for name in ("engage_date", "close_date"))
    return (ended - began).days


@pytest.fixture
def rows(db, tmp_path):
    organisation()
    table(tmp_path, PRODUCTS, "crm_products.csv")
    bring(table(tmp_path, TEAMS), "users", map_path=MAPS / "crm_sales_teams.yaml")
    bring(table(tmp_path, ACCOUNTS), "customers", map_path=MAPS / "crm_accounts.yaml")
    made, text = pipeline(), io.StringIO()
    writer = csv.DictWriter(text, HEAD)
    writer.writeheader()
    writer.writerows(made)
    report = bring(table(tmp_path, text.getvalue()), "opportunities", map_path=MAPS / "crm_sales_pipeline.yaml")
    assert (report.rows, report.created, report.rejected) == (ROWS, ROWS, 0)
    return made


@pytest.fixture
def boss(rows):
    return User.objects.create(username="boss", full_name="Boss", role=Role.EXECUTIVE)


def of(rows, *stages):
    return [row for row in rows if row["deal_stage"] in stages]


def test_win_rate_and_cycle_are_those_of_the_file(rows, boss):
    won, lost = of(rows, "Won"), of(rows, "Lost")

    shown = record_page(boss, now(), ALL, "all")

    assert (shown.whole.deals, shown.whole.won) == (len(won) + len(lost), len(won))
    assert shown.whole.rate == pytest.approx(100 * len(won) / (len(won) + len(lost)))
    assert shown.whole.days.middle == median(map(days_of, won))
    assert shown.lost_days.middle == median(map(days_of, lost))
    assert shown.whole.average_minor == round(100 * mean(float(row["close_value"]) for row in won))
    assert shown.undated == 0


@pytest.mark.parametrize(("group", "column"), [("owners", "sales_agent"), ("products", "product")])
def test_each_group_has_the_numbers_of_its_own_rows(rows, boss, group, column):
    shown = {each.name: each for each in getattr(record_page(boss, now(), ALL, "all"), group)}

    for name in {row[column] for row in rows}:
        mine = [row for row in of(rows, "Won", "Lost") if row[column] == name]
        went = shown["GTX Pro" if name == "GTXPro" else name]
        assert (went.deals, went.won) == (len(mine), len(of(mine, "Won")))
        assert went.rate == pytest.approx(100 * went.won / went.deals)


def test_no_stage_is_made_up_for_deals_whose_course_nobody_told(rows, boss):
    first, *later = record_page(boss, now(), ALL, "all").stages

    assert first.deals == len(of(rows, "Won", "Lost"))
    assert [(each.deals, each.rate) for each in later] == [(0, None)] * 3


def test_every_loss_is_not_diagnosable_and_no_evidence_was_invented(rows, boss):
    losses = record_page(boss, now(), ALL, "all").losses

    assert losses.said == (("unknown", len(of(rows, "Lost"))),)
    assert losses.without_evidence == losses.deals == len(of(rows, "Lost"))
    assert not any(kind.objects.exists() for kind in (Demand, TrustRating, Influencer, Touch))


def test_without_a_class_nothing_is_forecast_by_class_and_by_stage_ones_own_rate_speaks(rows, boss):
    live, ended = of(rows, "Engaging", "Prospecting"), of(rows, "Won", "Lost")
    worth = sum(100 * PRICES["GTX Pro" if row["product"] == "GTXPro" else row["product"]] for row in live)
    rate = len(of(rows, "Won")) / len(ended)

    by_class, by_stage = (deal_forecast(boss, now(), ALL, by) for by in (BY_CLASS, BY_STAGE))

    assert (by_class.expected_minor, by_class.unknown) == (0, len(live))
    assert (by_stage.deals, by_stage.amount_minor) == (len(live), worth)
    assert by_stage.expected_minor == pytest.approx(worth * rate, abs=2)
    assert [(each.own_deals, each.of_stage) for each in by_stage.chances] == [(len(ended), "ST1")] * 4
    assert [month.key for month in by_stage.months] == ["undated"]


def test_the_board_holds_every_open_deal_those_without_a_customer_too(rows, boss):
    shown = stage_board(boss, now(), ALL)

    assert [column.deals for column in shown.columns] == [len(of(rows, "Prospecting")), len(of(rows, "Engaging")), 0, 0]
    assert shown.columns[0].unclassed == shown.columns[0].deals
    undated = [card for column in shown.columns for card in column.cards if card.days is None]
    assert len(undated) == len(shown.columns[0].cards)
    assert all(card.missing for column in shown.columns for card in column.cards)


def test_a_seller_sees_only_his_own_record(rows):
    moses = User.objects.get(username="moses.fray")
    mine = set(Opportunity.objects.visible_to(moses).values_list("external_id", flat=True))

    shown = record_page(moses, now(), DealsAsked({"owner": "me"}), "all")

    own = [row for row in of(rows, "Won", "Lost") if row["sales_agent"] == "Moses Fray"]
    assert {row["opportunity_id"] for row in own} <= mine
    assert (shown.whole.deals, shown.whole.won) == (len(own), len(of(own, "Won")))
