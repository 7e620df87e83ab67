"""What winners do otherwise, and whom to coach about what."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from wendu.access.verbs import can
from wendu.desk.pipeline.asked import deals_asked
from wendu.desk.pipeline.coaching import HELPS, Needy, coaching_page
from wendu.desk.pipeline.record import PERIODS, USUAL
from wendu.desk.pipeline.winners import Winners, winners_page
from wendu.kernel.clock import now
from wendu.method.deals.record import Compared, Spread
from wendu.opportunities.choices import Stage
from wendu.web.components.formats import whole
from wendu.web.fragments import person
from wendu.web.opportunities.reports import period_words
from wendu.web.opportunities.sections import filters, sections
from wendu.web.patience import unhurried


@require_safe
@unhurried
def winners(request: HttpRequest) -> HttpResponse:
    """What won deals had that lost ones had not."""
    user, asked = person(request), deals_asked(request.GET, with_class=False)
    period = request.GET.get("period", "") if request.GET.get("period") in PERIODS else USUAL
    shown, words = winners_page(user, now(), asked, period), _behaviours()
    context = {
        "shown": shown,
        "asked": asked,
        "lead": _lead(shown),
        "periods": [(said, f"?{asked.query(period=code)}", code == period) for code, said in period_words().items()],
        "rows": [
            (words[code], _half(row.won), _half(row.lost), row.verdict, _verdict(row)) for code, row in shown.rows
        ],
        "money": _money(shown),
        "kept_fields": [("period", period)],
        "sections": sections("winners", user),
        **filters(user, asked, reverse("opportunities:winners"), with_class=False, period=period),
    }
    return render(request, "opportunities/winners.html", context)


@require_safe
@unhurried
def coaching(request: HttpRequest) -> HttpResponse:
    """Which people and deals need help, and with what; for whoever looks after a team."""
    user, asked = person(request), deals_asked(request.GET)
    if not can(user, "team.view"):
        raise Http404
    shown, words = coaching_page(user, now(), asked), help_words()
    context: dict[str, Any] = {
        "shown": shown,
        "asked": asked,
        "lead": _needing(shown.looked_at, shown.needy),
        "columns": _columns(words),
        "people": [(each, [*zip(HELPS, _columns(words), each.helps, strict=True)]) for each in shown.people],
        "deals": [(each, [_help(each, code, words) for code in each.helps]) for each in shown.deals],
        "sections": sections("coaching", user),
        **filters(user, asked, reverse("opportunities:coaching")),
    }
    return render(request, "opportunities/coaching.html", context)


def _columns(words: dict[str, str]) -> list[str]:
    return [words[code] for code in HELPS]


def help_words() -> dict[str, str]:
    """What a deal can need help with."""
    return {
        "stalled": _("Talks without progress"),
        "ahead": _("Ahead of its evidence"),
        "thread": _("Hangs on one person"),
        "trust": _("Trust below the line"),
        "silent": _("Silent too long"),
    }


def _behaviours() -> dict[str, str]:
    return {
        "people": _("People talked with"),
        "needs": _("People whose need is confirmed"),
        "coverage": _("Key people whose need is confirmed, in per cent"),
        "talks": _("Talks"),
        "advances": _("Steps the customer took"),
        "rate": _("Talks with a goal that moved it on, in per cent"),
        "first_talk": _("Days to the first talk"),
        "first_advance": _("Days to the first step"),
    }


def _lead(shown: Winners) -> str:
    shape = _("%(won)s won and %(lost)s lost deals beside each other, up to the day each ended")
    return shape % {"won": shown.won, "lost": shown.lost}


def _needing(looked_at: int, needy: int) -> str:
    shape = ngettext(
        "%(needy)s of %(n)s deal looked at needs help", "%(needy)s of %(n)s deals looked at need help", looked_at
    )
    return shape % {"n": looked_at, "needy": needy}


def _half(values: Spread | None) -> tuple[str, str]:
    """The middle one, and how many there are with their middle half."""
    if values is None:
        return "—", ""
    middle = f"{values.middle:.1f}".removesuffix(".0")
    if values.low is None or values.high is None:
        return middle, _("of %(n)s only") % {"n": values.count}
    shape = _("half of %(n)s between %(low)s and %(high)s")
    return middle, shape % {"n": values.count, "low": whole(values.low), "high": whole(values.high)}


def _verdict(row: Compared) -> str:
    if row.verdict == "few":
        told = {"won": row.won.count if row.won else 0, "lost": row.lost.count if row.lost else 0}
        return _("too few to tell: known of %(won)s won and %(lost)s lost") % told
    return {
        "more": _("more in won deals"),
        "less": _("less in won deals"),
        "same": _("no difference to be seen"),
    }[row.verdict]


def _money(shown: Winners) -> str:
    """Whether deals with an effect in money are won more often."""
    return {
        "more": _("Deals with what they earn or save written in money are won more often."),
        "less": _("Deals with an effect in money are won less often; look whether the figures are theirs."),
        "same": _("No difference to be seen between them."),
        "few": _("Too few to tell: it takes %(n)s of each.") % {"n": shown.at_least},
    }[shown.money_verdict]


def _help(deal: Needy, code: str, words: dict[str, str]) -> str:
    if code != "ahead" or not deal.stands:
        return words[code]
    shape = _("at %(stage)s, the evidence reaches %(stands)s")
    return shape % {"stage": deal.stage, "stands": f"{deal.stands} {Stage(deal.stands).label}"}
