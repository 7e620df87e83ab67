"""Where a contract stands between its first day and its last: when its end is to be talked about (2.5)."""

from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

from wendu.method.subscriptions import renewal_asked_on


class Term(StrEnum):
    """Where a day lies in the term of a contract."""

    NONE = "none"
    OPEN = "open"
    RUNNING = "running"
    DUE = "due"
    RAN_ON = "ran_on"
    OVER = "over"
    FOLLOWED = "followed"


class Stand(NamedTuple):
    """The term of a contract on a day; `talk_from` is the day its end is talked about from, None without an end."""

    term: Term
    talk_from: date | None = None

    @property
    def is_urgent(self) -> bool:
        """Whether somebody has to do something."""
        return self.term in (Term.DUE, Term.OVER)


def stand(
    ends_on: date | None, *, on: date, notice_days: int, in_force: bool, renews: bool = False, followed: bool = False
) -> Stand:
    """Tell whether the end is near: from so many days before it, up to its day; after it, it ran on or it is over.

    A contract that is not in force - a draft, ended, terminated - has no term to speak of. Where another has taken its
    place (`followed`), nobody has to speak of its end.
    """
    if not in_force:
        return Stand(Term.NONE)
    if ends_on is None:
        return Stand(Term.OPEN)
    talk_from = ends_on - timedelta(days=notice_days)
    if followed and on >= talk_from:
        return Stand(Term.FOLLOWED, talk_from)
    if on > ends_on:
        return Stand(Term.RAN_ON if renews else Term.OVER, talk_from)
    return Stand(Term.DUE if on >= talk_from else Term.RUNNING, talk_from)


def end_asked_on(
    ends_on: date,
    asked_on: date | None,
    *,
    on: date,
    notice_days: int,
    every_days: int,
    stale_days: int,
    renews: bool = False,
) -> date | None:
    """Tell when to talk about the end of a contract: as it comes near, on its last day, and so long after each talk.

    None: it ran on by itself, or it was over so long ago that it is history.
    """
    if renews and on > ends_on:
        return None
    ahead = {"ahead_days": notice_days, "every_days": every_days, "stale_days": stale_days}
    return renewal_asked_on(ends_on, asked_on, on=on, **ahead)
