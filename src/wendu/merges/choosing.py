"""Which of two values the merged record bears: field by field, with what is sensible unless somebody chooses."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from wendu.customers.models import Contact, Customer, Nurture, Tagging
from wendu.kernel.errors import ActionError
from wendu.merges.choices import Kind, Side

CUSTOMER_FIELDS = (
    *("name", "kind", "market", "industry", "product_kind", "sale_kind", "tier", "province", "city", "address"),
    *("headcount", "brand_note", "source_text", "external_id", "note"),
)
CONTACT_FIELDS = ("name", "job_title", "department", "left_on", "do_not_contact", "external_id", "note")
FIELDS = {Kind.CUSTOMER: CUSTOMER_FIELDS, Kind.CONTACT: CONTACT_FIELDS}
OWN, OWNER, TAGS, REST = "custom.", "owner", "tags", "rest"
JOINED = ("note", TAGS)
BLANK = (None, "", False)
Thing = Customer | Contact
Choices = Mapping[str, str]


class BadChoice(ActionError):
    """A field takes the value of one of the two; only notes and tags can be both."""

    code = "bad_merge_choice"
    message = _("“%(field)s” cannot be chosen like that. Choose one of the two records for it.")


def sides(kept: Thing, gone: Thing, choices: Choices) -> dict[str, Side]:
    """Every field with the side that counts: the one chosen, else the one that says something."""
    found = usual(kept, gone)
    for name, said in choices.items():
        if name not in found or said not in Side.values or (said == Side.BOTH and name not in JOINED):
            raise BadChoice(field=name)
        found[name] = Side(said)
    return found


def usual(kept: Thing, gone: Thing) -> dict[str, Side]:
    """What counts unless somebody chooses: what the one that stays says, or the other where it says nothing."""
    kind = Kind.CUSTOMER if isinstance(kept, Customer) else Kind.CONTACT
    found = {name: _of(getattr(kept, name), getattr(gone, name)) for name in FIELDS[kind]}
    if kept.note and gone.note and kept.note != gone.note:
        found["note"] = Side.BOTH
    for code in sorted({**kept.custom, **gone.custom}):
        found[OWN + code] = _of(kept.custom.get(code), gone.custom.get(code))
    if isinstance(kept, Customer) and isinstance(gone, Customer):
        found[OWNER] = _of(kept.owner_id, gone.owner_id)
        found[TAGS], found[REST] = Side.BOTH, Side.KEPT
    return found


def values(kept: Thing, gone: Thing, chosen: Mapping[str, Side]) -> dict[str, Any]:
    """What the columns of the one that stays hold afterwards, the number aside."""
    found: dict[str, Any] = {}
    own = dict(kept.custom)
    for name, side in chosen.items():
        if name.startswith(OWN):
            code = name.removeprefix(OWN)
            if side is Side.GONE:
                own.pop(code, None)
                own |= {code: gone.custom[code]} if code in gone.custom else {}
        elif name == "note" and side is Side.BOTH:
            found[name] = f"{kept.note}\n\n{gone.note}"
        elif name not in (OWNER, TAGS, REST, "external_id"):
            found[name] = getattr(gone if side is Side.GONE else kept, name)
    found["custom"] = own
    if isinstance(kept, Customer) and chosen[OWNER] is Side.GONE:
        found |= {"owner_id": gone.owner_id, "team_id": gone.team_id}  # type: ignore[union-attr]
    return found


def rests(customer: Customer) -> Nurture | None:
    """The standing spell out of pursuit."""
    return customer.nurtures.filter(ended_on__isnull=True).first()


def tags_of(customer: Customer) -> list[str]:
    """The words on a customer."""
    names = Tagging.objects.filter(customer=customer).order_by("tag__name").values_list("tag__name", flat=True)
    return list(names)


def _of(here: Any, there: Any) -> Side:
    return Side.GONE if here in BLANK and there not in BLANK else Side.KEPT
