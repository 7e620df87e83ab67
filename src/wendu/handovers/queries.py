"""What somebody's book holds, part by part, and what became of it in a hand-over."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.db.models import BooleanField, Count, ExpressionWrapper, F, Q, QuerySet

from wendu.access.scope import people_in_scope
from wendu.access.verbs import can
from wendu.agenda.models import Step
from wendu.customers.models import Collaborator, Customer
from wendu.customers.queries import owner_choices
from wendu.handovers.choices import Split, Thing
from wendu.handovers.models import Handover
from wendu.identity.models import User, UserQuerySet
from wendu.jobs.models import Job
from wendu.opportunities.models import Opportunity
from wendu.touches.models import Promise

PARTS = {Split.CLASS: "standing__quadrant", Split.REGION: "province", Split.TEAM: "team__name"}


@dataclass(frozen=True, slots=True)
class Book:
    """What changes hands: `parts` are the customers by part of the split."""

    customers: int
    deals: int
    promises: int
    steps: int
    collaborations: int
    parts: dict[str, int]

    @property
    def total(self) -> int:
        """How many things there are to move."""
        return self.customers + self.deals + self.steps + self.collaborations


def leavers(user: User) -> UserQuerySet:
    """Whose book this person may hand over: of the own teams, those who left included; an administrator anybody's."""
    if not can(user, "book.open"):
        return User.objects.none()
    people = User.objects.all() if user.is_admin else User.objects.filter(pk__in=_staff(user))
    return people.select_related("team").order_by("is_active", "full_name", "username", "pk")


def takers_for(user: User, leaver: User) -> UserQuerySet:
    """Who may take it over."""
    return owner_choices(user).exclude(pk=leaver.pk).order_by("full_name", "username", "pk")


def book_of(user: User, leaver: User, split_by: str) -> Book:
    """Count what would change hands, as far as this person sees it (five queries)."""
    customers = customers_of(user, leaver)
    parts: dict[str, int] = {}
    if split_by in PARTS:
        rows = customers.order_by().values_list(PARTS[Split(split_by)]).annotate(n=Count("pk"))
        parts = {str(value or ""): number for value, number in sorted(rows, key=lambda row: (not row[0], str(row[0])))}
    promises = Promise.objects.visible_to(user).standing().filter(author=leaver, state="open")
    return Book(
        customers=customers.count(),
        deals=deals_of(user, leaver).count(),
        promises=promises.filter(customer__owner=leaver).count(),
        steps=steps_of(leaver).count(),
        collaborations=collaborations_of(user, leaver).count(),
        parts=parts,
    )


def customers_of(user: User, leaver: User) -> QuerySet[Customer]:
    """The leaver's own customers, the bucket of unknown ones aside."""
    return Customer.objects.visible_to(user).filter(owner=leaver, bucket_of__isnull=True)


def deals_of(user: User, leaver: User) -> QuerySet[Opportunity]:
    """The leaver's open deals, wherever they are."""
    return Opportunity.objects.visible_to(user).open().filter(owner=leaver)


def steps_of(leaver: User) -> QuerySet[Step]:
    """What the leaver still had planned."""
    return Step.objects.filter(user=leaver, done_at__isnull=True, cancelled_at__isnull=True)


def collaborations_of(user: User, leaver: User) -> QuerySet[Collaborator]:
    """Where the leaver works beside another owner."""
    rows = Collaborator.objects.filter(user=leaver, customer__in=Customer.objects.visible_to(user))
    return rows.exclude(customer__owner=F("user"))


def handovers_of(user: User) -> QuerySet[Handover]:
    """The hand-overs this person may see, latest first."""
    rows = Handover.objects.filter(leaver__in=leavers(user).order_by().values("pk"))
    return rows.select_related("leaver", "actor").order_by("-pk")


def latest_job(handover: Handover) -> Job | None:
    """The machine work that carries it out, or back."""
    keys = [f"handover {handover.pk}", f"handover undo {handover.pk}"]
    return Job.objects.filter(key__in=keys).order_by("-pk").first()


def counted(handover: Handover) -> dict[str, Counter[str]]:
    """What became of it, by kind of thing: handed, left, returned, kept (one query)."""
    found: dict[str, Counter[str]] = {thing: Counter() for thing in Thing.values}
    is_there = ExpressionWrapper(Q(undone_at__isnull=True), output_field=BooleanField())
    rows: Any = (
        handover.moves.order_by().annotate(stands=is_there).values_list("thing", "was_left", "was_kept", "stands")
    )
    for thing, left, kept, stands, number in rows.annotate(n=Count("pk")):
        found[thing]["left" if left else "kept" if kept else "handed" if stands else "returned"] += number
    return found


def _staff(user: User) -> QuerySet[Any]:
    return people_in_scope(user).exclude(pk=user.pk).values("pk")
