"""The next log on the fire in words: which touch, how far it lifts, and by when (method: 3.4)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from wendu.desk.days import by_day
from wendu.desk.degrees import points, whole
from wendu.method.codes import Reach
from wendu.method.facts import Context
from wendu.method.standing import StandingFacts
from wendu.method.suggestion import NOT_KNOWN, Bargain, NextLog, next_log
from wendu.playbooks import Playbook


@dataclass(frozen=True, slots=True)
class Wood:
    """The suggestion of the method, its sentence, and its day as people say it."""

    log: NextLog
    words: str
    when: str

    def to_json(self) -> dict[str, Any]:
        """The suggestion as plain values."""
        return {
            "code": self.log.code,
            "kind": self.log.kind,
            "date": self.log.on.isoformat(),
            "reaches": round(self.log.reaches, 1),
            "band": self.log.band,
            "words": self.words,
        }


def next_wood(
    facts: StandingFacts,
    today: date,
    ctx: Context,
    playbook: Playbook,
    *,
    lang: str,
    reach: Reach = Reach.INFLUENCER,
    situation: str = "routine",
    bargains: Mapping[int, Bargain] = NOT_KNOWN,
) -> Wood | None:
    """What to put on the fire next and by when; nothing for whoever needs no wood."""
    found = next_log(facts, today, ctx, reach, situation, bargains=bargains)
    if found is None:
        return None
    heat = playbook.temperature
    named = next((band.name.of(lang) for band in heat.bands if band.code == found.band), "")
    values: dict[str, object] = {
        "kind": heat.kinds[found.kind].name.of(lang) if found.kind is not None else None,
        "temperature": whole(found.reaches),
        "band": named.lower(),
        "points": points(found.gain, signed=False),
        "quadrant": facts.quadrant.value,
    }
    text = playbook.suggestions.get(found.code) or playbook.advice[found.code]
    return Wood(found, playbook.tell(text, values, lang=lang), by_day(found.on, today))
