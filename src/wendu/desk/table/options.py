"""What can be chosen for a field, in words; the same for everybody who reads this language."""

from functools import lru_cache

from django.db.models import TextChoices
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from wendu.coach.frame import Frame
from wendu.customers.choices import CustomerKind, Market, ProductKind, SaleKind, Tier
from wendu.desk.lists import ALERTS, alert_words, status_words
from wendu.desk.wording import lang
from wendu.method.codes import Status
from wendu.opportunities.choices import Stage
from wendu.playbooks import Playbook

NONE, ME = "none", "me"
CLASSES = ("A", "B", "C", "D", NONE)
WINDOWS = ("running", "soon", "over", NONE)
CHOICES: dict[str, type[TextChoices]] = {
    "market": Market,
    "product": ProductKind,
    "sale": SaleKind,
    "tier": Tier,
    "kind": CustomerKind,
}

HELD_AT_MOST = 8
_held: dict[tuple[int, str], tuple[Playbook, dict[str, str]]] = {}  # a row of the list asks for its industry's name


def options_of(field: str, frame: Frame) -> dict[str, str]:
    """The codes one can choose and what they are called; what is free to write has none."""
    if field == "industry":
        return _industries(frame.playbook, lang())
    return _fixed(field, get_language())


def _industries(playbook: Playbook, tongue: str) -> dict[str, str]:
    kept = _held.get((id(playbook), tongue))
    if kept is None or kept[0] is not playbook:
        if len(_held) >= HELD_AT_MOST:
            _held.clear()
        words = {code: row.name.of(tongue) for code, row in playbook.factors.industry.items()}
        kept = _held[id(playbook), tongue] = (playbook, words)
    return kept[1]


@lru_cache(maxsize=128)
def _fixed(field: str, _language: str | None) -> dict[str, str]:
    if field in CHOICES:
        return {str(code): str(label) for code, label in CHOICES[field].choices}
    if field == "class":
        return {code: _("unclassified") if code == NONE else code for code in CLASSES}
    if field == "status":
        return {status.value: status_words(status.value) for status in Status}
    if field == "alert":
        return {code: alert_words(code) for code in ALERTS}
    if field in {"stage", "furthest"}:
        labels = {str(code): f"{code} {label}" for code, label in Stage.choices}
        return {**labels, NONE: _("no open deal")}
    return _windows() if field == "window" else {}


def _windows() -> dict[str, str]:
    return {
        "running": pgettext("window", "running"),
        "soon": pgettext("window", "ends within 7 days"),
        "over": pgettext("window", "over"),
        NONE: pgettext("window", "none"),
    }
