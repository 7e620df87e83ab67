"""Handing a whole book over, and taking it back: customer by customer, each by the actions one would use by hand."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from wendu.access.verbs import can, permit
from wendu.agenda.actions import hand_step, notify_many
from wendu.agenda.models import Notification, Step
from wendu.customers.actions import add_collaborator, change_owner, join, remove_collaborator, require_hand_over
from wendu.customers.models import Customer
from wendu.handovers.choices import Split, Thing
from wendu.handovers.models import Handover, Move
from wendu.handovers.queries import PARTS, collaborations_of, deals_of, latest_job, steps_of
from wendu.identity.models import User
from wendu.jobs.actions import JobGoesOn, enqueue, resume_job
from wendu.journal.actions import record
from wendu.kernel.errors import ActionError
from wendu.kernel.events import declare
from wendu.opportunities.actions import change_deal_owner
from wendu.opportunities.models import Opportunity

declare("handover.begun", "handover.undoing")

JOB, UNDO_JOB = "handovers.carry_out", "handovers.take_back"
TOLD = "book_handed"


class TakerMissing(ActionError):
    """Every part of a book needs a taker."""

    code = "taker_missing"
    field = "taker"
    message = _("Choose who takes over everything that is not given to somebody else.")


class TakerLeaves(ActionError):
    """Nobody takes over from himself, and nobody who no longer works here."""

    code = "taker_leaves"
    field = "taker"
    message = _("%(name)s cannot take it over. Choose another active colleague.")


class HandoverRuns(ActionError):
    """One hand-over of a book at a time."""

    code = "handover_runs"
    message = _("This book is being handed over right now. Wait until that is done.")


class NotYetDone(ActionError):
    """What still runs cannot be taken back, and nothing goes back twice."""

    code = "handover_not_undoable"
    message = _("This hand-over still runs or was already taken back. Reload the page.")


@transaction.atomic
def begin_handover(
    *, leaver: User, takers: Mapping[str, User], actor: User, at: datetime, split_by: str = Split.NONE
) -> Handover:
    """Note who takes over which part of a book, and have it carried out; the empty part is everything else."""
    permit(actor, "book.hand_over", leaver)
    if "" not in takers:
        raise TakerMissing
    for taker in takers.values():
        if taker.pk == leaver.pk or not taker.is_active:
            raise TakerLeaves(name=taker.display_name)
        require_hand_over(actor, taker)
    keys = {part: taker.pk for part, taker in takers.items()}
    try:
        with transaction.atomic():
            row = Handover.objects.create(leaver=leaver, actor=actor, split_by=split_by, takers=keys, begun_at=at)
    except IntegrityError as clash:
        raise HandoverRuns from clash
    record("handover.begun", subject=row, actor=actor, at=at, after={"leaver": leaver.pk, "takers": keys})
    enqueue(JOB, actor=actor, key=f"handover {row.pk}", handover=row.pk)
    return row


@transaction.atomic
def undo_handover(*, handover: Handover, actor: User, at: datetime) -> Handover:
    """Have everything go back that nobody else changed since."""
    permit(actor, "book.hand_over", handover.leaver)
    mine = Handover.objects.filter(pk=handover.pk, done_at__isnull=False, undoing_at__isnull=True)
    if not mine.update(undoing_at=at):
        raise NotYetDone
    require_hand_over(actor, handover.leaver)
    handover.refresh_from_db()
    record("handover.undoing", subject=handover, actor=actor, at=at, after={"leaver": handover.leaver_id})
    enqueue(UNDO_JOB, actor=actor, key=f"handover undo {handover.pk}", handover=handover.pk, actor_id=actor.pk)
    return handover


def hand_customer(handover: Handover, customer: Customer, *, at: datetime) -> None:
    """One customer with the leaver's open deals and planned steps about it; its facts and readings stay as they are."""
    actor, taker = handover.actor, _taker(handover, _part(handover, customer))
    joined = customer.collaborations.filter(user=taker).exists()
    done = _tried(
        handover,
        Thing.CUSTOMER,
        customer.pk,
        taker,
        lambda: change_owner(customer=customer, owner=taker, actor=actor, at=at, is_told=False),
        joined=joined,
    )
    if done:
        for deal in deals_of(actor, handover.leaver).filter(customer=customer).order_by("pk"):
            hand_deal(handover, deal, taker, at=at)
        hand_steps(handover, steps_of(handover.leaver).filter(customer_id=customer.pk), taker, at=at)


def hand_rest(handover: Handover, *, at: datetime) -> None:
    """Deals and steps about customers of others, and the work beside their owners."""
    taker, leaver, actor = _taker(handover, ""), handover.leaver, handover.actor
    left = handover.moves.filter(thing=Thing.CUSTOMER, was_left=True).values("thing_id")
    for deal in deals_of(actor, leaver).exclude(customer__in=left).select_related("customer").order_by("pk"):
        hand_deal(handover, deal, taker, at=at)
    hand_steps(handover, steps_of(leaver).exclude(customer_id__in=left), taker, at=at)
    for row in collaborations_of(actor, leaver).select_related("customer").order_by("pk"):
        _hand_collaboration(handover, row.customer, taker, at=at)


