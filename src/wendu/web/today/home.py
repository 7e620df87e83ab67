"""The first page by role: what service, marketing, managers, executives and administrators look after, in words."""

from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wendu.backups.queries import backup_health
from wendu.coach.frame import Frame
from wendu.desk.home import NEW_DAYS, Card, cards_of, sources_of
from wendu.desk.team.asked import scope_from
from wendu.desk.team.figures import figures_of
from wendu.desk.team.forecast import expected_of
from wendu.desk.team.page import boxes_of
from wendu.identity.choices import Role
from wendu.identity.models import User
from wendu.imports.queries import imports_of
from wendu.jobs.choices import JobState
from wendu.jobs.queries import jobs_of, worker_seen_at
from wendu.packs.queries import drafts
from wendu.web.team.forecast import forecast_words

FILES, FAILED_DAYS = 5, 7
WORKER_LATE = timedelta(minutes=5)


class Heading(NamedTuple):
    """What a card is called, what it says when nothing is in it, and where all of it is."""

    title: str
    nobody: str
    more: str


class Duty(NamedTuple):
    """One thing an administrator keeps an eye on: what, how it stands, where, and whether it needs a hand."""

    name: str
    words: str
    url: str
    needs_a_hand: bool = False


def home_of(user: User, frame: Frame, at: datetime) -> dict[str, Any]:
    """What stands beside or instead of the plan of the day; empty for those who only follow their own list."""
    role = Role(user.role)
    cards = cards_of(user, frame)
    sources = sources_of(user, frame, at) if role == Role.MARKETING else []
    found: dict[str, Any] = {"has_matters": bool(sources) or any(card.rows for card in cards)}
    if found["has_matters"]:
        found["cards"] = [(card, heading_of(card)) for card in cards]
    if role == Role.MARKETING:
        found |= {"sources": sources, "new_days": NEW_DAYS}
    if role == Role.ADMIN:
        found |= {"duties": duties_of(user, at), "files": list(imports_of(user)[:FILES])}
    scope = scope_from(user, "") if role in {Role.MANAGER, Role.EXECUTIVE} else None
    if scope is not None and role == Role.MANAGER:
        found["boxes"] = boxes_of(scope, frame)
    if scope is not None and role == Role.EXECUTIVE:
        expected = expected_of(scope, figures_of(scope, frame, at), frame)
        found |= {"expected": expected, **forecast_words(expected, frame.currency)}
    return found


def heading_of(card: Card) -> Heading:
    """What a card is called, and what it says when it is empty."""
    customers = reverse("customers:list")
    return {
        "revisits": lambda: Heading(
            _("To revisit"), _("No old customer is due for a revisit."), f"{customers}?alert=revisit_due"
        ),
        "problems": lambda: Heading(_("Problems left open"), _("Nobody was left with a problem."), ""),
        "promises": lambda: Heading(_("Promises due"), _("Everything promised until today is kept."), ""),
        "unmet": lambda: Heading(
            _("Came in, met nobody yet"),
            _("Everybody who came in was met."),
            f"{customers}?alert=first_touch_due&sort=created",
        ),
    }[card.code]()


def duties_of(user: User, at: datetime) -> list[Duty]:
    """The machine and the playbook: what works by itself, and what waits for somebody."""
    return [_backup(user, at), _worker(at), _failed(user, at), _invited(), _drafts(user)]


def _backup(user: User, at: datetime) -> Duty:
    health = backup_health(user, at=at)
    if health is None or health.latest_at is None:
        return Duty(_("Backup"), _("none yet"), reverse("backups:list"), needs_a_hand=health is None or health.is_late)
    hours = int((at - health.latest_at).total_seconds() // 3600)
    ago = ngettext("%(n)s hour ago", "%(n)s hours ago", hours) % {"n": hours}
    words = ago if hours else _("less than an hour ago")
    return Duty(_("Backup"), words, reverse("backups:list"), needs_a_hand=not health.is_well)


def _worker(at: datetime) -> Duty:
    seen_at = worker_seen_at()
    is_late = seen_at is None or at - seen_at > WORKER_LATE
    words = _("does not answer: start it") if is_late else _("at work")
    return Duty(_("Background work"), words, "", needs_a_hand=is_late)


def _failed(user: User, at: datetime) -> Duty:
    since = at - timedelta(days=FAILED_DAYS)
    number = jobs_of(user).filter(state=JobState.FAILED, ended_at__gte=since).count()
    words = ngettext("%(n)s in %(days)s days", "%(n)s in %(days)s days", number) % {"n": number, "days": FAILED_DAYS}
    where = f"{reverse('settings:audit')}?kind=job" if number else ""
    return Duty(_("Jobs that failed"), words, where, needs_a_hand=bool(number))


def _invited() -> Duty:
    number = User.objects.active().filter(last_login__isnull=True).count()
    words = ngettext("%(n)s colleague", "%(n)s colleagues", number) % {"n": number}
    return Duty(_("Never signed in"), words, reverse("settings:people"))


def _drafts(user: User) -> Duty:
    number = drafts(user).count()
    words = ngettext("%(n)s draft", "%(n)s drafts", number) % {"n": number}
    return Duty(_("Playbook not published"), words, reverse("settings:playbook"))
