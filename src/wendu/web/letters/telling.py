"""What cannot wait, by mail, to those who want it so: one mail for all that came up since the latest."""

from datetime import datetime, timedelta
from itertools import groupby

from django.utils.translation import ngettext

from wendu.agenda.letters import mail_once
from wendu.agenda.models import Notification
from wendu.desk.notices import as_notices
from wendu.identity.models import User
from wendu.web.leading import wheres
from wendu.web.letters.post import absolute, can_post, post

NEWS = timedelta(days=1)  # what is older than a day is no news and is not mailed


def mail_notices(*, at: datetime) -> int:
    """Mail what waits; says how many notices went out."""
    if not can_post():
        return 0
    fresh = Notification.objects.to_mail().filter(at__gt=at - NEWS, at__lte=at, user__is_active=True)
    rows = list(fresh.exclude(user__email="").select_related("user").order_by("user_id", "pk"))
    return sum(_mail(user, list(some)) for user, some in groupby(rows, key=lambda row: row.user))


def _mail(user: User, waiting: list[Notification]) -> int:
    def send(claimed: list[Notification]) -> bool:
        def write() -> tuple[str, dict[str, object]]:
            notices = as_notices(claimed, user)
            subject = ngettext("%(n)s thing to know", "%(n)s things to know", len(notices)) % {"n": len(notices)}
            rows = list(zip(notices, map(absolute, wheres(claimed, user)), strict=True))
            return subject, {"rows": rows, "title": subject}

        return post(user, "notices", write)

    return mail_once(notices=waiting, send=send)
