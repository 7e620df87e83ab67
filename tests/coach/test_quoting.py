"""What a quote gives away is blocked, escalated or allowed by why the deal does not close (ruling M146)."""

from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.cast import MONDAY
from tests.coach.proven import TODAY, WAN, case_of, make_rival, prove_cause, prove_exchange, prove_trust
from tests.factories import lose
from tests.factories.findings import make_finding
from tests.factories.quotes import make_line, make_quote
from tests.laws import examples
from wendu.coach.frame import Frame
from wendu.coach.quoting import (
    CONCESSION,
    ConcessionBlocked,
    ConcessionEscalated,
    NothingToAsk,
    ask,
    bargains,
    decide,
    quote_case,
    send,
)
from wendu.desk.ladder import ladder_table
from wendu.desk.team.asked import Scope
from wendu.desk.team.inbox import unproven, waiting_quotes
from wendu.journal.models import Entry
from wendu.kernel.errors import ActionError, Denied
from wendu.method.suggestion import Bargain
from wendu.quotes.actions import (
    NotADraft,
    answer_quote,
    correct_line,
    correct_quote,
    take_line_back,
    write_line,
    write_quote,
)
from wendu.quotes.models import Quote, QuoteLine, QuoteMove, QuoteSnapshot
from wendu.readings.models import Override

pytestmark = pytest.mark.django_db
LIST = 95 * WAN
KINDS = {
    "price": ({}, {"discount": Decimal(5)}),
    "free": ({}, {"unit_minor": 0, "list_minor": LIST}),
    "term": ({"payment_days": 90}, {}),
    "rebate": ({"rebate": Decimal(2)}, {}),
    "extra": ({"extras": "培训两天"}, {}),
}


def by(quote, actor=None):
    return {"quote": quote, "actor": actor or quote.opportunity.owner, "at": MONDAY}


def quoted(deal, kind=""):
    head, line = KINDS.get(kind, ({}, {}))
    quote = make_quote(deal, **head)
    make_line(quote, "空压机", **{"unit_minor": LIST, **line})
    return quote


def judged(quote):
    return quote_case(quote, Frame.at(MONDAY))


def everything():
    tables = (Quote, QuoteLine, QuoteMove, QuoteSnapshot, Override, Entry)
    return [sorted(table.objects.values_list(), key=str) for table in tables]


def test_an_offer_stands_from_the_day_it_may_go_out_and_a_draft_is_none(deal, django_assert_num_queries):
    quote = quoted(deal)
    assert bargains([deal.pk]) == {deal.pk: Bargain(deal.stage, offer_stands=False)}

    send(**by(quote))
    with django_assert_num_queries(1):
        assert bargains([deal.pk]) == {deal.pk: Bargain(deal.stage, offer_stands=True)}
    with django_assert_num_queries(0):
        assert bargains([]) == {}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("cause", ["C1", "C2", "C3"])
def test_m146_no_kind_of_concession_goes_out_for_c1_to_c3(deal, boss, cause, kind):
    prove_cause(deal, boss, cause)
    quote = quoted(deal, kind)
    before = everything()

    with pytest.raises(ConcessionBlocked):
        send(**by(quote))

    assert everything() == before
    assert judged(quote).goes_out == "blocked"


@pytest.mark.parametrize("kind", KINDS)
def test_m146_c4_is_escalated_to_whoever_leads(cast, deal, boss, kind):
    prove_cause(deal, boss, "C4")
    quote = quoted(deal, kind)

    with pytest.raises(ConcessionEscalated):
        send(**by(quote))
    ask(**by(quote), reason="海川同配低一成半")

    (item,) = waiting_quotes(Scope(cast.mona, ()), Frame.at(MONDAY), limit=5).rows
    assert (item.quote_uuid, item.who) == (quote.uuid, cast.alice.display_name)
    assert "海川同配低一成半" in item.words
    with pytest.raises(Denied):
        decide(**by(quote), approved=True, reason="我自己批")
    decide(**by(quote, cast.mona), approved=True, reason="守住这家")
    assert send(**by(quote)).content["version"] == 1
    assert not Override.objects.exists(), "the firm's own case is no override"
    assert not waiting_quotes(Scope(cast.mona, ()), Frame.at(MONDAY), limit=5).rows


def test_m146_an_exception_is_kept_with_its_reason_and_stands_before_whoever_leads(cast, deal, boss):
    prove_cause(deal, boss, "C1")
    quote = quoted(deal, "price")
    ask(**by(quote), reason="年底要量")

    decide(**by(quote, cast.mona), approved=True, reason="战略客户，破一次例")
    send(**by(quote))

    kept = Override.objects.get()
    assert (kept.code, kept.value, kept.actor) == (CONCESSION, ["C1"], cast.mona)
    (item,) = unproven(Scope(cast.mona, ()), Frame.at(MONDAY), limit=5).rows
    assert "破一次例" in item.words
    assert Entry.objects.filter(verb="override.set").count() == 1


