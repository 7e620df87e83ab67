"""Moving all that belongs to the one that goes: rows of every room, tags, spells out of pursuit, main contacts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import F, Q, QuerySet

from wendu.agenda.due import clear_due, schedule_due
from wendu.agenda.models import Due
from wendu.agreements.actions import index_many as index_agreed
from wendu.coach.models import Checkpoint, ClassSpell, DealStanding, Memory, Standing
from wendu.customers.actions import index_many as index_customers
from wendu.customers.actions.pursuit import WAKE_RULE
from wendu.customers.models import Contact, Customer, Nurture, Tagging
from wendu.merges.choices import Kind, Side
from wendu.merges.links import LINKS, Link, Way
from wendu.merges.tracing import Trace, packed
from wendu.opportunities.actions import index_many as index_deals
from wendu.opportunities.models import Opportunity
from wendu.readings.models import Reading
from wendu.search.actions import index_many
from wendu.search.models import Entry
from wendu.touches.actions.words import searchable
from wendu.touches.models import Touch

WORDS = ("customer_id", "title", "subtitle", "title_key", "folded", "tokens")
Thing = Customer | Contact


def move_all(trace: Trace, kind: Kind, kept: Thing, gone: Thing) -> dict[str, int]:
    """Let everything that refers to the one refer to the other; says how many rows of each table."""
    moved: dict[str, int] = {}
    for link in LINKS[kind]:
        if link.way is not Way.MOVES:
            continue
        keys = _moving(link, kind, kept, gone)
        count = trace.move(link.model, link.column, keys, source=_name(link, gone), target=_name(link, kept))
        label = link.model._meta.model_name or ""
        if count and link.model is not Entry:
            moved[label] = max(count, moved.get(label, 0))
    return moved


def choose_tags(trace: Trace, kept: Customer, gone: Customer, side: Side) -> None:
    """Both have moved together by now; if only one's count, the others lie with the one that went."""
    if side is Side.BOTH:
        return
    moved = {key for each in trace.moves if each["label"] == "customers.Tagging" for key in each["keys"]}
    left = set(Tagging.objects.filter(customer=gone).values_list("tag", flat=True))
    wrong = Tagging.objects.filter(customer=kept)
    wrong = wrong.filter(pk__in=moved) if side is Side.KEPT else wrong.exclude(pk__in=moved).exclude(tag__in=left)
    keys = sorted(wrong.values_list("pk", flat=True))
    trace.move(Tagging, "customer_id", keys, source=kept.pk, target=gone.pk)


def choose_rest(trace: Trace, kept: Customer, gone: Customer, side: Side) -> None:
    """Whether it rests is what is chosen; the spells of the other, over or not, lie with the one that went.

    Mixed they would say what neither said: the end of a rest here would wake what was put to rest there.
    """
    if side is Side.GONE:
        ends = {kept.pk: gone.pk, gone.pk: kept.pk}
        spells = list(Nurture.objects.filter(customer__in=ends).order_by("pk"))
        for source, target in ends.items():
            over = [spell.pk for spell in spells if spell.customer_id == source and spell.ended_on is not None]
            trace.move(Nurture, "customer_id", over, source=source, target=target)
        swap_spells({spell.pk: ends[spell.customer_id] for spell in spells if spell.ended_on is None}, trace)
    remind(kept)
    remind(gone)


def swap_spells(targets: dict[int, int], trace: Trace | None = None) -> None:
    """Let standing spells belong to others; for a moment none of them stands, as each customer has one at most."""
    rows = {row.pk: row for row in Nurture.objects.filter(pk__in=targets, ended_on__isnull=True)}
    Nurture.objects.filter(pk__in=rows).update(ended_on=F("began_on"))
    for pk, row in rows.items():
        Nurture.objects.filter(pk=pk).update(customer_id=targets[pk], ended_on=None)
        if trace is not None:
            trace.note(row, before={"customer_id": row.customer_id}, after={"customer_id": targets[pk]})


def remind(customer: Customer) -> None:
    """Have it woken on the day its standing spell names, if there is one and it was not merged."""
    spell = Nurture.objects.filter(customer=customer, ended_on__isnull=True).first()
    if spell is None or spell.wake_on is None or customer.deleted_at is not None:
        clear_due(rule=WAKE_RULE, subject=customer)
    else:
        schedule_due(on=spell.wake_on, rule=WAKE_RULE, subject=customer)


