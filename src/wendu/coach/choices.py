"""Which journal entries move a standing, and how far back."""

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


class Reach(TextChoices):
    """How much has to be judged anew when something happens."""

    SINCE = "since", "from the day named in the entry"
    WHOLE = "whole", "the whole history"
    COPIES = "copies", "only owner, team and visibility"
    STAGES = "stages", "only how far the open deals are"


CHANGES_ALL = (
    *("holiday.added", "holiday.removed", "holidays.loaded", "holidays.dropped"),
    *("organisation.edited", "pack.published", "solution.described"),
)
MOVES: dict[str, Reach] = {
    "touch.logged": Reach.SINCE,
    "touch.edited": Reach.SINCE,
    "touch.undone": Reach.SINCE,
    "touch.restored": Reach.SINCE,
    "tail.closed": Reach.SINCE,
    "tail.reopened": Reach.SINCE,
    "indicators.answered": Reach.SINCE,
    "quiet_period.set": Reach.WHOLE,
    "quiet_period.withdrawn": Reach.WHOLE,
    "opportunity.opened": Reach.WHOLE,
    "opportunity.moved": Reach.STAGES,
    "opportunity.edited": Reach.WHOLE,
    "opportunity.closed": Reach.WHOLE,
    "opportunity.closure_withdrawn": Reach.WHOLE,
    "opportunity.reopened": Reach.WHOLE,
    "opportunity.paused": Reach.WHOLE,
    "opportunity.resumed": Reach.WHOLE,
    "opportunity.deleted": Reach.WHOLE,
    "opportunity.restored": Reach.WHOLE,
    "opportunity.owner_changed": Reach.WHOLE,
    "opportunity.purged": Reach.WHOLE,
    "order.written": Reach.WHOLE,
    "order.corrected": Reach.WHOLE,
    "order.cancelled": Reach.WHOLE,
    "order.uncancelled": Reach.WHOLE,
    "order.deleted": Reach.WHOLE,
    "order.restored": Reach.WHOLE,
    **dict.fromkeys(
        (
            *(f"subscription.{verb}" for verb in ("begun", "renewed", "ended", "undone", "deleted", "restored")),
            *(f"contract.{verb}" for verb in ("written", "corrected", "moved", "unmoved", "deleted", "restored")),
        ),
        Reach.WHOLE,
    ),
    "contact.purged": Reach.WHOLE,
    "touch.purged": Reach.WHOLE,
    "influencer.set": Reach.WHOLE,
    "influencer.removed": Reach.WHOLE,
    "customer.created": Reach.WHOLE,
    "customer.edited": Reach.WHOLE,
    "customer.nurtured": Reach.WHOLE,
    "customer.dropped": Reach.WHOLE,
    "customer.churned": Reach.WHOLE,
    "customer.churn_undone": Reach.WHOLE,
    "customer.woken": Reach.WHOLE,
    "customer.requalified": Reach.WHOLE,
    "customer.bucket_opened": Reach.WHOLE,
    "override.set": Reach.WHOLE,
    "override.ended": Reach.WHOLE,
    "customer.owner_changed": Reach.COPIES,
    "customer.deleted": Reach.COPIES,
    "customer.restored": Reach.COPIES,
}


class Aspect(TextChoices):
    """What of a customer another playbook moves."""

    QUADRANT = "class", pgettext_lazy("preview", "Class")
    WINDOW = "window", pgettext_lazy("preview", "Signing window")
    DUE = "due", pgettext_lazy("preview", "Next due day")
    GAP = "gap", pgettext_lazy("preview", "Cold gap begins")
    HEAT = "heat", pgettext_lazy("preview", "Temperature today")
    STRIKE = "strike", pgettext_lazy("preview", "Open strike alerts")
