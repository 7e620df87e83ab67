"""What people want to be told of, in the app and by mail: their own choice, else what is usual in their role."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import transaction

from wendu.access.verbs import permit
from wendu.agenda.choices import NoticeKind
from wendu.agenda.models import NoticeChoice
from wendu.identity.choices import Role
from wendu.identity.models import User
from wendu.journal.actions import record
from wendu.journal.verbs import declare

declare("user.notices_chosen")

PLANNERS = frozenset({Role.REP, Role.SERVICE, Role.MANAGER, Role.ADMIN})
"""Whose morning begins with something of theirs: a list, a team, what is broken, or the house."""


@dataclass(frozen=True, slots=True)
class Wish:
    """Where a person wants to hear of something."""

    in_app: bool
    by_mail: bool


Wishes = dict[str, Wish]


def usual(role: str) -> Wishes:
    """What a role is told unless a person chose otherwise: alerts in the app, the morning by mail."""
    return {
        NoticeKind.STRIKE.value: Wish(in_app=True, by_mail=False),
        NoticeKind.MISSED.value: Wish(in_app=True, by_mail=role == Role.MANAGER),
        NoticeKind.REPLANNED.value: Wish(in_app=True, by_mail=False),
        NoticeKind.HANDED.value: Wish(in_app=True, by_mail=False),
        NoticeKind.PLAN.value: Wish(in_app=False, by_mail=role in PLANNERS),
    }


def wishes_of(users: Collection[User]) -> dict[int, Wishes]:
    """What each of these people wants to be told of (one query)."""
    found = {user.pk: usual(user.role) for user in users}
    for choice in NoticeChoice.objects.filter(user_id__in=list(found)):
        found[choice.user_id][choice.kind] = Wish(choice.in_app, choice.by_mail)
    return found


@transaction.atomic
def choose_notices(*, user: User, wishes: Mapping[str, Wish], actor: User, at: datetime) -> None:
    """Choose what to be told of, and where; kinds that are not named stay as they are."""
    permit(actor, "user.edit_preferences", user)
    before = wishes_of([user])[user.pk]
    changed = {NoticeKind(kind).value: wish for kind, wish in wishes.items() if before[NoticeKind(kind).value] != wish}
    if not changed:
        return
    NoticeChoice.objects.bulk_create(
        [NoticeChoice(user=user, kind=kind, **asdict(wish)) for kind, wish in changed.items()],
        update_conflicts=True,
        unique_fields=["user", "kind"],
        update_fields=["in_app", "by_mail"],
    )
    said = {kind: asdict(before[kind]) for kind in changed}
    after = {kind: asdict(wish) for kind, wish in changed.items()}
    record("user.notices_chosen", subject=user, actor=actor, at=at, before=said, after=after)
