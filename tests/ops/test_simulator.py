"""The simulated firm: the same seed tells the same story, and the method finds everything it knows in it."""

import re
from datetime import UTC, date, datetime

from django.db import connection
from django.urls import reverse

from wendu.coach.models import DealStanding, Standing
from wendu.coach.plan import daily_plan
from wendu.customers.choices import FieldAbout
from wendu.customers.models import Contact, ContactPoint, Customer, Nurture
from wendu.customers.queries import standing_by_kind
from wendu.identity.models import User
from wendu.journal.models import Entry
from wendu.method.codes import Status
from wendu.opportunities.models import Closure, Opportunity, StageMove
from wendu.ops.demo import WAYS
from wendu.ops.simulator import firm
from wendu.ops.simulator.copies import multiply
from wendu.ops.simulator.life import live
from wendu.ops.simulator.load import lives, load_demo, tell_alerts
from wendu.ops.simulator.names import ALLOWED_PREFIX
from wendu.ops.simulator.words import GROUPS, NEED, WILLINGNESS, table
from wendu.search.models import Entry as SearchEntry
from wendu.touches.models import Commitment, IndicatorAnswer, Promise, QuietPeriod, Tail, Touch

TODAY = date(2026, 11, 20)
AT = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
REPS = [("east", 0.3), ("east", 0.8), ("southwest", 0.6)]
HAN = re.compile(r"[\u4e00-\u9fff]")


def told(count: int = 120, seed: int = 7):
    return list(lives(count, seed=seed, today=TODAY, reps=REPS, main=1, stopped=frozenset()))


def test_the_same_seed_and_day_tell_the_same_facts():
    assert told() == told()


def test_another_seed_tells_another_story():
    assert told()[40:] != told(seed=8)[40:]


def test_nothing_is_dated_later_than_today():
    stories = told()

    assert all(log.on <= TODAY for life in stories for log in life.logs)
    assert all(end.on <= TODAY for life in stories for deal in life.deals for end in deal.ends)


def test_every_note_says_something_in_chinese():
    notes = [log.note for life in told() for log in life.logs]

    assert notes
    assert all(HAN.search(note) and "{" not in note for note in notes)


def test_all_three_markets_occur():
    assert {life.market for life in told()} == {"b2b", "b2g", "b2c"}


def test_no_number_can_ring_anywhere():
    numbers = {person.mobile for life in told() for person in life.people}

    assert all(number.startswith(f"+86{ALLOWED_PREFIX}") for number in numbers)


def test_deals_end_for_different_reasons():
    ends = [end for life in told(400) for deal in life.deals for end in deal.ends]
    reasons = {end.reason for end in ends if end.outcome == "lost"}

    assert any(end.outcome == "won" for end in ends)
    assert {"no_trust", "value_not_conveyed", "cheaper_elsewhere", "no_decision"} <= reasons
    assert any(end.reopened_on for end in ends)


def test_the_texts_know_every_stage_and_the_ten_questions():
    talk = table("talk")

    assert all(set(GROUPS.values()) - {"care"} >= set(talk["b2b"][stage]) - {"care"} for stage in talk["b2b"])
    assert set(talk["evidence"]) == set(WILLINGNESS) | set(NEED)


def test_a_life_can_be_kept_short():
    life = told(60)[50]
    life.logs, life.deals, life.rests = [], [], []
    from random import Random

    live(Random(1), life, skill=0.5, today=TODAY, stopped=frozenset(), limit=4)

    assert len(life.logs) <= 6


def load(count: int) -> None:
    for _progress in load_demo(count, at=AT):
        pass


