"""The plan of the day by mail: at the house's own morning, on working days, once, to those who plan and want it."""

from datetime import datetime
from functools import partial
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wendu.agenda.choices import NoticeKind
from wendu.agenda.letters import send_once
from wendu.agenda.models import Letter
from wendu.agenda.wishes import wishes_of
from wendu.coach.plan import daily_plan
from wendu.desk.days import dated
from wendu.desk.plan import plan_lines
from wendu.desk.wording import lang
from wendu.identity.models import Organisation, User
from wendu.identity.queries import stopped_days
from wendu.jobs.run import Run
from wendu.web.letters.matters import Matters, matters_of
from wendu.web.letters.post import can_post, link, post

FROM_HOUR, TO_HOUR = 7, 11  # a machine that was down at seven still writes before the morning is over


def is_morning(at: datetime) -> bool:
    """Tell whether it is the morning of a working day where the organisation is."""
    house = Organisation.objects.current()
    local = at.astimezone(ZoneInfo(house.time_zone))
    on = local.date()
    return FROM_HOUR <= local.hour < TO_HOUR and house.works_on(on) and on not in stopped_days()


def readers(at: datetime) -> list[User]:
    """Who wants the plan of this morning and was not written to yet; nobody unless it is one."""
    if not can_post() or not is_morning(at):
        return []
    on = Organisation.objects.current().today(at)
    written = Letter.objects.filter(kind=NoticeKind.PLAN, on=on).values("user_id")
    people = list(User.objects.active().exclude(email="").exclude(pk__in=written).order_by("pk"))
    wishes = wishes_of(people)
    return [user for user in people if wishes[user.pk][NoticeKind.PLAN].by_mail]


def send_plans(run: Run, *, at: datetime) -> int:
    """Write to everybody who is to be written to this morning; says how many letters went out."""
    on, sent = Organisation.objects.current().today(at), 0
    people = readers(at)
    for user in people:
        run.check()
        sent += send_once(user=user, kind=NoticeKind.PLAN, on=on, at=at, send=partial(send_plan, user, at))
        run.advance(1, total=len(people))
    return sent


def send_plan(user: User, at: datetime) -> bool:
    """Mail a person's morning: what the role looks after, then the own plan; who has neither is left in peace."""

    def write() -> tuple[str, dict[str, object]] | None:
        day = daily_plan(user, at=at)
        lines, _left_out = plan_lines(day, lang())
        matters = matters_of(user, day.frame, at)
        if not (lines or matters):
            return None
        subject = _subject([line.customer for line in lines], matters)
        rows = [(line, link("customers:page", line.customer_uuid)) for line in lines]
        values = {"rows": rows, "matters": matters, "day": dated(day.frame.today), "title": _("Your plan of today")}
        return subject, values

    return post(user, "plan", write)


def _subject(customers: list[str], matters: list[Matters]) -> str:
    """What is first: of who looks after others, what waits there; else the own plan."""
    waiting = [line.name for each in matters for line in each.lines]
    names = waiting or customers
    words = (
        ngettext("%(n)s thing waits: %(first)s", "%(n)s things wait, first %(first)s", len(names))
        if waiting
        else ngettext("%(n)s for today: %(first)s", "%(n)s for today, first %(first)s", len(names))
    )
    return words % {"n": len(names), "first": names[0]}
