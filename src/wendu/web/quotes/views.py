"""A quote: begun, corrected, asked for, decided, sent and answered; its page and its paper."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from wendu.access.verbs import permit
from wendu.agreements.queries import orders_from
from wendu.coach.frame import Frame
from wendu.coach.quoting import ask as ask_for
from wendu.coach.quoting import decide, quote_case, send
from wendu.desk.quote import paper_of, quote_page
from wendu.kernel.clock import now
from wendu.kernel.errors import ActionError, Denied
from wendu.quotes import actions
from wendu.quotes.choices import QuoteState
from wendu.quotes.models import OPEN, Quote
from wendu.quotes.queries import quotes_of
from wendu.web.customers.asking import Question, ask
from wendu.web.fragments import done_once, is_fragment, person
from wendu.web.opportunities.views import visible_deal
from wendu.web.quotes.forms import AnswerForm, DecisionForm, EditQuoteForm, QuoteForm, ReasonForm
from wendu.web.touches.answers import told

HEAD = ("valid_until", "tax_included", "payment_days", "rebate", "extras", "terms")
LANGUAGES = ("zh-hans", "en")


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Begin the next version of a deal's quote; one that is worked on is gone on with."""
    deal = visible_deal(request, uuid)
    permit(person(request), "quote.write", deal)
    versions = quotes_of(person(request), deal)
    if versions and versions[0].state in OPEN and request.method != "POST":
        return redirect("quotes:page", versions[0].uuid)
    frame = Frame.at(now())
    exchange = frame.scale.deal.exchange
    known = {
        "valid_until": frame.today + timedelta(days=exchange.quote_valid_days),
        "payment_days": exchange.usual_payment_days,
    }
    if versions:
        known |= {name: getattr(versions[0], name) for name in HEAD if name != "valid_until"}
    form = QuoteForm(request.POST or None, initial=known)

    def act(_said: dict[str, Any]) -> HttpResponse:
        quote, _is_new = done_once(
            request,
            "quote.written",
            lambda: actions.write_quote(opportunity=deal, values=form.values(), actor=person(request), at=now()),
            find=lambda key: Quote.objects.get(uuid=key),
        )
        return _to(request, quote)

    back = reverse("opportunities:page", args=[deal.uuid])
    return ask(request, form, Question(_("New quote"), _("Begin"), deal.customer, about=deal.title, back=back), act)


@require_safe
def page(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """One version."""
    quote = visible_quote(request, uuid)
    orders = orders_from(person(request), quote) if quote.state == QuoteState.ACCEPTED else ()
    context = {"page": quote_page(person(request), quote, now()), "quote": quote, "deal": quote.opportunity}
    context["orders"] = orders
    return render(request, "quotes/page.html", context)


@require_safe
def paper(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The paper as the customer reads it, in either language."""
    quote = visible_quote(request, uuid)
    wanted = request.GET.get("language", "")
    language = wanted if wanted in LANGUAGES else get_language() or LANGUAGES[0]
    written = paper_of(quote, quote_case(quote, Frame.at(now())))
    with override(language):
        context = {"paper": written, "quote": quote, "language": language, "is_draft": quote.state in OPEN}
        return render(request, "quotes/paper.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def details(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Correct what a draft says beside its lines."""
    quote = _written_quote(request, uuid)
    seen = quote.revision
    form = EditQuoteForm(
        request.POST or None,
        initial={name: getattr(quote, name) for name in HEAD},
        stands=quote,
        reader=person(request),
    )

    def act(_said: dict[str, Any]) -> str:
        values = form.only_changed(form.values())
        actions.correct_quote(quote=quote, values=values, actor=person(request), at=now(), seen=seen)
        return _("The quote is corrected")

    return ask(request, form, asked_of(quote, _("Validity and terms"), _("Save")), act)


@require_http_methods(["GET", "HEAD", "POST"])
def asking(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Ask whoever leads to let it out."""
    quote = _written_quote(request, uuid)
    form = ReasonForm(request.POST or None)

    def act(said: dict[str, Any]) -> str:
        ask_for(quote=quote, reason=said["reason"], actor=person(request), at=now())
        return _("Version %(version)s waits for approval") % {"version": quote.version}

    intro = _("Your manager sees what it gives away, what the evidence says, and this reason.")
    return ask(request, form, asked_of(quote, _("Ask for approval"), _("Ask"), intro=intro), act)


@require_http_methods(["GET", "HEAD", "POST"])
def decision(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Let it out or refuse it."""
    quote = visible_quote(request, uuid)
    permit(person(request), "quote.decide", quote.opportunity)
    form = DecisionForm(request.POST or None)

    def act(said: dict[str, Any]) -> str:
        approved = said["decision"] == "approved"
        decide(quote=quote, approved=approved, reason=said["reason"], actor=person(request), at=now())
        return _("Version %(version)s may go out") % {"version": quote.version} if approved else _("Refused, with why")

    intro = _("Against the evidence it is an exception: it is kept with your reason, and everybody who leads sees it.")
    return ask(request, form, asked_of(quote, _("Decide on the quote"), _("Decide"), intro=intro), act)


@require_POST
def sending(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Let it out as it stands; what it may not give it says, and nothing is sent."""
    quote = _written_quote(request, uuid)
    try:
        send(quote=quote, actor=person(request), at=now())
    except Denied:
        raise
    except ActionError as refused:
        shown = quote_page(person(request), visible_quote(request, uuid), now())
        context = {"page": shown, "quote": shown.quote, "deal": quote.opportunity, "refusal": refused.text()}
        return render(request, "quotes/page.html", context, status=422)
    words = _("Version %(version)s is kept as sent") % {"version": quote.version}
    return told(request, quote.opportunity.customer, words, back=_page(quote))


@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Write down what the customer said to it."""
    quote = _written_quote(request, uuid)
    form = AnswerForm(request.POST or None)

    def act(said: dict[str, Any]) -> str:
        accepted = said["answer"] == "accepted"
        actions.answer_quote(quote=quote, accepted=accepted, reason=said["reason"], actor=person(request), at=now())
        return _("Accepted; the deal has its amount now") if accepted else _("Declined is written down")

    return ask(request, form, asked_of(quote, _("Their answer"), _("Save")), act)


def visible_quote(request: HttpRequest, uuid: UUID) -> Quote:
    """A version one sees."""
    rows = Quote.objects.visible_to(person(request)).filter(
        opportunity__deleted_at__isnull=True, opportunity__customer__deleted_at__isnull=True
    )
    return get_object_or_404(
        rows.select_related("opportunity__customer__owner", "opportunity__customer__team", "author"), uuid=uuid
    )


def asked_of(quote: Quote, title: str, submit: str, *, intro: str = "") -> Question:
    """A question about one version."""
    deal = quote.opportunity
    about = f"{deal.title} · V{quote.version}"
    return Question(title, submit, deal.customer, about=about, intro=intro, back=_page(quote))


def _written_quote(request: HttpRequest, uuid: UUID) -> Quote:
    quote = visible_quote(request, uuid)
    permit(person(request), "quote.write", quote.opportunity)
    return quote


def _page(quote: Quote) -> str:
    return reverse("quotes:page", args=[quote.uuid])


def _to(request: HttpRequest, quote: Quote) -> HttpResponse:
    if not is_fragment(request):
        return redirect(_page(quote))
    answer = HttpResponse(status=204)
    answer["HX-Redirect"] = _page(quote)
    return answer
