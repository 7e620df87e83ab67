"""Reports on many deals: what they promise by month, and how the closed ones went."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_safe

from wendu.coach.record import OVERDUE, UNDATED
from wendu.desk.pipeline.asked import deals_asked
from wendu.desk.pipeline.forecast import BY_CLASS, BY_STAGE, LATER, Chance, DealForecast, deal_forecast
from wendu.desk.pipeline.record import PERIODS, USUAL, Record, record_page
from wendu.kernel.clock import now
from wendu.opportunities.choices import LossReason, Stage
from wendu.web.components.formats import money_words
from wendu.web.fragments import person
from wendu.web.opportunities.sections import filters, sections
from wendu.web.patience import unhurried


@require_safe
@unhurried
def forecast(request: HttpRequest) -> HttpResponse:
    """What the open deals one sees promise, month by month."""
    user, asked = person(request), deals_asked(request.GET)
    by = BY_STAGE if request.GET.get("by") == BY_STAGE else BY_CLASS
    shown = deal_forecast(user, now(), asked, by)
    least = shown.frame.scale.forecast.own_rate_from
    ways = ((BY_CLASS, pgettext("weighted", "by class")), (BY_STAGE, pgettext("weighted", "by stage")))
    context = {
        "shown": shown,
        "asked": asked,
        "lead": _lead(shown),
        "ways": [(words, f"?{asked.query(by=code)}", code == by) for code, words in ways],
        "by_stage": f"?{asked.query(by=BY_STAGE)}" if by == BY_CLASS and shown.unknown else "",
        "months": [(_month(month.key), month) for month in shown.months],
        "chances": [(_named(each), _speaks(each, least), each) for each in shown.chances],
        "kept_fields": [("by", by)],
        "sections": sections("forecast", user),
        **filters(user, asked, reverse("opportunities:forecast"), by=by),
    }
    return render(request, "opportunities/forecast.html", context)


@require_safe
@unhurried
def record(request: HttpRequest) -> HttpResponse:
    """How the closed deals one sees went."""
    user, asked = person(request), deals_asked(request.GET, with_class=False)
    period = request.GET.get("period", "") if request.GET.get("period") in PERIODS else USUAL
    shown = record_page(user, now(), asked, period)
    reasons = dict(LossReason.choices)
    context = {
        "shown": shown,
        "asked": asked,
        "lead": _told(shown),
        "periods": [(words, f"?{asked.query(period=code)}", code == period) for code, words in period_words().items()],
        "groups": [
            (title, label, [(each.name or none, each) for each in rows])
            for title, label, none, rows in (
                (_("By owner"), _("Owner"), _("Without an owner"), shown.owners),
                (_("By product"), _("Product"), _("No product named"), shown.products),
                (_("By team"), _("Team"), _("In no team"), shown.teams),
            )
            if rows
        ],
        "stages": [(f"{each.name} {Stage(each.name).label}", each) for each in shown.stages],
        "reasons": [(reasons.get(code, code), number) for code, number in shown.losses.said],
        "all_url": f"?{asked.query(period='all')}",
        "kept_fields": [("period", period)],
        "sections": sections("record", user),
        **filters(user, asked, reverse("opportunities:record"), with_class=False, period=period),
    }
    return render(request, "opportunities/record.html", context)


def period_words() -> dict[str, str]:
    """What the periods are called."""
    return {"3": _("3 months"), "12": _("12 months"), "24": _("2 years"), "all": pgettext("period", "All")}


def _lead(shown: DealForecast) -> str:
    currency = shown.frame.currency
    shape = ngettext(
        "%(n)s deal with an amount, %(amount)s open; about %(expected)s may come of it",
        "%(n)s deals with an amount, %(amount)s open; about %(expected)s may come of them",
        shown.deals,
    )
    return shape % {
        "n": f"{shown.deals:,}",
        "amount": money_words(shown.amount_minor, currency),
        "expected": money_words(shown.expected_minor, currency),
    }


def _told(shown: Record) -> str:
    shape = ngettext("%(n)s deal ended, %(won)s won", "%(n)s deals ended, %(won)s won", shown.whole.deals)
    return shape % {"n": f"{shown.whole.deals:,}", "won": f"{shown.whole.won:,}"}


def _named(chance: Chance) -> str:
    return f"{chance.code} {Stage(chance.code).label}" if chance.code in Stage.values else chance.code


def _speaks(chance: Chance, at_least: int) -> str:
    """Whose figure it is: the playbook's, one's own of so many closed deals, or nobody's yet."""
    if chance.percent is None:
        shape = _("not known: %(n)s closed deals so far, a rate is named from %(least)s on")
        return shape % {"n": chance.ended, "least": at_least}
    if not chance.own_deals:
        return _("the playbook's figure; your own speaks from %(least)s closed deals on") % {"least": at_least}
    if chance.of_stage and chance.of_stage != chance.code:
        shape = _("the rate of %(stage)s, of %(n)s closed deals: only %(here)s had come here before they ended")
        return shape % {"stage": chance.of_stage, "n": f"{chance.own_deals:,}", "here": chance.ended}
    return _("your own, of %(n)s closed deals") % {"n": f"{chance.own_deals:,}"}


def _month(key: str) -> str:
    named = {OVERDUE: _("Day is over"), UNDATED: _("No day"), LATER: pgettext("months", "Later")}
    return named.get(key) or _("%(month)s/%(year)s") % {"month": int(key[5:7]), "year": key[:4]}
