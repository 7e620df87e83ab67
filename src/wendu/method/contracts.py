"""Where a contract stands between its first day and its last: when its end is to be talked about (2.5)."""

from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple


class Term(StrEnum):
    """Where a day lies in the term of a contract."""

    NONE = "none"
    OPEN = "open"
    RUNNING = "running"
    DUE = "due"
    RAN_ON = "ran_on"
    OVER = "over"


class Stand(NamedTuple):
    """The term of a contract on a day; `talk_from` is the day its end is talked about from, None without an end."""

    term: Term
    talk_from: date | None = None

    @property
    def is_urgent(self) -> bool:
        """Whether somebody has to do something."""
        return self.term in (Term.DUE, Term.OVER)


def stand(ends_on: date | None, *, on: date, notice_days: int, in_force: bool, renews: bool = False) -> Stand:
    """Tell whether the end is near: from so many days before it, up to its day; after it, it ran on or it is over.

    A contract that is not in force - a draft, ended, terminated - has no term to speak of.
    """
    if not in_force:
        return Stand(Term.NONE)
    if ends_on is None:
        return Stand(Term.OPEN)
    talk_from = ends_on - timedelta(days=notice_days)
    if on > ends_on:
        return Stand(Term.RAN_ON if renews else Term.OVER, talk_from)
    return Stand(Term.DUE if on >= talk_from else Term.RUNNING, talk_from)
