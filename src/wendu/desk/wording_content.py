"""How content a customer is, in words."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import pgettext, pgettext_lazy

from wendu.method.reading import Reading
from wendu.method.satisfaction import Content

BANDS = {
    Content.DISSATISFIED: pgettext_lazy("content", "disappointed"),
    Content.AT_RISK: pgettext_lazy("content", "less than they counted on"),
    Content.SATISFIED: pgettext_lazy("content", "content"),
    Content.DELIGHTED: pgettext_lazy("content", "delighted"),
}
TONES = {Content.DISSATISFIED: "risk", Content.AT_RISK: "wait", Content.SATISFIED: "ok", Content.DELIGHTED: "ok"}


@dataclass(frozen=True, slots=True)
class ContentWords:
    """The figure, its band in words and as a tone, and what lacks."""

    percent: float | None
    words: str
    tone: str
    lacks: tuple[str, ...]
    is_provisional: bool


def content_words(reading: Reading | None) -> ContentWords:
    """Say how content a customer is; nothing told is unknown."""
    if reading is None:
        return ContentWords(None, pgettext("content", "not known"), "note", (_lack("answers"),), is_provisional=False)
    lacks = tuple(_lack(code) for code in reading.missing)
    if reading.value is None:
        return ContentWords(None, pgettext("content", "not known"), "note", lacks, is_provisional=False)
    band = Content(reading.band)
    return ContentWords(float(reading.value), str(BANDS[band]), TONES[band], lacks, reading.provisional)


def _lack(code: str) -> str:
    return {
        "answers": _("Nobody has asked them yet, or it was too long ago."),
        "expectation": _("Ask what they counted on."),
        "experience": _("Ask how it was."),
    }[code]
