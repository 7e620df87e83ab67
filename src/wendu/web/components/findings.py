"""The lines of what was found out about a deal, drawn in Python: a large deal has a hundred of them on its page."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from uuid import UUID

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from wendu.offers.choices import EvidenceKind, InterestKind
from wendu.offers.models import BenefitCard, Concern

from .formats import day, labels
from .icons import icon
from .markup import escaped
from .pens import Pen

GRAVEST = 5


def card_rows(rows: Iterable[BenefitCard], pen: Pen, over_claims: Collection[int] = ()) -> SafeString:
    """Feature, advantage, benefit, and whether it is proven; what claims too much is marked."""
    place, shown = pen.at("benefitcard"), escaped(_("shown"))
    interests, kinds = labels(InterestKind), labels(EvidenceKind)
    words = escaped(_("claims what the product cannot do"))
    too_much = f' <span class="tag risk">{icon("alert-triangle")}{words}</span>'
    lines = []
    for each in rows:
        known = (
            interests[each.interest],
            _proof(each, kinds),
            f"{shown} {day(each.shown_on)}" if each.shown_on else "",
        )
        name = pen.link(f"{place}{each.uuid}/", each.feature)
        behind = _steps("→", each.advantage, each.benefit) + (too_much if each.pk in over_claims else "")
        lines.append(_line(f"<b>{name}</b>{behind}", " · ".join(filter(None, known)), place, each.uuid, pen))
    return SafeString("\n".join(lines))


def concern_rows(rows: Iterable[Concern], pen: Pen) -> SafeString:
    """What is feared, by whom, and how gravely."""
    place, hand = pen.at("concern"), icon("hand-stop")
    drawn = {grade: _gravity(grade) for grade in range(1, GRAVEST + 1)}
    lines = []
    for each in rows:
        who = f"{escaped(each.contact.name)}: " if each.contact else ""
        what = pen.link(f"{place}{each.uuid}/", each.what)
        grave = drawn[each.severity]
        lines.append(f'<li class="two">{hand}<span class="ellip">{who}{what}</span><span class="r">{grave}</span></li>')
    return SafeString("\n".join(lines))


def _line(what: str, known: str, place: str, uuid: UUID, pen: Pen) -> str:
    return f'<li class="finding"><span>{what}</span><span class="m">{known}</span>{pen.take_back(place, uuid)}</li>'


def _steps(sign: str, *words: str) -> str:
    return "".join([f' <span class="sec">{sign} {escaped(each)}</span>' for each in words if each])


def _proof(card: BenefitCard, kinds: Mapping[str, str]) -> str:
    if not card.demand_id:
        return escaped(_("no need behind it: an advantage only"))
    if not card.evidence:
        return escaped(_("not proven yet"))
    return f"{kinds.get(card.evidence_kind, '')}: {escaped(card.evidence)}"


def _gravity(grade: int) -> str:
    marks = "".join(['<i class="on"></i>' if number <= grade else "<i></i>" for number in range(1, GRAVEST + 1)])
    label = escaped(_("gravity %(n)s of 5") % {"n": grade})
    return f'<span class="sev" role="img" aria-label="{label}">{marks}</span>'
