"""One number for everything that is stored, but for what tells of the merge itself."""

import hashlib

from django.apps import apps

APART = {
    "journal.entry",  # what happened, happened
    "journal.receipt",
    "jobs.job",
    "merges.merge",  # the merge is remembered as one that was taken apart
    "merges.trace",
    "merges.scan",
    "merges.pair",
    "merges.block",
}
ONWARD = {"revision"}  # only ever goes up, or an old page could write over a new one unseen


def stored() -> dict[str, list[str]]:
    """Every row of our rooms, with its key."""
    return {
        model._meta.label_lower: sorted(
            repr([(f.attname, value) for f, value in zip(fields, row, strict=True)])
            for row in model._base_manager.values_list(*[f.attname for f in fields])
        )
        for model in apps.get_models()
        if model.__module__.startswith("wendu.") and model._meta.label_lower not in APART
        for fields in [[f for f in model._meta.concrete_fields if f.name not in ONWARD]]
    }


def database_hash() -> str:
    """The same as one number."""
    held = hashlib.sha256()
    for label, rows in sorted(stored().items()):
        held.update(label.encode())
        for row in rows:
            held.update(row.encode())
    return held.hexdigest()
