"""Losses by cause, with the deals behind each figure."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from wendu.coach.frame import Frame
from wendu.desk.losses import ORDER, cause_name
from wendu.desk.losses import losses as losses_page
from wendu.kernel.clock import now
from wendu.web.fragments import person
from wendu.web.patience import unhurried

PERIODS = {"90": 90, "365": 365, "all": None}
PAGE, LONGEST = 50, 200


@require_safe
@unhurried
def losses(request: HttpRequest) -> HttpResponse:
    """Why deals were lost, as far as the evidence says."""
    asked, frame = request.GET, Frame.at(now())
    days = asked.get("days") if asked.get("days") in PERIODS else "365"
    cause = asked.get("cause", "") if asked.get("cause") in ORDER else ""
    product = asked["product"][:LONGEST] if cause and "product" in asked else None
    start = _start(asked.get("from", ""))
    found = losses_page(
        person(request),
        today=frame.today,
        days=PERIODS[str(days)],
        cause=cause,
        product=product,
        start=start,
        limit=PAGE,
    )
    kept: dict[str, Any] = {"days": days, "cause": cause, **({} if product is None else {"product": product})}
    context = {
        "found": found,
        "cause": cause,
        "product": product,
        "chosen": _chosen(cause, product),
        "days": days,
        "periods": [(words, f"?{urlencode({**kept, 'days': code})}", code == days) for code, words in _periods()],
        "next_url": f"?{urlencode({**kept, 'from': start + PAGE})}" if found.has_more else "",
        "previous_url": f"?{urlencode({**kept, 'from': max(0, start - PAGE)})}" if start else "",
    }
    return render(request, "opportunities/losses.html", context)


def _chosen(cause: str, product: str | None) -> str:
    name = cause_name(cause) if cause else _("All losses")
    return name if product is None else f"{name} · {product or _('product not named')}"


def _periods() -> list[tuple[str, str]]:
    return [("90", _("90 days")), ("365", _("12 months")), ("all", _("Ever"))]


def _start(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < len("1000000") else 0