def test_the_method_finds_all_it_knows_and_every_fact_is_journaled(db):
    load(220)

    connection.check_constraints()
    standings = Standing.objects.all()

    assert {*standings.values_list("quadrant", flat=True)} >= {"A", "B", "C", "D", ""}
    assert {*standings.values_list("status", flat=True)} == {status.value for status in Status}
    assert standings.filter(in_pursuit=True, deadline_on__lt=TODAY).exists()
    assert standings.filter(in_pursuit=True, gap_on__lte=TODAY).exists()
    assert standings.filter(in_pursuit=True, severe_on__lte=TODAY).exists()
    assert DealStanding.objects.filter(strike_since__lte=TODAY).exists()
    assert DealStanding.objects.filter(missed_on__lte=TODAY).exists()
    for model in (Promise, Commitment, Tail, IndicatorAnswer, QuietPeriod, Nurture, ContactPoint):
        assert model.objects.exists(), model
    written = {verb: Entry.objects.filter(verb=verb).count() for verb in Entry.objects.values_list("verb", flat=True)}
    assert written["customer.created"] == Customer.objects.count()
    assert written["touch.logged"] == Touch.objects.count()
    assert written["opportunity.opened"] == Opportunity.objects.count()
    assert written["opportunity.closed"] == Closure.objects.count()
    assert written["opportunity.moved"] == StageMove.objects.count()
    rested = ("customer.nurtured", "customer.dropped", "customer.churned")
    assert sum(written[verb] for verb in rested) == Nurture.objects.count()
    found = SearchEntry.objects.filter(kind="customer").count(), SearchEntry.objects.filter(kind="contact").count()
    assert found == (Customer.objects.count(), Contact.objects.count())


def test_the_morning_of_the_main_rep_is_worth_looking_at(db):
    load(25)
    tell_alerts(AT)

    day = daily_plan(User.objects.get(username="rep"), at=AT)
    situations = [step.situation for step in day.steps]

    assert situations.count("strike") == 2
    assert {"missed_heat", "cold_gap", "cold_gap_severe", "promise_due", "result_due", "revisit_due"} <= {*situations}
    overdue = next(step for step in day.steps if step.situation == "result_due")
    assert "window_overdue" in [reason.code for reason in overdue.others]
    assert {"nurture_wake", "first_touch_due", "agreed_today"} <= {*situations}


def test_every_role_can_sign_in_with_the_printed_password(db):
    firm.found(1, at=AT)

    people = User.objects.filter(username__in=WAYS)

    assert {user.role for user in people} == {"rep", "manager", "service", "marketing", "executive", "admin"}
    assert all(user.check_password(firm.PASSWORD) for user in people)


def test_copies_stand_like_the_customers_they_were_made_of(db):
    load(30)
    before = Customer.objects.count(), Touch.objects.count(), Entry.objects.filter(verb="touch.logged").count()

    assert list(multiply(3)) == [1, 2]

    connection.check_constraints()
    after = Customer.objects.count(), Touch.objects.count(), Entry.objects.filter(verb="touch.logged").count()
    assert after == tuple(3 * count for count in before)
    original, copy = Customer.objects.get(external_id="D0000000"), Customer.objects.get(external_id="2-D0000000")
    assert copy.standing.heat == original.standing.heat
    assert copy.touches.count() == original.touches.count()
    assert {touch.opportunity.customer_id for touch in copy.touches.exclude(opportunity=None)} == {copy.pk}


def test_the_page_of_every_customer_opens_in_both_languages(db, client):
    load(60)
    client.force_login(User.objects.get(username="boss"))
    customers = [each for each in Customer.objects.filter(bucket_of=None) if each.custom.get("shift")]

    for language, words in (("zh-hans", {"白班", "两班", "三班"}), ("en", {"Day shift", "Two shifts", "Three shifts"})):
        client.cookies["django_language"] = language
        pages = [client.get(reverse("customers:page", args=[each.uuid])).content.decode() for each in customers[:8]]

        assert pages
        assert all(any(word in page for word in words) for page in pages)


def test_people_and_deals_of_the_demo_company_say_something_in_own_fields(db):
    load(60)

    fields = {about: {field.code for field in rows} for about, rows in standing_by_kind().items()}
    for about, model in ((FieldAbout.CONTACT, Contact), (FieldAbout.OPPORTUNITY, Opportunity)):
        told = [row.custom for row in model.objects.all() if row.custom]
        assert told
        assert {code for custom in told for code in custom} == fields[about]