def step_down(trace: Trace, kept: Customer, gone: Customer) -> None:
    """A customer has one main contact: the one of the customer that stays, if it has one."""
    main = Q(is_main=True, deleted_at__isnull=True)
    if Contact.objects.filter(main, customer=kept).exists():
        for person in Contact.objects.filter(main, customer=gone):
            trace.change(person, {"is_main": False})


def place(trace: Trace, kept: Customer, gone: Customer) -> None:
    """One that lay below the other takes its place, one without a parent takes the other's; nobody is above himself.

    In the same way one that the other brought, directly or through others, was brought by whoever brought that one.
    """
    if _comes_after(kept, gone, "parent"):
        trace.change(kept, {"parent_id": gone.parent_id})
    if _comes_after(kept, gone, "referrer"):
        trace.change(kept, {"referrer_id": gone.referrer_id, "referrer_contact_id": gone.referrer_contact_id})


def keep_judged(trace: Trace, customer_ids: Sequence[int]) -> None:
    """Keep what the method had written, to have it back exactly if nothing happens in between."""
    for model, rows in judged_rows(customer_ids):
        trace.keep(model, rows)


def judged_rows(customer_ids: Sequence[int]) -> Iterable[tuple[Any, Q]]:
    """Where the method writes about these customers and their deals."""
    deals = Opportunity.objects.filter(customer__in=customer_ids).values("pk")
    about = Q(subject_kind="customer", subject_id__in=customer_ids)
    for model in (Standing, Memory, Checkpoint, ClassSpell, DealStanding):
        yield model, Q(customer__in=customer_ids)
    yield Reading, about | Q(subject_kind="opportunity", subject_id__in=deals)
    yield Due, about


def find_anew(trace: Trace, customer: Customer) -> None:
    """Have what moved found under the customer it belongs to now, and note how the index changed."""
    moved = {key for each in trace.moves if each["label"] == "search.Entry" for key in each["keys"]}
    mine = Q(pk__in=moved) | Q(customer_id=customer.pk, kind__in=("customer", "contact", "opportunity"))
    before = {row.pk: row for row in Entry.objects.filter(mine)}
    index_again(customer, [row for row in before.values() if row.pk in moved])
    for row in Entry.objects.filter(mine):
        old = before.get(row.pk)
        if old is None:
            trace.made.append({"label": row._meta.label, "row": packed(row)})
            continue
        names = [name for name in WORDS if getattr(old, name) != getattr(row, name)]
        if names:
            trace.note(row, before={n: getattr(old, n) for n in names}, after={n: getattr(row, n) for n in names})


def hide_person(trace: Trace, gone: Contact) -> None:
    """One that went is not found any more."""
    for row in Entry.objects.filter(kind="contact", object_id=gone.pk):
        trace.drop(row)


def index_again(customer: Customer, moved: Iterable[Entry] = ()) -> None:
    """Write the words anew by which a customer, its people, its deals and what was logged with it are found."""
    index_customers([customer.pk])
    index_deals([customer.pk])
    index_agreed([customer.pk])
    touches = [row.object_id for row in moved if row.kind == "touch"]
    rows = Touch.objects.filter(pk__in=touches).select_related("customer")
    index_many(found for found in map(searchable, rows) if found is not None)


def _comes_after(kept: Customer, gone: Customer, column: str) -> bool:
    """Whether what one says of who is above it is told by the other from now on."""
    return gone in _above(kept, column) or (getattr(kept, column) is None and kept not in _above(gone, column))


def _above(customer: Customer, column: str) -> list[Customer]:
    found, above = [], getattr(customer, column)
    while above is not None and above not in found:
        found.append(above)
        above = getattr(above, column)
    return found


def _moving(link: Link, kind: Kind, kept: Thing, gone: Thing) -> list[int]:
    """The rows that go over; what the other says already stays behind."""
    rows = _rows(link, kind, gone)
    if link.but is not None:
        rows = rows.exclude(link.but)
    if not link.once:
        return list(rows.order_by("pk").values_list("pk", flat=True))
    alike = link.among if link.among is not None else Q()
    said = set(_rows(link, kind, kept).filter(alike).values_list(*link.once))
    twins = {pk for pk, *what in rows.filter(alike).values_list("pk", *link.once) if tuple(what) in said}
    return [pk for pk in rows.order_by("pk").values_list("pk", flat=True) if pk not in twins]


def _rows(link: Link, kind: Kind, thing: Thing) -> QuerySet[Any]:
    rows = link.model._base_manager.filter(**{link.column: _name(link, thing)})
    return rows.filter(**{link.kind_column: kind.value}) if link.kind_column else rows


def _name(link: Link, thing: Thing) -> Any:
    return getattr(thing, link.by)