def test_m146_a_price_below_what_was_asked_is_a_concession_without_any_list(deal, boss):
    prove_cause(deal, boss, "C1")

    with pytest.raises(ConcessionBlocked):
        send(**by(make_quote(deal, ("空压机", 94 * WAN))))


def test_a_refused_quote_stays_in_the_house(cast, deal, boss):
    prove_cause(deal, boss, "C4")
    quote = quoted(deal, "term")
    ask(**by(quote), reason="他们要九十天")

    decide(**by(quote, cast.mona), approved=False, reason="先把价值讲完")

    with pytest.raises(ActionError):
        send(**by(quote))
    assert quoted(deal).version == 2


def test_list_prices_and_usual_terms_go_out_whatever_the_evidence(deal, boss):
    prove_cause(deal, boss, "C1")

    send(**by(quoted(deal)))

    assert Quote.objects.get().state == "sent"


def test_with_value_trust_and_price_in_order_a_favour_inside_the_floor_goes_out(deal, boss):
    for message in ("can_meet", "creates_value", "better"):
        make_finding(deal, "valuemessage", boss, message=message, state="acknowledged", words="行")
    prove_trust(deal, boss)
    prove_exchange(deal)
    make_finding(deal, "dealsheet", has_no_rival=True)
    assert case_of(deal).cause.value == "C0"

    quote = quoted(deal, "price")
    assert judged(quote).inside_floor
    with pytest.raises(NothingToAsk):
        ask(**by(quote), reason="保险起见")
    send(**by(quote))

    below = make_quote(deal)
    correct_line(line=below.lines.get(), values={"unit_minor": 80 * WAN}, actor=deal.owner, at=MONDAY)
    assert judged(below).goes_out == "escalated", "70 of cost in 80 leave 12.5 per cent"


def test_m144_the_quote_says_who_gains_at_its_price(deal, boss):
    prove_exchange(deal)
    make_rival(deal, "海川", worth=110 * WAN, price=80 * WAN)

    assert judged(make_quote(deal, ("空压机", 95 * WAN))).exchange.band == "win_win"
    Quote.objects.all().delete()
    assert judged(make_quote(deal, ("空压机", 80 * WAN))).exchange.band == "customer_only"
    Quote.objects.all().delete()
    assert judged(make_quote(deal, ("空压机", 105 * WAN))).exchange.band == "us_only"


def test_m144_tax_is_not_ours_and_money_paid_back_is_gone(deal, boss):
    prove_exchange(deal)
    quote = make_quote(deal)
    line = make_line(quote, unit_minor=113 * WAN, tax=Decimal(13))
    assert judged(quote).room.floor == pytest.approx(70 * WAN / 0.85 * 1.13)
    assert not judged(make_line(quote, "减", 0).quote).case.offered.rivals

    correct_line(line=line, values={"unit_minor": 90 * WAN}, actor=deal.owner, at=MONDAY)
    assert judged(quote).inside_floor is False, "79.6 net bear 70 of cost at 12 per cent"

    correct_line(line=line, values={"unit_minor": 95 * WAN}, actor=deal.owner, at=MONDAY)
    assert judged(quote).inside_floor is True
    correct_quote(quote=quote, values={"rebate": 10}, actor=deal.owner, at=MONDAY)
    assert judged(quote).inside_floor is False


def test_m58_the_ladder_against_rivals_and_doing_nothing(deal, boss):
    prove_exchange(deal)
    make_rival(deal, "海川", worth=160 * WAN, price=90 * WAN)

    table = ladder_table(case_of(deal))

    assert table.names == ("我们", "海川", "什么都不做")
    assert table.left == (35 * WAN, 70 * WAN, 0)
    assert table.ahead == (-35 * WAN, 35 * WAN)
    assert table.needed == (35 * WAN, 0)
    better = {row.name for row in table.rows if row.cells[1].is_better}
    assert better == {"产品", "价格", "时间", "精力", "担心"}
    assert "产品" in table.closing[0]


def test_what_was_sent_never_changes_and_the_next_version_stands_beside_it(deal, boss):
    first = quoted(deal)
    snapshot = send(**by(first)).content
    line = first.lines.get()
    for attempt in (
        lambda: correct_line(line=line, values={"unit_minor": 1}, actor=deal.owner, at=MONDAY),
        lambda: take_line_back(line=line, actor=deal.owner, at=MONDAY),
        lambda: write_line(
            quote=first, values={"item": "x", "quantity": 1, "unit_minor": 1}, actor=deal.owner, at=MONDAY
        ),
        lambda: correct_quote(quote=first, values={"terms": "x"}, actor=deal.owner, at=MONDAY),
    ):
        with pytest.raises(NotADraft):
            attempt()

    second = make_quote(deal)
    assert (second.version, second.lines.get().unit_minor) == (2, LIST)
    correct_line(line=second.lines.get(), values={"unit_minor": LIST + 5}, actor=deal.owner, at=MONDAY)

    assert QuoteSnapshot.objects.get(quote=first).content == snapshot
    assert first.lines.get().unit_minor == LIST


