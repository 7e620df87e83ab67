"""`wendu plan`: the morning question answered in the terminal, or as JSON for other programs."""

import json
from datetime import date

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wendu.coach.plan import daily_plan
from wendu.desk.plan import Line, as_json, degrees, plan_lines, rounded
from wendu.identity.models import Organisation, User
from wendu.kernel.clock import now
from wendu.ops.said import fail, hint, say

EARLIEST = date(1990, 1, 1)  # before any history somebody would bring in


def print_plan(name: str, *, as_of: date | None, capacity: int | None, wants_json: bool, lang: str) -> None:
    """Print the plan of a person for today, or for a past day from the facts known then."""
    lang = lang or translation.get_language() or "zh-hans"
    with translation.override(lang):
        user = _person(name)
        if as_of is None:
            day = daily_plan(user, at=now(), capacity=capacity)
        else:
            day = daily_plan(user, on=_looked_back_on(as_of), capacity=capacity, from_facts=True)
        steps, left_out = plan_lines(day, lang)
        if wants_json:
            say(json.dumps(_listed(steps), ensure_ascii=False, indent=2))
            return
        say(
            ngettext("%(day)s · %(name)s · %(count)s step", "%(day)s · %(name)s · %(count)s steps", len(steps))
            % {"day": day.frame.today, "name": user.display_name, "count": len(steps)}
        )
        for number, line in enumerate(steps, start=1):
            say(_told(number, line))
        if left_out:
            hint(_("Found no room today: %(count)s") % {"count": len(left_out)})
        if day.waiting:
            hint(_("Waiting for their day: %(count)s") % {"count": len(day.waiting)})


def _listed(steps: tuple[Line, ...]) -> list[dict[str, object]]:
    return [as_json(line) for line in steps]


def _told(number: int, line: Line) -> str:
    score = "" if line.score is None else f" · {rounded(line.score)}"
    heat = f" {degrees(line.step.heat)}°" if line.step.heat is not None else ""
    rows = [
        f"{number:>2}. {line.customer}{heat}{score}" + (_(" (provisional)") if line.provisional else ""),
        f"    {_('Why')}: {line.why}",
        f"    {_('Do')}: {line.do}",
        f"    {_('Get')}: {line.objective}",
        f"    {_('Say')}: {line.script}",
    ]
    if line.wood:
        rows.append(f"    {_('Next log')}: {line.wood.words} · {line.wood.when}")
    if line.missing:
        rows.append(f"    {_('Not known')}: {', '.join(str(_MISSING.get(code, code)) for code in line.missing)}")
    return "\n".join(rows)


_MISSING = {
    "quadrant": translation.gettext_lazy("class"),
    "value": translation.gettext_lazy("value"),
    "pressure": translation.gettext_lazy("signing window"),
    "two_way_touch": translation.gettext_lazy("any talk with them"),
}


def _looked_back_on(day: date) -> date:
    """A day whose facts can be known."""
    today = Organisation.objects.current().today(now())
    if not EARLIEST <= day <= today:
        words = _("%(day)s is no day to look back on. Give one from %(first)s to %(today)s.")
        fail(words % {"day": day, "first": EARLIEST, "today": today})
    return day


def _person(name: str) -> User:
    """The one person of this login or full name."""
    found = list(User.objects.named(name)[:3])
    if not found:
        fail(
            _("Nobody is called “%(name)s”. Give a login or a full name; `wendu user list` shows all.") % {"name": name}
        )
    if len(found) > 1:
        logins = ", ".join(user.username for user in found)
        fail(_("Several people are called “%(name)s”. Give the login: %(logins)s.") % {"name": name, "logins": logins})
    return found[0]
