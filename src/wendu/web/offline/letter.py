"""A touch as a device kept it: whose it is, its key, when it happened, with whom; and the fields of the log form."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from wendu.identity.models import Organisation
from wendu.kernel.clock import now
from wendu.web.touches.fields import OTHER_DAY

EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)
SURE_FOR = timedelta(days=28)  # receipts are kept thirty days: of older ones nobody knows whether they came in
LINES = ("promises", "tails")


class Letter(forms.Form):
    """What stands on the envelope; the touch itself is read by the log form."""

    key = forms.CharField(max_length=100)
    happened_at = forms.DateTimeField(label=_("When it was"))
    customer = forms.UUIDField(required=False)
    whom = forms.CharField(max_length=200, required=False)
    sure = forms.BooleanField(required=False)

    def clean_happened_at(self) -> datetime:
        """Take the moment as it was; a clock that runs ahead is set back to now."""
        moment: datetime = self.cleaned_data["happened_at"]
        if moment < EARLIEST:
            raise forms.ValidationError(_("The clock of this device is wrong. Set it, and choose the day by hand."))
        return min(moment, now())

    def clean(self) -> None:
        """Ask back about what is so old that it may have come in before."""
        happened = self.cleaned_data.get("happened_at")
        if happened and now() - happened > SURE_FOR and not self.cleaned_data.get("sure"):
            raise forms.ValidationError(
                _("This is more than four weeks old. Look whether it is in the log; if not, send it again.")
            )

    def touch(self, sent: QueryDict) -> QueryDict:
        """Complete the fields as the log form wants them; the day is the business day on which it happened."""
        said = sent.copy()
        if not said.get("touched_on"):
            day = Organisation.objects.current().today(self.cleaned_data["happened_at"])
            said["touched_on"] = day.isoformat()
        if said.get("other_day") and not said.get("agreed"):
            said["agreed"] = OTHER_DAY
        for name in LINES:
            for count in ("TOTAL_FORMS", "INITIAL_FORMS"):
                said.setdefault(f"{name}-{count}", "0")
        return said
