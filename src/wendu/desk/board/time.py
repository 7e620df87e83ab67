"""Where the time goes, by class: of everybody on the board together and of each person (method: 3.5)."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Count

from wendu.access.scope import people_in_scope
from wendu.coach.board import CLASSES
from wendu.coach.frame import Frame
from wendu.desk.board.asked import OWNER, TEAM, BoardAsked
from wendu.desk.table.language import Condition
from wendu.desk.table.names import names_for
from wendu.desk.table.options import ME
from wendu.desk.wording import advice_words
from wendu.identity.models import User, UserQuerySet
from wendu.identity.snapshot import remembered
from wendu.method.codes import Quadrant
from wendu.method.strategy import time_advice
from wendu.touches.models import Touch

WEEKS = 4
PEOPLE_AT_MOST = 30
KEPT_SECONDS = 60.0
PERCENT, MINUTES = 100, 60


@dataclass(frozen=True, slots=True)
class Share:
    """How somebody's time spread over the classes, in percent, by the usual length of each kind of touch."""

    name: str
    uuid: UUID | None
    hours: float
    parts: tuple[tuple[str, float], ...]
    advice: str

    @property
    def long_war(self) -> float:
        """The share that went into class D."""
        return dict(self.parts).get("D", 0.0)


@dataclass(frozen=True, slots=True)
class TimeShares:
    """The time of everybody together and of each person, whoever spends most on class D first."""

    total: Share | None
    people: tuple[Share, ...]
    weeks: int
    is_cut: bool


def time_shares(user: User, at: datetime, asked: BoardAsked) -> TimeShares:
    """The last weeks of those the board is about, some dozens of people at most (three queries)."""
    frame = Frame.at(at)
    people = list(_people(user, asked, frame).order_by("full_name", "username", "pk")[: PEOPLE_AT_MOST + 1])
    named = {each.pk: each for each in people[:PEOPLE_AT_MOST]}
    spent = _spent(user, list(named), frame)
    shares = [share_of(named[pk].display_name, named[pk].uuid, minutes, frame) for pk, minutes in spent.items()]
    everybody: dict[str, float] = defaultdict(float)
    for minutes in spent.values():
        for letter, number in minutes.items():
            everybody[letter] += number
    return TimeShares(
        total=share_of("", None, everybody, frame) if everybody else None,
        people=tuple(sorted(shares, key=lambda share: (-share.long_war, share.name, str(share.uuid)))),
        weeks=WEEKS,
        is_cut=len(people) > PEOPLE_AT_MOST,
    )


def _people(user: User, asked: BoardAsked, frame: Frame) -> UserQuerySet:
    """Whose time it is: those in scope, of the team or the one person asked for."""
    people = people_in_scope(user).active()
    owner, team = asked.chosen.get(OWNER, ""), asked.chosen.get(TEAM, "")
    if owner == ME:
        return people.filter(pk=user.pk)
    if owner:
        people = people.filter(uuid=owner) if owner != "none" else people.none()
    if team:
        keys = names_for(user, frame, [Condition(TEAM, "in", (team,))]).teams.get(team, ((), ""))[0]
        people = people.filter(team_id__in=keys)
    return people


def _spent(user: User, people: list[int], frame: Frame) -> dict[int, dict[str, float]]:
    """The minutes; those of several people are thousands of touches, counted once a minute."""
    if len(people) == 1:
        return _minutes(user, people, frame)
    name = f"time {user.pk} {user.role} {user.team_id} {frame.today} {people}"
    return remembered(name, lambda: _minutes(user, people, frame), seconds=KEPT_SECONDS)


def _minutes(user: User, people: list[int], frame: Frame) -> dict[int, dict[str, float]]:
    """Minutes by person and class; what is undone or of no class does not count."""
    kinds, found = frame.scale.heat.kinds, defaultdict[int, dict[str, float]](lambda: defaultdict(float))
    rows = (
        Touch.objects.visible_to(user)
        .standing()
        .filter(
            author_id__in=people,
            touched_on__gt=frame.today - timedelta(weeks=WEEKS),
        )
    )
    grouped = rows.order_by().values_list("author_id", "customer__standing__quadrant", "kind").annotate(n=Count("*"))
    for author, letter, kind, number in grouped:
        # The class is asked here: asked of the database, it would start from all customers of the classes.
        if kind in kinds and letter in CLASSES:
            found[author][letter] += number * kinds[kind].effort_minutes
    return {author: minutes for author, minutes in found.items() if any(minutes.values())}


def share_of(name: str, uuid: UUID | None, minutes: Mapping[str, float], frame: Frame) -> Share:
    """Share somebody's minutes out over the classes, with the playbook's word on too much time on class D."""
    total = sum(minutes.values())
    shares = {Quadrant(letter): minutes.get(letter, 0.0) / total for letter in CLASSES}
    found = time_advice(shares, frame.scale.plan.long_war_share)
    percent = round(PERCENT * shares[Quadrant.D])
    return Share(
        name=name,
        uuid=uuid,
        hours=total / MINUTES,
        parts=tuple((letter, PERCENT * shares[Quadrant(letter)]) for letter in CLASSES if shares[Quadrant(letter)]),
        advice=advice_words(found.code, frame.playbook, share=percent) if found else "",
    )
