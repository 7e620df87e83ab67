"""What a touch will do or has done, in words."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from wendu.coach.frame import Frame
from wendu.coach.heat import heat_today
from wendu.coach.models import Memory, Standing
from wendu.desk.effect import Effect
from wendu.method.journey import Journey
from wendu.method.reading import Reason
from wendu.method.state import Gain
from wendu.touches.models import Touch
from wendu.web.components.formats import whole


@dataclass(frozen=True, slots=True)
class EffectLine:
    """The live line under the form."""

    before: int
    after: int
    band: str
    letter: str
    moved: str
    then: str
    hint: str
    wood: str
    strikes: bool


def effect_line(effect: Effect, frame: Frame) -> EffectLine:
    """Word what a draft would do."""
    old, new = _letter(effect.quadrant_before), _letter(effect.quadrant_after)
    return EffectLine(
        before=whole(effect.before),
        after=whole(effect.after),
        band=effect.band_after,
        letter=new,
        moved=_("stays in") if old == new else _("moves to"),
        then=_("next one due by %(day)s") % {"day": _short(effect.due_on)} if effect.due_on else "",
        hint=_hint(effect.hint, frame) if effect.hint else "",
        wood=f"{effect.wood.words} · {effect.wood.when}" if effect.wood else "",
        strikes=effect.strikes,
    )


def moved(touch: Touch, *, before: float | None, frame: Frame) -> str:
    """Say what a saved touch moved and why."""
    stands = Standing.objects.get(customer_id=touch.customer_id)
    facts = {
        "customer": touch.customer.name,
        "before": whole(before or 0.0),
        "after": whole(heat_today(stands, frame)),
        "why": _why(touch, frame),
    }
    if touch.advance_lacks:
        facts["lacks"] = _parts(touch.advance_lacks)
        return _("%(customer)s %(before)s° → %(after)s°. Kept as “to go on”: %(lacks)s missing") % facts
    return _("%(customer)s %(before)s° → %(after)s°, %(why)s") % facts


def _why(touch: Touch, frame: Frame) -> str:
    row = Memory.objects.filter(customer_id=touch.customer_id).first()
    judged = Journey.from_json(row.journey).judged if row else None
    kind = frame.playbook.temperature.kinds[touch.kind].name.of(get_language() or "")
    gain = next((each for each in judged.gains if each.touch == touch.pk), None) if judged else None
    if gain is None:
        return _("%(kind)s on %(day)s") % {"kind": kind, "day": _short(touch.touched_on)}
    return _gained(gain, kind)


def _gained(gain: Gain, kind: str) -> str:
    facts = {"kind": kind, "gain": f"{gain.gain:.1f}".removesuffix(".0"), "ceiling": whole(gain.ceiling)}
    full = gain.points * gain.quality * gain.reach * gain.share
    if gain.gain + 0.05 < full:
        return _("%(kind)s +%(gain)s, it warms up to %(ceiling)s° only") % facts
    return _("%(kind)s +%(gain)s") % facts


def _hint(reason: Reason, frame: Frame) -> str:
    book, lang, numbers = frame.playbook, get_language() or "", reason.numbers
    if reason.code == "advance_lacks":
        return _("Still missing: %(parts)s. Until then it counts as “to go on”") % {
            "parts": _parts(str(numbers["parts"]))
        }
    if reason.code == "value_note":
        words = book.tell(book.suggestions["value_note"], {}, lang=lang)
        return _("%(words)s: up to %(heat)s°") % {"words": words, "heat": whole(float(numbers["heat"] or 0))}
    if reason.code == "open_tail":
        count = int(numbers["open"] or 0)
        return ngettext(
            "%(n)s problem is still open; close it before class C is done",
            "%(n)s problems are still open; close them before class C is done",
            count,
        ) % {"n": count}
    if reason.code == "agreed_day":
        day = _short(date.fromisoformat(str(numbers["on"])))
        return book.tell(book.suggestions["agreed_day"], {"date": day}, lang=lang)
    texts = book.suggestions if reason.code in book.suggestions else book.advice
    return book.tell(texts[reason.code], {}, lang=lang)


def _parts(codes: str) -> str:
    words = {"who": _("who of them"), "what": _("does what"), "when": _("by when")}
    return _(", ").join(words[code] for code in codes.split(","))


def _letter(quadrant: str) -> str:
    return "" if quadrant == "unclassified" else str(quadrant)


def _short(day: date | None) -> str:
    return day.strftime("%m-%d") if day else ""