def test_one_version_is_worked_on_at_a_time(deal):
    quoted(deal)

    with pytest.raises(ActionError):
        make_quote(deal)
    assert Quote.objects.count() == 1


def test_what_is_accepted_becomes_the_amount_of_the_deal_and_too_late_is_too_late(deal, boss):
    quote = quoted(deal)
    correct_line(line=quote.lines.get(), values={"unit_minor": 97 * WAN}, actor=deal.owner, at=MONDAY)
    send(**by(quote))
    late = MONDAY + timedelta(days=31)
    quote.refresh_from_db()
    assert not quote.has_expired(TODAY)
    assert quote.has_expired(late.date())

    with pytest.raises(ActionError):
        answer_quote(quote=quote, accepted=True, reason="", actor=deal.owner, at=late)
    quote.refresh_from_db()
    assert quote.state == "sent"
    answer_quote(**by(quote), accepted=True, reason="就按这个签")

    deal.refresh_from_db()
    assert (deal.amount_minor, deal.amount_is_estimated) == (97 * WAN, False)


def test_a_deal_that_is_over_is_not_quoted(deal):
    lose(deal)

    with pytest.raises(ActionError):
        quoted(deal)
    assert not Quote.objects.exists()


def test_a_day_that_is_over_and_an_empty_sheet_are_no_offer(deal):
    with pytest.raises(ActionError):
        write_quote(opportunity=deal, values={"valid_until": TODAY - timedelta(days=1)}, actor=deal.owner, at=MONDAY)
    with pytest.raises(ActionError):
        send(**by(make_quote(deal)))


def test_a_line_too_large_to_add_up_is_refused(deal):
    quote = make_quote(deal)

    with pytest.raises(ActionError):
        make_line(quote, unit_minor=8 * 10**15, quantity=9_999_999)
    assert not quote.lines.exists()


def test_an_outsider_quotes_nothing(cast, deal):
    quote = quoted(deal)
    before = everything()

    for attempt in (
        lambda: write_quote(opportunity=deal, values={"valid_until": TODAY}, actor=cast.charlie, at=MONDAY),
        lambda: send(**by(quote, cast.charlie)),
        lambda: ask(**by(quote, cast.charlie), reason="x"),
        lambda: decide(**by(quote, cast.nora), approved=True, reason="x"),
        lambda: answer_quote(**by(quote, cast.charlie), accepted=True, reason=""),
    ):
        with pytest.raises(Denied):
            attempt()
    assert everything() == before


STEPS = ("discount", "ask", "approve", "refuse", "send", "accept", "decline", "new")
WAY = {
    "draft": {"draft", "awaiting", "sent"},
    "awaiting": {"approved", "refused"},
    "approved": {"sent"},
    "sent": {"accepted", "declined"},
}


def step(name, deal, cast):
    quote = Quote.objects.order_by("-version").first()
    if name == "new":
        return make_quote(deal, ("空压机", LIST))
    if name == "discount":
        return correct_line(line=quote.lines.first(), values={"discount": 5}, actor=deal.owner, at=MONDAY)
    deeds = {
        "ask": lambda: ask(**by(quote), reason="因为"),
        "approve": lambda: decide(**by(quote, cast.mona), approved=True, reason="因为"),
        "refuse": lambda: decide(**by(quote, cast.mona), approved=False, reason="因为"),
        "send": lambda: send(**by(quote)),
        "accept": lambda: answer_quote(**by(quote), accepted=True, reason=""),
        "decline": lambda: answer_quote(**by(quote), accepted=False, reason=""),
    }
    return deeds[name]()


@settings(max_examples=examples(30), suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.sampled_from(["C1", "C4"]), st.lists(st.sampled_from(STEPS), max_size=9))
def test_m146_no_sequence_lets_a_concession_out_unallowed_and_a_refusal_changes_nothing(cast, deal, boss, cause, names):
    if not deal.valuemessages.exists():
        prove_cause(deal, boss, cause)
        quoted(deal)
    for name in names:
        deal.refresh_from_db()
        before, latest = everything(), Quote.objects.order_by("-version").first()
        try:
            step(name, deal, cast)
        except ActionError:
            assert everything() == before
            continue
        after = Quote.objects.get(pk=latest.pk)
        assert after.state == latest.state or after.state in WAY[latest.state]
        if name == "send" and any(line.discount for line in after.lines.all()):
            assert after.moves.filter(to_state="approved").exists() or not judged(after).given
