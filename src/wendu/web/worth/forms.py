"""What the simulator of retention is asked."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wendu.desk.worth.overview import Asked

MOST_CUSTOMERS = 100_000_000


class WhatifForm(forms.Form):
    """Per cent that leave in a year, now and then, and how many customers; what is left empty is suggested."""

    now = forms.FloatField(label=_("Leave in a year now, per cent"), min_value=0, max_value=100, required=False)
    then = forms.FloatField(label=_("Would leave in a year, per cent"), min_value=0, max_value=100, required=False)
    customers = forms.IntegerField(label=_("Customers"), min_value=0, max_value=MOST_CUSTOMERS, required=False)

    def said(self) -> dict[str, float]:
        """What was typed and can be read."""
        if not self.is_bound:
            return {}
        self.full_clean()
        return {name: value for name, value in self.cleaned_data.items() if value is not None}

    def suggest(self, asked: Asked) -> None:
        """Show what was worked with, where nothing was typed."""
        found: dict[str, Any] = {
            "now": asked.now_percent,
            "then": asked.then_percent,
            "customers": asked.customers,
        }
        if self.is_bound:
            self.data = {**found, **{name: value for name, value in self.data.items() if value != ""}}
        else:
            self.initial = found
