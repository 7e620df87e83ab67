"""Write down what happened, and recognise a form that was sent before."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from django.db import IntegrityError, connection, transaction
from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from wendu.access.verbs import permit
from wendu.identity.models import Organisation, User
from wendu.journal.changes import bounded, written
from wendu.journal.doors import current_door
from wendu.journal.models import Entry, Receipt
from wendu.journal.subscriptions import tell_after_commit, tell_inside
from wendu.journal.verbs import declare, is_declared
from wendu.kernel.bulk import write_rows, write_values
from wendu.kernel.entity import Entity, kind_of, new_uuid
from wendu.kernel.errors import ActionError
from wendu.kernel.names import tidy_line

declare("journal.exported")

CUSTOMER = "customer"
KEY_LENGTH = 100
FORGOTTEN_AT_ONCE = 500
Thing = Model | tuple[str, int]
E = TypeVar("E", bound=Entity)


class UndeclaredVerb(RuntimeError):
    """A room writes a verb it has not declared: add `declare("...")` at the top of its actions."""


class OutsideTransaction(RuntimeError):
    """The journal is written in the transaction of the change it describes, or not at all."""


class KeyReused(ActionError):
    """The same form key came with another verb."""

    code = "key_reused"
    message = _("This form was already used for something else. Reload the page and try again.")


class KeyTooLong(ActionError):
    """The key cannot be stored."""

    code = "key_too_long"
    message = _("The idempotency key is longer than 100 characters. Send a shorter one, such as a UUID.")


def record(
    verb: str,
    *,
    subject: Thing,
    actor: User | None,
    at: datetime,
    root: Thing | None = None,
    before: Mapping[str, object] | None = None,
    after: Mapping[str, object] | None = None,
    note: str = "",
) -> Entry:
    """Write one entry in the running transaction, tell the coach at once and all others after the commit.

    Without `root`, the subject's own customer is the root: itself, or the one its `customer_id` names.
    """
    _need_transaction()
    entry = entry_for(verb, subject=subject, actor=actor, at=at, root=root, before=before, after=after, note=note)
    entry.save(force_insert=True)
    tell_inside(entry)
    tell_after_commit(entry)
    return entry


def entry_for(
    verb: str,
    *,
    subject: Thing,
    actor: User | None,
    at: datetime,
    root: Thing | None = None,
    before: Mapping[str, object] | None = None,
    after: Mapping[str, object] | None = None,
    note: str = "",
) -> Entry:
    """Prepare an entry without writing it, for `record_many`."""
    if not is_declared(verb):
        raise UndeclaredVerb(verb)
    subject_kind, subject_id = _named(subject)
    root_kind, root_id = _named(root) if root is not None else _root_of(subject)
    return Entry(
        verb=verb,
        actor=actor,
        at=at,
        door=current_door(),
        subject_kind=subject_kind,
        subject_id=subject_id,
        root_kind=root_kind,
        root_id=root_id,
        before=bounded(before),
        after=bounded(after),
        note=note[:500],
    )


def entry_values(
    verb: str,
    *,
    subject: tuple[str, int],
    customer_id: int | None,
    actor: User | None,
    at: datetime,
    before: Mapping[str, object] | None = None,
    after: Mapping[str, object] | None = None,
) -> dict[str, Any]:
    """Prepare the same as plain columns, for `record_values`: half the price, for what comes by the thousand."""
    if not is_declared(verb):
        raise UndeclaredVerb(verb)
    return {
        "uuid": new_uuid(),
        "verb": verb,
        "actor_id": actor.pk if actor is not None else None,
        "at": at,
        "door": current_door(),
        "subject_kind": subject[0],
        "subject_id": subject[1],
        "root_kind": "" if customer_id is None else CUSTOMER,
        "root_id": customer_id,
        "before": written(before),
        "after": written(after),
        "note": "",
    }


def record_values(rows: Sequence[Mapping[str, Any]]) -> int:
    """Write prepared columns of a bulk load and say how many; as with `record_many`, nobody is told."""
    _need_transaction()
    return write_values(Entry, rows)


def record_many(entries: Iterable[Entry], *, announce: bool = False, batch_size: int = 1000) -> int:
    """Write many prepared entries of a bulk load and say how many.

    Nobody is told inside the transaction: the caller has the coach recompute afterwards. With `announce` the
    subscribers after the commit are told of each one.
    """
    _need_transaction()
    if not announce:
        return write_rows(entries)
    written = Entry.objects.bulk_create(entries, batch_size=batch_size)
    for entry in written:
        tell_after_commit(entry)
    return len(written)


@transaction.atomic
def note_export(*, actor: User, at: datetime, narrowed: Mapping[str, object]) -> Entry:
    """Write down that somebody takes the journal away as a table, and how it was narrowed."""
    permit(actor, "journal.audit")
    return record("journal.exported", subject=Organisation.objects.current(), actor=actor, at=at, after=narrowed)


def claim(actor: User, key: str, verb: str) -> Receipt | None:
    """Claim a form key for this actor in the running transaction: a new receipt, or None if it was used before.

    Safe when the same form arrives twice at once: the second one waits for the first and then gets None (or the claim,
    if the first was rolled back). After None, `receipt_of` names the earlier result.
    """
    _need_transaction()
    if len(key) > KEY_LENGTH:
        raise KeyTooLong
    try:
        with transaction.atomic():
            return Receipt.objects.create(actor=actor, key=key, verb=verb)
    except IntegrityError:
        if Receipt.objects.filter(actor=actor, key=key).exclude(verb=verb).exists():
            raise KeyReused from None
        return None


def settle(receipt: Receipt, subject: Entity) -> None:
    """Note on the receipt what came of it."""
    receipt.subject_uuid = subject.uuid
    receipt.save(update_fields=["subject_uuid"])


def receipt_of(actor: User, key: str) -> Receipt | None:
    """Find the receipt of a form that was carried out."""
    return Receipt.objects.filter(actor=actor, key=key).first()


def once(actor: User, key: str, verb: str, act: Callable[[], E], *, find: Callable[[UUID], E]) -> tuple[E, bool]:
    """Carry out `act` once per form key; sent again, `find` gives the earlier result. Second value: was it done now?

    Without a key (a form without JavaScript that lost it, a script) it is simply carried out.
    """
    key = tidy_line(key)
    with transaction.atomic():
        receipt = claim(actor, key, verb) if key else None
        if key and receipt is None:
            earlier = receipt_of(actor, key)
            if earlier is None or earlier.subject_uuid is None:
                raise KeyReused
            return find(earlier.subject_uuid), False
        done = act()
        if receipt is not None:
            settle(receipt, done)
        return done, True


def forget_receipts(*, before: datetime) -> int:
    """Drop some receipts so old that nobody sends their form again; says how many, none when all are gone."""
    some = Receipt.objects.filter(at__lt=before).order_by("pk").values_list("pk", flat=True)[:FORGOTTEN_AT_ONCE]
    return Receipt.objects.filter(pk__in=list(some)).delete()[0]


def _need_transaction() -> None:
    if not connection.in_atomic_block:
        raise OutsideTransaction


def _named(thing: Thing) -> tuple[str, int]:
    return thing if isinstance(thing, tuple) else (kind_of(thing), thing.pk)


def _root_of(subject: Thing) -> tuple[str, int | None]:
    if isinstance(subject, tuple):
        return subject if subject[0] == CUSTOMER else ("", None)
    if kind_of(subject) == CUSTOMER:
        return CUSTOMER, subject.pk
    customer_id: Any = getattr(subject, "customer_id", None)
    return (CUSTOMER, customer_id) if customer_id is not None else ("", None)
