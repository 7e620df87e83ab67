"""What a batch does, did and took back, in words."""

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wendu.bulk.choices import Deed, Outcome
from wendu.bulk.models import Batch
from wendu.customers.models import CustomField
from wendu.desk.days import dated
from wendu.desk.table.own_fields import own_label, own_words


class Named(NamedTuple):
    """What batches name: new owners by their keys, the company's own fields by their codes."""

    owners: Mapping[int, str]
    fields: Mapping[str, CustomField]


def deed_words(row: Batch, names: Named) -> str:
    """What is done to each."""
    told = row.told
    if row.deed == Deed.OWNER and told:
        return _("Hand over to %(name)s") % {"name": names.owners.get(told["owner"], "")}
    if row.deed == Deed.FIELD and told and (field := names.fields.get(told["field"])):
        said = {"field": own_label(field), "value": own_words(field, told["value"])}
        return _("Set “%(field)s” to “%(value)s”") % said if said["value"] else _("Empty “%(field)s”") % said
    if row.deed == Deed.TAG and told:
        return _("Tag with “%(tag)s”") % {"tag": told["tag"]}
    if row.deed == Deed.STEP and told:
        return _("Plan “%(do)s” for %(day)s") % {"do": told["do"], "day": dated(date.fromisoformat(told["on"]))}
    return str(row.get_deed_display())


def done_words(row: Batch, found: Mapping[str, int]) -> str:
    """What was done, counted, for the toast."""
    number = found.get(Outcome.DONE, 0)
    words = {
        Deed.OWNER: ngettext("%(n)s customer handed over", "%(n)s customers handed over", number),
        Deed.TAG: ngettext("%(n)s customer tagged", "%(n)s customers tagged", number),
        Deed.FIELD: ngettext("%(n)s customer changed", "%(n)s customers changed", number),
        Deed.STEP: ngettext("a step planned with %(n)s customer", "a step planned with %(n)s customers", number),
        Deed.DELETE: ngettext("%(n)s customer deleted", "%(n)s customers deleted", number),
    }[Deed(row.deed)] % {"n": number}
    left = found.get(Outcome.ALREADY, 0) + found.get(Outcome.DENIED, 0)
    return _("%(done)s, %(left)s left alone") % {"done": words, "left": left} if left else words


def undone_words(row: Batch, found: Mapping[str, int]) -> str:
    """What went back, counted."""
    if row.undone_at is None:
        return _("It goes back in the background")
    number, kept = found.get("returned", 0), found.get("kept", 0)
    words = ngettext("%(n)s customer as before", "%(n)s customers as before", number) % {"n": number}
    return _("%(done)s, %(left)s changed since and left alone") % {"done": words, "left": kept} if kept else words
