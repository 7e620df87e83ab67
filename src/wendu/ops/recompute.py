"""`wendu recompute`: standings from the facts, and with `--search` the search index from the rows."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wendu.agreements.actions import index_many as index_agreed
from wendu.coach.actions import recompute
from wendu.customers.actions import index_many as index_customers
from wendu.customers.models import Customer
from wendu.kernel.clock import now
from wendu.opportunities.actions import index_many as index_deals
from wendu.ops.said import hint, say

CHUNK = 500
TOLD_EVERY = 10_000


def rebuild(*, with_search: bool) -> None:
    """Judge all customers anew in short transactions, telling how far."""
    done = 0
    for done in recompute(at=now()):
        if done % TOLD_EVERY == 0:
            hint(str(done))
    say(ngettext("%(count)s customer judged anew", "%(count)s customers judged anew", done) % {"count": done})
    if with_search:
        say(_("%(count)s things can be found") % {"count": index_all()})


def index_all() -> int:
    """Have everything found again; says how many things."""
    count, latest = 0, 0
    while ids := list(Customer.objects.filter(pk__gt=latest).order_by("pk").values_list("pk", flat=True)[:CHUNK]):
        count += index_customers(ids) + index_deals(ids) + index_agreed(ids)
        latest = ids[-1]
    return count
