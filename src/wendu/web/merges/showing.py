"""Two records field by field as the page shows them, and what a merge would do, in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import npgettext, pgettext

from wendu.coach.frame import Frame
from wendu.coach.heat import heat_today
from wendu.coach.models import Standing
from wendu.customers.models import Contact, Customer
from wendu.desk.customer_parts import own_fields
from wendu.desk.lists import status_words
from wendu.desk.wording import lang, screen_band
from wendu.merges.choosing import JOINED, OWN, OWNER, REST, TAGS, rests, sides, tags_of
from wendu.method.temperature import band

Thing = Customer | Contact


@dataclass(frozen=True, slots=True)
class Row:
    """One field: what each says, and whose counts."""

    name: str
    label: str
    kept: str
    gone: str
    side: str
    joins: bool

    @property
    def differs(self) -> bool:
        """Whether there is anything to choose."""
        return self.kept != self.gone


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What would be: how much moves, and how the one that stays would stand."""

    moved: list[str]
    heat: float | None
    band: str
    quadrant: str
    status: str
    due_on: date | None


def rows_of(kept: Thing, gone: Thing, chosen: Mapping[str, str], frame: Frame) -> list[Row]:
    """Every field both can differ in."""
    found = sides(kept, gone, chosen)
    here, there = (_words(each, frame) for each in (kept, gone))
    labels = _labels(kept)
    return [
        Row(name, labels.get(name, name), here.get(name, ""), there.get(name, ""), side.value, name in JOINED)
        for name, side in found.items()
    ]


def foreseen(moved: Mapping[str, int], standing: Standing | None, frame: Frame) -> Foreseen:
    """Words for what would be."""
    is_known = standing is not None and standing.latest_touch_on is not None
    heat = heat_today(standing, frame) if is_known and standing else None
    return Foreseen(
        moved=moved_words(moved),
        heat=heat,
        band=screen_band(band(heat, frame.scale.heat)) if heat is not None else "",
        quadrant=standing.quadrant if standing else "",
        status=status_words(standing.status) if standing else "",
        due_on=standing.due_on if standing else None,
    )


def moved_words(moved: Mapping[str, int]) -> list[str]:
    """How many rows of each kind, in words; what nobody knows by name is left out."""
    return [words for name, number in moved.items() if (words := _counted(name, number))]


def _counted(name: str, n: int) -> str:
    words = {
        "contact": npgettext("merge", "%(n)s person", "%(n)s people", n),
        "contactpoint": npgettext("merge", "%(n)s number or address", "%(n)s numbers or addresses", n),
        "opportunity": npgettext("merge", "%(n)s deal", "%(n)s deals", n),
        "touch": npgettext("merge", "%(n)s touch", "%(n)s touches", n),
        "step": npgettext("merge", "%(n)s step", "%(n)s steps", n),
        "promise": npgettext("merge", "%(n)s promise", "%(n)s promises", n),
        "commitment": npgettext("merge", "%(n)s commitment", "%(n)s commitments", n),
        "tail": npgettext("merge", "%(n)s open problem", "%(n)s open problems", n),
        "indicatoranswer": npgettext("merge", "%(n)s answer", "%(n)s answers", n),
        "quietperiod": npgettext("merge", "%(n)s quiet period", "%(n)s quiet periods", n),
        "tagging": npgettext("merge", "%(n)s tag", "%(n)s tags", n),
        "collaborator": npgettext("merge", "%(n)s collaborator", "%(n)s collaborators", n),
        "customer": npgettext("merge", "%(n)s branch", "%(n)s branches", n),
        "touchcontact": npgettext("merge", "%(n)s touch", "%(n)s touches", n),
        "influencer": npgettext("merge", "a part in %(n)s decision", "a part in %(n)s decisions", n),
        "field": npgettext("merge", "%(n)s field", "%(n)s fields", n),
        "nurture": npgettext("merge", "%(n)s rest", "%(n)s rests", n),
        "override": npgettext("merge", "%(n)s class set by hand", "%(n)s classes set by hand", n),
    }
    return words[name] % {"n": n} if name in words else ""


def _words(thing: Thing, frame: Frame) -> dict[str, str]:
    names = [each.name for each in thing._meta.concrete_fields if isinstance(each.name, str)]
    found = {name: _said(thing, name) for name in names}
    found |= {OWN + field.code: words for field, _label, words, _value in own_fields(thing)}
    if isinstance(thing, Contact):
        return found
    trade = frame.playbook.factors.industry.get(thing.industry)
    found["industry"] = trade.name.of(lang()) if trade else thing.industry
    found[OWNER] = thing.owner.display_name if thing.owner else ""
    found[TAGS] = _(", ").join(tags_of(thing))
    spell = rests(thing)
    found[REST] = pgettext("pursuit", "in pursuit")
    if spell is not None:
        found[REST] = str(spell.get_kind_display())
        found[REST] += f" · {spell.wake_on:%Y-%m-%d}" if spell.wake_on else ""
    return found


def _said(thing: Thing, name: str) -> str:
    value: Any = getattr(thing, f"get_{name}_display")() if hasattr(thing, f"get_{name}_display") else None
    if value is None and not name.endswith(("owner", "team", "parent", "referrer", "customer", "into", "bucket_of")):
        value = getattr(thing, name)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return "" if value is None else str(value)


def _labels(thing: Thing) -> dict[str, str]:
    shared = {OWN + field.code: label for field, label, _words, _value in own_fields(thing)} | {
        "name": _("Name"),
        "external_id": _("Number in another system"),
        "note": _("Note"),
    }
    if isinstance(thing, Contact):
        return shared | {
            "job_title": _("Job"),
            "department": _("Department"),
            "left_on": _("Left on"),
            "do_not_contact": _("Do not contact"),
        }
    return shared | {
        "kind": _("What it is"),
        "market": _("Market"),
        "industry": _("Industry"),
        "product_kind": _("Kind of product"),
        "sale_kind": _("Kind of sale"),
        "tier": _("Contact tier"),
        "province": _("Province"),
        "city": _("City"),
        "address": _("Address"),
        "headcount": _("People working there"),
        "brand_note": _("Brand note, 0 to 5"),
        "source_text": _("Where from"),
        OWNER: _("Owner"),
        TAGS: _("Tags"),
        REST: _("Pursuit"),
    }


def chosen_in(said: Mapping[str, Any]) -> dict[str, str]:
    """What a form says per field."""
    return {name.removeprefix("take."): str(value) for name, value in said.items() if name.startswith("take.")}
