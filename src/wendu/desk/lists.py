"""Words of the lists of customers: which list one belongs to, and what an alert means."""

from functools import lru_cache

from django.utils.translation import get_language, pgettext

from wendu.method.codes import Status

ALERTS = (
    "strike",
    "missed_heat",
    "cold_gap",
    "cold_gap_severe",
    "window_overdue",
    "due",
    "revisit_due",
    "first_touch_due",
)


def status_words(code: str) -> str:
    """Which list a customer belongs to."""
    return _statuses(get_language()).get(code, code)


@lru_cache(maxsize=8)
def _statuses(_language: str | None) -> dict[str, str]:
    return {
        Status.UNVISITED.value: pgettext("status", "Not yet contacted"),
        Status.IN_PURSUIT.value: pgettext("status", "In pursuit"),
        Status.EXISTING.value: pgettext("status", "Existing customer"),
        Status.NURTURING.value: pgettext("status", "Nurturing"),
        Status.DROPPED.value: pgettext("status", "Let go"),
        Status.CHURNED.value: pgettext("status", "Gone"),
    }


def alert_words(code: str) -> str:
    """What an alert of the list means."""
    words = {
        "strike": pgettext("alert", "Strike now"),
        "missed_heat": pgettext("alert", "Strike missed"),
        "cold_gap": pgettext("alert", "Cold gap"),
        "cold_gap_severe": pgettext("alert", "Long cold gap"),
        "window_overdue": pgettext("alert", "Window over"),
        "due": pgettext("alert", "Due"),
        "revisit_due": pgettext("alert", "Revisit due"),
        "first_touch_due": pgettext("alert", "First talk due"),
    }
    return words[code]
