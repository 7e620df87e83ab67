"""The table of verbs: who may do what, and in which relation to the thing it is done to.

A rep writes on own and shared customers, a manager on all of the branch, service logs touches and keeps contacts on
what it sees, marketing and executive read, an administrator does all.
"""

from dataclasses import dataclass
from enum import Enum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from wendu.identity.choices import Role


class Relation(Enum):
    """How an actor stands to a thing."""

    ANY = "any"
    SELF = "self"
    OWNER = "owner"
    COLLABORATOR = "collaborator"
    TEAM = "team_manager"
    VISIBLE = "any_in_scope"
    STAFF = "staff"


@dataclass(frozen=True, slots=True)
class Grant:
    """One way to be allowed: a relation, perhaps only for one role."""

    relation: Relation = Relation.ANY
    role: Role | None = None


GRANT_WORDS: dict[Relation, str | Promise] = {
    Relation.ANY: _("everyone who is logged in"),
    Relation.SELF: _("the person concerned"),
    Relation.OWNER: _("the owner of the customer"),
    Relation.COLLABORATOR: _("the people who work on it together"),
    Relation.TEAM: _("the team's manager"),
    Relation.VISIBLE: _("everyone who sees the customer"),
    Relation.STAFF: _("the team's manager"),
}

ADMIN = (Grant(role=Role.ADMIN),)
ANYONE = (Grant(),)
MANAGER_OF_CUSTOMER = (Grant(Relation.TEAM, Role.MANAGER), *ADMIN)
RESPONSIBLE = (Grant(Relation.OWNER), *MANAGER_OF_CUSTOMER)
WORKING = (Grant(Relation.OWNER), Grant(Relation.COLLABORATOR), *MANAGER_OF_CUSTOMER)
SERVING = (*WORKING, Grant(Relation.VISIBLE, Role.SERVICE))
SEEING = (Grant(Relation.VISIBLE),)
OWN = (Grant(Relation.SELF), *ADMIN)
OWN_OR_STAFF = (Grant(Relation.SELF), Grant(Relation.STAFF, Role.MANAGER), *ADMIN)
SELLERS = (Grant(role=Role.REP), Grant(role=Role.MANAGER), *ADMIN)
LOADERS = (*SELLERS, Grant(role=Role.SERVICE), Grant(role=Role.MARKETING))
LEADERS = (Grant(role=Role.MANAGER), *ADMIN)
HOUSE = (*LEADERS, Grant(role=Role.EXECUTIVE))

