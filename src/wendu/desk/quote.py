"""A quote as a page: its paper, what it gives away and what that means, where its price stands, and its history."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from wendu.access.verbs import can
from wendu.coach.evidence import deal_case
from wendu.coach.frame import Frame
from wendu.coach.models import Standing
from wendu.coach.quoting import QuoteCase, quote_case, too_early
from wendu.desk.deal_room import PriceView, price_view
from wendu.desk.deal_words import CAUSES
from wendu.desk.ladder import LadderTable, ladder_table
from wendu.desk.wording import advice_words, reason_words
from wendu.identity.models import Organisation, User
from wendu.method.codes import Quadrant
from wendu.method.deals.diagnosis import Concession
from wendu.method.deals.quote import total
from wendu.opportunities.models import Opportunity
from wendu.quotes.choices import QuoteState
from wendu.quotes.facts import content_of, line_of
from wendu.quotes.models import Quote, QuoteMove, QuoteSnapshot
from wendu.quotes.queries import lines_by_quote, quotes_of


@dataclass(frozen=True, slots=True)
class QuotePage:
    """Everything the page of one version shows, prepared."""

    quote: Quote
    state: str
    has_expired: bool
    paper: Mapping[str, Any]
    case: QuoteCase
    given: tuple[str, ...]
    goes_out: str
    instead: str
    exchange: PriceView
    ladder: LadderTable | None
    moves: tuple[QuoteMove, ...]
    versions: tuple[Quote, ...]
    may_write: bool
    may_decide: bool
    too_early: str = ""

    @property
    def is_draft(self) -> bool:
        """Whether it can still be written on."""
        return self.quote.state == QuoteState.DRAFT

    @property
    def is_edited(self) -> bool:
        """Whether whoever looks may write on it."""
        return self.may_write and self.is_draft

    @property
    def can_send(self) -> bool:
        """Whether it may go out now."""
        is_free = self.is_draft and self.goes_out == Concession.ALLOWED and bool(self.case.lines)
        return self.may_write and (is_free or self.quote.state == QuoteState.APPROVED)

    @property
    def can_ask(self) -> bool:
        """Whether somebody has to allow it first."""
        return self.may_write and self.is_draft and self.goes_out != Concession.ALLOWED and bool(self.case.lines)

    @property
    def can_renew(self) -> bool:
        """Whether the next version may be begun from here."""
        is_open = self.quote.state in (QuoteState.DRAFT, QuoteState.AWAITING, QuoteState.APPROVED)
        return self.may_write and not is_open and self.quote.pk == self.versions[0].pk


def quote_page(user: User, quote: Quote, at: datetime) -> QuotePage:
    """Read the page of one visible version."""
    frame = Frame.at(at)
    known = deal_case(quote.opportunity, frame)
    judged = quote_case(quote, frame, known)
    moves = tuple(quote.moves.select_related("moved_by").order_by("-moved_at", "-pk"))
    return QuotePage(
        quote=quote,
        state=state_words(quote, frame.today),
        has_expired=quote.has_expired(frame.today),
        paper=paper_of(quote, judged),
        case=judged,
        given=tuple(map(reason_words, judged.given)),
        goes_out=judged.goes_out.value,
        instead=str(CAUSES[str(known.cause.value or "")]),
        exchange=_price(judged),
        ladder=ladder_table(known, judged.paid),
        moves=moves,
        versions=tuple(quotes_of(user, quote.opportunity)),
        may_write=can(user, "quote.write", quote.opportunity),
        may_decide=can(user, "quote.decide", quote.opportunity),
        too_early=_too_early(quote, frame) if judged.given else "",
    )


def _too_early(quote: Quote, frame: Frame) -> str:
    """What gives something away before trust passed its gate comes too early."""
    letter = Standing.objects.values_list("quadrant", flat=True).filter(pk=quote.opportunity.customer_id).first()
    found = too_early(quote.opportunity_id, Quadrant(letter) if letter else Quadrant.UNCLASSIFIED)
    return advice_words(found.code, frame.playbook) if found is not None else ""


def state_words(quote: Quote, today: date) -> str:
    """Where a quote stands, expired ones said so."""
    return _("Expired") if quote.has_expired(today) else str(QuoteState(quote.state).label)


def paper_of(quote: Quote, judged: QuoteCase) -> Mapping[str, Any]:
    """What was sent, word for word; before that, what would be."""
    kept = QuoteSnapshot.objects.filter(quote=quote).first()
    content: Mapping[str, Any] = (
        content_of(quote, judged.lines, Organisation.objects.current().name) if kept is None else kept.content
    )
    return {**content, "valid_until": date.fromisoformat(content["valid_until"])}


@dataclass(frozen=True, slots=True)
class QuoteRow:
    """One version in the list on the page of its deal."""

    quote: Quote
    state: str
    amount: int
    is_over: bool


def quote_rows(user: User, deal: Opportunity, today: date) -> Iterable[QuoteRow]:
    """The versions of a deal's quote, latest first (two queries)."""
    quotes = quotes_of(user, deal)
    lines = lines_by_quote(quotes)
    for quote in quotes:
        amount = total(map(line_of, lines[quote.pk]), tax_included=quote.tax_included).gross
        is_over = quote.state in (QuoteState.REFUSED, QuoteState.DECLINED) or quote.has_expired(today)
        yield QuoteRow(quote, state_words(quote, today), amount, is_over)


def _price(judged: QuoteCase) -> PriceView:
    is_locked = judged.goes_out is not Concession.ALLOWED
    return price_view(judged.held, judged.exchange, judged.room, words="", is_locked=is_locked, missing="")
