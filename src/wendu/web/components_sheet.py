"""The component sheet: every component in every state, for whoever builds the next screen."""

from __future__ import annotations

from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

from django import forms
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .components.heat import ICONS

SAMPLE_DAY = date(2026, 11, 26)
HEATS = {"cold": 11, "cool": 33, "warm": 48, "hot": 62, "near": 86, "boil": 100}
RANGES = ("0–19", "20–39", "40–59", "60–79", "80–99", "100")


class SampleForm(forms.Form):
    """A form that was sent with one field missing."""

    who = forms.ChoiceField(label=gettext_lazy("Customer side"), choices=[("1", gettext_lazy("Purchasing"))])
    what = forms.CharField(label=gettext_lazy("What"))
    on = forms.DateField(label=gettext_lazy("By when"), error_messages={"required": gettext_lazy("Pick a day.")})


def sheet(request: HttpRequest) -> HttpResponse:
    """Show the sheet to administrators while trying things out; it is not there in daily work."""
    trying = settings.DEBUG or getattr(settings, "DEMO", False)
    if not trying or getattr(request.user, "role", "") != "admin":
        raise Http404
    return render(request, "components_sheet.html", samples())


def samples() -> dict[str, Any]:
    """Prepare what the sheet shows."""
    return {
        "heats": [(value, band) for band, value in HEATS.items()],
        "scale": list(zip(HEATS, RANGES, strict=True)),
        "papers": ("paper", "paper-2", "sheet", "line-2", "ink-3", "ink", "ember"),
        "letters": "ABCD",
        "button_kinds": ("btn-ember", "btn-ink", "", "btn-quiet"),
        "checks": (("met", _("met")), ("missing", _("missing")), ("unknown", _("unknown"))),
        "share": (("A", 38), ("B", 36), ("C", 18), ("D", 8)),
        "reasons": [_because("57", _("heat left")), _because("+22.5", _("visit")), _because("−17.4", _("silence"))],
        "alerts": [_alert(band, count) for band, count in (("near", 2), ("cold", 3), ("warm", 0))],
        "form": SampleForm({"who": "1", "what": "…"}),
        "orders": ((_("Ranked"), "?", True), (_("By time"), "?", False)),
        "curve": _curve(),
    }


def _because(points: str, words: str) -> SimpleNamespace:
    return SimpleNamespace(points=points, words=words)


def _alert(band: str, count: int) -> SimpleNamespace:
    hot = band == "near"
    return SimpleNamespace(
        label=_("Alert"), icon=ICONS[band], count=count, hint="…", url="#alerts", current=band == "cold", hot=hot
    )


def _curve() -> SimpleNamespace:
    """Three weeks: a touch, a stopped week, silence, an advance."""
    heats = [(0, 30), (3, 24), (3, 46), (8, 46), (12, 38), (16, 29), (16, 62), (17, 62), (20, 54)]
    days = [SAMPLE_DAY - timedelta(days=20 - number) for number in range(21)]
    return SimpleNamespace(
        points=[SimpleNamespace(on=days[number], value=v, band=_band(v)) for number, v in heats],
        touches=[
            SimpleNamespace(on=days[3], before=24, after=46, advance=False, words=_("Visit")),
            SimpleNamespace(on=days[16], before=29, after=62, advance=True, words=_("Visit")),
        ],
        gaps=[SimpleNamespace(start=days[12], end=days[16], days=4)],
        stops=[SimpleNamespace(start=days[4], end=days[8], words=_("Holiday"))],
    )


def _band(value: float) -> str:
    return list(HEATS)[min(int(value // 20), 5)]