VERBS: dict[str, tuple[Grant, ...]] = {
    # customers; whose name a new or handed-over customer may bear is judged by `customer.assign` on its owner
    "customer.create": (*SELLERS, Grant(role=Role.SERVICE)),
    "customer.view": SEEING,
    "customer.edit": WORKING,
    "customer.tag": SERVING,
    "customer.set_custom": WORKING,
    "customer.nurture": WORKING,
    "customer.assign": RESPONSIBLE,
    "customer.take_back": (*SELLERS, Grant(role=Role.SERVICE)),  # one's own hand-over only, as the journal says
    "customer.share": RESPONSIBLE,
    "customer.delete": RESPONSIBLE,
    "customer.restore": RESPONSIBLE,
    "customer.purge": ADMIN,
    "customer.merge": MANAGER_OF_CUSTOMER,
    "customer.unmerge": MANAGER_OF_CUSTOMER,
    "duplicates.find": LEADERS,
    "customer.see_contact_points": SEEING,
    # many customers at once; what is done to each is asked of each as well
    "bulk.begin": (*SELLERS, Grant(role=Role.SERVICE)),
    "bulk.undo": OWN,
    "field.define": ADMIN,
    "tag.define": LEADERS,
    "contact.create": SERVING,
    "contact.edit": SERVING,
    "contact.set_custom": SERVING,
    "contact.delete": SERVING,
    "contact.restore": SERVING,
    "contact.purge": ADMIN,
    "contact_point.create": SERVING,
    "contact_point.edit": SERVING,
    "contact_point.delete": SERVING,
    # opportunities
    "opportunity.create": WORKING,
    "opportunity.edit": WORKING,
    "opportunity.set_custom": WORKING,
    "opportunity.move": WORKING,
    "opportunity.pause": WORKING,
    "opportunity.resume": WORKING,
    "opportunity.close": WORKING,
    "opportunity.overrule": MANAGER_OF_CUSTOMER,  # signing for what the product cannot do
    "opportunity.reopen": WORKING,
    "opportunity.delete": RESPONSIBLE,
    "opportunity.restore": RESPONSIBLE,
    "opportunity.purge": ADMIN,
    "influencer.create": WORKING,
    "influencer.edit": WORKING,
    "influencer.delete": WORKING,
    "finding.write": WORKING,
    "talk.plan": SERVING,
    "quote.write": WORKING,
    "quote.decide": MANAGER_OF_CUSTOMER,
    "order.write": WORKING,
    "order.delete": RESPONSIBLE,
    "order.restore": RESPONSIBLE,
    "receipt.write": WORKING,
    "contract.write": WORKING,
    "contract.delete": RESPONSIBLE,
    "subscription.write": WORKING,
    "subscription.delete": RESPONSIBLE,
    "return.write": WORKING,
    "competitor.edit": WORKING,
    "library.write": (*LEADERS, Grant(role=Role.MARKETING)),
    "library.promote": WORKING,
    # touches and what they leave behind
    "touch.log": SERVING,
    "touch.edit": SERVING,
    "touch.edit_others": MANAGER_OF_CUSTOMER,
    "touch.undo": SERVING,
    "touch.redo": SERVING,
    "touch.purge": ADMIN,
    "commitment.create": SERVING,
    "commitment.edit": SERVING,
    "commitment.settle": SERVING,
    "promise.create": SERVING,
    "promise.edit": SERVING,
    "promise.settle": SERVING,
    "tail.open": SERVING,
    "tail.edit": SERVING,
    "tail.close": SERVING,
    "emotion.note": SERVING,
    "satisfaction.write": SERVING,
    "indicator.answer": SERVING,
    "indicator.withdraw": SERVING,
    "guess.give": WORKING,
    "pause.start": SERVING,
    "pause.end": SERVING,
    "quiet_period.start": SERVING,
    "quiet_period.end": SERVING,
    # readings
    "override.set": WORKING,
    "override.end": WORKING,
    "reading.recompute": LEADERS,
    # agenda
    "step.plan": SERVING,
    "step.edit": (Grant(Relation.SELF), *SERVING),
    "step.done": (Grant(Relation.SELF), *SERVING),
    "step.cancel": (Grant(Relation.SELF), *SERVING),
    "step.snooze": SERVING,
    "plan.change": OWN_OR_STAFF,
    "notification.read": (Grant(Relation.SELF),),
    # a team as a whole
    "team.view": HOUSE,
    "book.open": LEADERS,
    "book.hand_over": (Grant(Relation.STAFF, Role.MANAGER), *ADMIN),
    # people and the house
    "user.create": ADMIN,
    "user.edit": ADMIN,
    "user.edit_preferences": OWN,
    "feed.make": (Grant(Relation.SELF),),
    "feed.revoke": OWN,
    "user.set_password": OWN,
    "user.invite": ADMIN,
    "user.set_role": ADMIN,
    "user.set_team": ADMIN,
    "user.deactivate": ADMIN,
    "user.reactivate": ADMIN,
    "team.create": ADMIN,
    "team.rename": ADMIN,
    "team.move": ADMIN,
    "team.close": ADMIN,
    "team.reopen": ADMIN,
    "settings.view": HOUSE,
    "journal.audit": ADMIN,
    "organisation.edit": ADMIN,
    "holiday.edit": ADMIN,
    "pack.draft": LEADERS,
    "pack.edit": LEADERS,
    "pack.publish": ADMIN,
    "journal.read": ADMIN,
    "backup.view": ADMIN,
    "backup.make": ADMIN,
    "backup.restore": ADMIN,
    "account.take": ADMIN,
    # machine work
    "import.run": LOADERS,
    "import.users": ADMIN,
    "import.undo": OWN,
    "import.template_remove": OWN,
    "export.run": (*LOADERS, Grant(role=Role.EXECUTIVE)),
    "export.take": (Grant(Relation.SELF),),
    "job.enqueue": ANYONE,
    "job.view": OWN,
    "job.cancel": (*OWN, *ADMIN),
    "job.retry": (*OWN, *ADMIN),
    "search.find": ANYONE,
    "view.save": ANYONE,
    "view.share": LEADERS,
    "view.edit": OWN,
    "view.put_first_for_role": ADMIN,
}