def end_handover(handover: Handover, *, at: datetime) -> None:
    """Note that all of it changed hands, and tell every taker once how many customers came."""
    Handover.objects.filter(pk=handover.pk, done_at__isnull=True).update(done_at=at)
    came = handover.moves.filter(thing=Thing.CUSTOMER, was_left=False).exclude(taker=handover.actor).order_by()
    name = handover.leaver.display_name
    notify_many(
        Notification(
            user_id=row["taker"],
            code=TOLD,
            key=f"handover {handover.pk}",
            params={"name": name, "customers": row["n"]},
            at=at,
        )
        for row in came.values("taker").annotate(n=Count("pk")).order_by("taker")
    )


@transaction.atomic
def resume_handover(*, handover: Handover, actor: User, at: datetime) -> None:
    """Let a hand-over, or its way back, go on where it stopped."""
    permit(actor, "book.hand_over", handover.leaver)
    job = latest_job(handover)
    if job is None:
        raise JobGoesOn
    resume_job(job=job, actor=actor, at=at)


def hand_deal(handover: Handover, deal: Opportunity, taker: User, *, at: datetime) -> None:
    """One open deal."""
    actor = handover.actor
    _tried(
        handover,
        Thing.DEAL,
        deal.pk,
        taker,
        lambda: change_deal_owner(opportunity=deal, owner=taker, actor=actor, at=at),
    )


def hand_steps(handover: Handover, steps: Iterable[Step], taker: User, *, at: datetime) -> None:
    """What was planned is done by the taker."""
    rows = list(steps)
    customers = Customer.objects.visible_to(handover.actor).in_bulk([step.customer_id for step in rows])
    for step in rows:
        customer = customers.get(step.customer_id)
        _tried(
            handover,
            Thing.STEP,
            step.pk,
            taker,
            lambda step=step, customer=customer: hand_step(  # type: ignore[misc]
                step=step, user=taker, actor=handover.actor, at=at, customer=customer
            ),
        )


def take_back(move: Move, *, actor: User, at: datetime) -> None:
    """Give one thing back to the leaver, unless somebody changed its hands since."""
    leaver = move.handover.leaver
    back = {
        Thing.CUSTOMER: _customer_back,
        Thing.DEAL: _deal_back,
        Thing.STEP: _step_back,
        Thing.COLLABORATION: _collaboration_back,
    }[Thing(move.thing)]
    try:
        with transaction.atomic():
            went = back(move, leaver, actor, at)
    except ActionError:
        went = False
    move.undone_at, move.was_kept = (at, False) if went else (None, True)
    move.save(update_fields=["undone_at", "was_kept"])


def _hand_collaboration(handover: Handover, customer: Customer, taker: User, *, at: datetime) -> None:
    actor, leaver = handover.actor, handover.leaver
    joined = customer.owner_id == taker.pk or customer.collaborations.filter(user=taker).exists()

    def swap() -> None:
        remove_collaborator(customer=customer, user=leaver, actor=actor, at=at)
        if not joined:
            add_collaborator(customer=customer, user=taker, actor=actor, at=at)

    _tried(handover, Thing.COLLABORATION, customer.pk, taker, swap, joined=joined)


def _tried(
    handover: Handover, thing: Thing, pk: int, taker: User, act: Callable[[], object], *, joined: bool = False
) -> bool:
    """Do it and note it; what is refused is noted as left, and the rest goes on."""
    try:
        with transaction.atomic():
            act()
        left = False
    except ActionError:
        left = True
    noted = {"taker": taker, "joined": joined, "was_left": left}
    Move.objects.update_or_create(handover=handover, thing=thing, thing_id=pk, defaults=noted)
    return not left


def _customer_back(move: Move, leaver: User, actor: User, at: datetime) -> bool:
    customer = Customer.objects.visible_to(actor).filter(pk=move.thing_id, owner=move.taker).first()
    if customer is None:
        return False
    change_owner(customer=customer, owner=leaver, actor=actor, at=at, is_told=False)
    if move.joined:
        join(customer=customer, user=move.taker, actor=actor, at=at)
    return True


def _deal_back(move: Move, leaver: User, actor: User, at: datetime) -> bool:
    deal = Opportunity.objects.visible_to(actor).filter(pk=move.thing_id, owner=move.taker).first()
    if deal is None:
        return False
    change_deal_owner(opportunity=deal, owner=leaver, actor=actor, at=at)
    return True


def _step_back(move: Move, leaver: User, actor: User, at: datetime) -> bool:
    step = steps_of(move.taker).filter(pk=move.thing_id).first()
    if step is None:
        return False
    customer = Customer.objects.visible_to(actor).filter(pk=step.customer_id).first()
    hand_step(step=step, user=leaver, actor=actor, at=at, customer=customer)
    return True


def _collaboration_back(move: Move, leaver: User, actor: User, at: datetime) -> bool:
    customer = Customer.objects.visible_to(actor).filter(pk=move.thing_id).first()
    if customer is None or not can(actor, "customer.share", customer):
        return False
    if not move.joined:
        if not customer.collaborations.filter(user=move.taker).exists():
            return False
        remove_collaborator(customer=customer, user=move.taker, actor=actor, at=at)
    join(customer=customer, user=leaver, actor=actor, at=at)
    return True


def _part(handover: Handover, customer: Customer) -> str:
    """Which part of the book a customer belongs to."""
    if handover.split_by == Split.NONE:
        return ""
    found = Customer.objects.filter(pk=customer.pk).values_list(PARTS[Split(handover.split_by)], flat=True).first()
    return str(found or "")


def _taker(handover: Handover, part: str) -> User:
    keys = handover.takers
    return User.objects.get(pk=keys.get(part, keys[""]))
