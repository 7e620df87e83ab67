"""What an entry of the journal says, in words: the thing and what was done to it."""

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

KINDS: dict[str, Promise] = {
    "customer": pgettext_lazy("journal", "customer"),
    "contact": pgettext_lazy("journal", "person"),
    "contactpoint": pgettext_lazy("journal", "number"),
    "opportunity": pgettext_lazy("journal", "deal"),
    "influencer": pgettext_lazy("journal", "influencer"),
    "touch": pgettext_lazy("journal", "touch"),
    "promise": pgettext_lazy("journal", "promise"),
    "commitment": pgettext_lazy("journal", "commitment"),
    "tail": pgettext_lazy("journal", "open problem"),
    "quietperiod": pgettext_lazy("journal", "quiet days"),
    "step": pgettext_lazy("journal", "step"),
    "user": pgettext_lazy("journal", "colleague"),
    "team": pgettext_lazy("journal", "team"),
    "organisation": pgettext_lazy("journal", "organisation"),
    "holiday": pgettext_lazy("journal", "day off"),
    "customfield": pgettext_lazy("journal", "own field"),
    "pack": pgettext_lazy("journal", "playbook"),
}

THINGS: dict[str, Promise] = {
    **{name: KINDS[name] for name in ("customer", "contact", "opportunity", "influencer", "touch", "promise")},
    **{name: KINDS[name] for name in ("commitment", "tail", "step", "user", "team", "organisation", "holiday", "pack")},
    "contact_point": KINDS["contactpoint"],
    "quiet_period": KINDS["quietperiod"],
    "field": KINDS["customfield"],
    "fields": pgettext_lazy("journal", "own fields"),
    "alert": pgettext_lazy("journal", "alert"),
    "backup": pgettext_lazy("journal", "backup"),
    "customers": pgettext_lazy("journal", "customers"),
    "heat": pgettext_lazy("journal", "heat"),
    "holidays": pgettext_lazy("journal", "days off"),
    "indicators": pgettext_lazy("journal", "ten questions"),
    "invitation": pgettext_lazy("journal", "invitation"),
    "journal": pgettext_lazy("journal", "audit log"),
    "override": pgettext_lazy("journal", "set class"),
    "strike": pgettext_lazy("journal", "strike alert"),
}

DEEDS: dict[str, Promise] = {
    "accepted": pgettext_lazy("journal", "accepted"),
    "added": pgettext_lazy("journal", "added"),
    "answered": pgettext_lazy("journal", "answered"),
    "bucket_opened": pgettext_lazy("journal", "kept for unnamed deals"),
    "cancelled": pgettext_lazy("journal", "cancelled"),
    "closed": pgettext_lazy("journal", "closed"),
    "closure_withdrawn": pgettext_lazy("journal", "closing taken back"),
    "collaborator_added": pgettext_lazy("journal", "collaborator added"),
    "collaborator_removed": pgettext_lazy("journal", "collaborator removed"),
    "created": pgettext_lazy("journal", "created"),
    "custom_changed": pgettext_lazy("journal", "own field changed"),
    "deactivated": pgettext_lazy("journal", "login closed"),
    "defined": pgettext_lazy("journal", "defined"),
    "deleted": pgettext_lazy("journal", "deleted"),
    "done": pgettext_lazy("journal", "done"),
    "drafted": pgettext_lazy("journal", "drafted"),
    "discarded": pgettext_lazy("journal", "discarded"),
    "dropped": pgettext_lazy("journal", "dropped"),
    "edited": pgettext_lazy("journal", "edited"),
    "ended": pgettext_lazy("journal", "ended"),
    "exported": pgettext_lazy("journal", "exported"),
    "founded": pgettext_lazy("journal", "founded"),
    "invited": pgettext_lazy("journal", "invited"),
    "loaded": pgettext_lazy("journal", "loaded"),
    "logged": pgettext_lazy("journal", "logged"),
    "made": pgettext_lazy("journal", "made"),
    "made_main": pgettext_lazy("journal", "made main person"),
    "missed": pgettext_lazy("journal", "missed"),
    "moved": pgettext_lazy("journal", "moved"),
    "nurtured": pgettext_lazy("journal", "put to rest"),
    "notices_chosen": pgettext_lazy("journal", "notices chosen"),
    "opened": pgettext_lazy("journal", "opened"),
    "owner_changed": pgettext_lazy("journal", "owner changed"),
    "parent_changed": pgettext_lazy("journal", "parent changed"),
    "password_set": pgettext_lazy("journal", "password set"),
    "paused": pgettext_lazy("journal", "paused"),
    "planned": pgettext_lazy("journal", "planned"),
    "preferences_edited": pgettext_lazy("journal", "preferences edited"),
    "published": pgettext_lazy("journal", "published"),
    "purged": pgettext_lazy("journal", "removed for good"),
    "raised": pgettext_lazy("journal", "raised"),
    "reactivated": pgettext_lazy("journal", "login opened again"),
    "reinstated": pgettext_lazy("journal", "in use again"),
    "removed": pgettext_lazy("journal", "removed"),
    "renamed": pgettext_lazy("journal", "renamed"),
    "reopened": pgettext_lazy("journal", "reopened"),
    "requalified": pgettext_lazy("journal", "qualified again"),
    "restored": pgettext_lazy("journal", "restored"),
    "resumed": pgettext_lazy("journal", "resumed"),
    "retired": pgettext_lazy("journal", "out of use"),
    "role_set": pgettext_lazy("journal", "role changed"),
    "set": pgettext_lazy("journal", "set"),
    "settled": pgettext_lazy("journal", "settled"),
    "snoozed": pgettext_lazy("journal", "snoozed"),
    "sorted": pgettext_lazy("journal", "sorted"),
    "superseded": pgettext_lazy("journal", "superseded"),
    "tagged": pgettext_lazy("journal", "tagged"),
    "team_followed": pgettext_lazy("journal", "moved with their owner"),
    "team_set": pgettext_lazy("journal", "team changed"),
    "undone": pgettext_lazy("journal", "taken back"),
    "unsnoozed": pgettext_lazy("journal", "snooze ended"),
    "untagged": pgettext_lazy("journal", "tag taken away"),
    "withdrawn": pgettext_lazy("journal", "withdrawn"),
    "woken": pgettext_lazy("journal", "woken"),
}


def verb_words(verb: str) -> str:
    """What happened, in the reader's language: the thing, then the deed."""
    thing, _, deed = verb.partition(".")
    return f"{THINGS.get(thing, thing)} · {DEEDS.get(deed, deed)}"


def kind_words(kind: str) -> str:
    """What sort of thing it happened to."""
    return str(KINDS.get(kind, kind))
