"""What can be begun from every page: a touch, a customer, a deal; only what this person's role may do."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from wendu.access.verbs import grants_of
from wendu.identity.choices import Role

LOGGERS = frozenset({Role.REP, Role.MANAGER, Role.SERVICE, Role.ADMIN})


@dataclass(frozen=True, slots=True)
class Offer:
    """One thing to do or place to go: a link, a form in the drawer, or with `name` a choice that is sent."""

    code: str
    label: str
    icon: str
    url: str
    key: str = ""
    in_drawer: bool = False
    name: str = ""
    value: str = ""


def creating(role: str, *, about: str = "") -> list[Offer]:
    """What somebody of this role may begin; `about` names the customer of the page one is on."""
    offers = []
    if role in LOGGERS:
        offers.append(Offer("log", _("Log touch"), "note", reverse("touches:new") + about, "L", in_drawer=True))
    if role in {grant.role for grant in grants_of("customer.create")}:
        offers.append(Offer("customer", _("New customer"), "building", reverse("customers:new"), in_drawer=True))
        offers.append(Offer("deal", _("New deal"), "briefcase", reverse("opportunities:whom"), in_drawer=True))
    if role in LOGGERS:
        offers.append(Offer("step", _("Plan a step"), "calendar", reverse("steps:whom"), in_drawer=True))
    if role in {grant.role for grant in grants_of("import.run")}:
        offers.append(Offer("import", _("Bring in a file"), "upload", reverse("imports:list")))
    return offers
