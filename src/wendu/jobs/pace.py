"""How much machine work one person may ask for, so that nobody's exports and imports keep everybody else waiting."""

from datetime import timedelta
from math import ceil

from django.utils.translation import gettext_lazy as _

from wendu.identity.models import Organisation, User
from wendu.jobs.models import Job
from wendu.kernel.clock import now
from wendu.kernel.errors import TooOften

MINUTE, A_WHILE = timedelta(minutes=1), 30


class TooManyAtOnce(TooOften):
    """One person's work does not keep everybody else's waiting."""

    code = "too_many_jobs"
    message = _(
        "%(most)s large pieces of work of yours (exports, imports, searches for duplicates) still wait or run. "
        "Wait for one of them, or stop it."
    )


def keep_pace(actor: User | None) -> None:
    """Refuse another large piece of work from who has as many open, or asked for as many in a minute, as one may.

    The firm says how many (0: as many as one likes); what comes round by itself is nobody's and is not counted.
    """
    if actor is None:
        return
    house, mine = Organisation.objects.current(), Job.objects.filter(actor=actor)
    if house.jobs_at_once and mine.open().count() >= house.jobs_at_once:
        raise TooManyAtOnce(most=house.jobs_at_once, seconds=A_WHILE)
    if house.jobs_a_minute:
        at = now()
        latest = list(mine.order_by("-id").values_list("created_at", flat=True)[: house.jobs_a_minute])
        if len(latest) == house.jobs_a_minute and latest[-1] > at - MINUTE:
            wait = ceil((latest[-1] + MINUTE - at).total_seconds())
            raise TooOften(most=house.jobs_a_minute, seconds=max(1, wait))
