"""Stable symbols of quotes."""

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


class QuoteState(TextChoices):
    """Where a quote stands; that one has expired is seen from its day and never stored."""

    DRAFT = "draft", pgettext_lazy("quote", "Draft")
    AWAITING = "awaiting", pgettext_lazy("quote", "Awaiting approval")
    APPROVED = "approved", pgettext_lazy("quote", "Approved")
    REFUSED = "refused", pgettext_lazy("quote", "Refused")
    SENT = "sent", pgettext_lazy("quote", "Sent")
    ACCEPTED = "accepted", pgettext_lazy("quote", "Accepted")
    DECLINED = "declined", pgettext_lazy("quote", "Declined")
