"""How content customers are beside how many stay, by market (M10)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import pgettext

from wendu.care.facts import content_by_market
from wendu.coach.frame import Frame
from wendu.customers.choices import Market
from wendu.desk.wording_content import BANDS, TONES
from wendu.identity.models import User
from wendu.method.satisfaction import band_of

PERCENT = 100


@dataclass(frozen=True, slots=True)
class ContentRow:
    """One market, or all: of how many customers it is known, how content they are, and the share that stayed."""

    name: str
    customers: int
    percent: float | None
    words: str
    tone: str
    stayed_percent: float | None


def content_rows(user: User, frame: Frame, kept: Mapping[str, Sequence[int]]) -> tuple[ContentRow, ...]:
    """Each market of which one of the two is known, then all: one query; the share that stayed is the whole house's."""
    scale, labels = frame.scale.satisfaction, dict(Market.choices)
    shares = content_by_market(user, on=frame.today, scale=scale)
    rows = []
    for code in sorted({*shares, *kept}, key=lambda each: (not each, each)):
        share, (stayed, of) = shares.get(code), kept.get(code) or (0, 0)
        band = band_of(share.percent, scale) if share else None
        rows.append(
            ContentRow(
                name=str(labels.get(code, code)) if code else pgettext("market", "All"),
                customers=share.customers if share else 0,
                percent=share.percent if share else None,
                words=str(BANDS[band]) if band else "",
                tone=TONES[band] if band else "",
                stayed_percent=PERCENT * stayed / of if of else None,
            )
        )
    return tuple(rows)
