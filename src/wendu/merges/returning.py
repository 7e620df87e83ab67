"""Taking a merge apart: every write goes back if it still stands; what happened since stays where it is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import Q

from wendu.coach.actions import judge_many, refresh_copies
from wendu.coach.choices import CHANGES_ALL
from wendu.coach.frame import Frame
from wendu.customers.models import Contact, Customer
from wendu.identity.models import Organisation
from wendu.journal.models import Entry
from wendu.kernel.changes import plain
from wendu.merges import moving
from wendu.merges.choices import Kind
from wendu.merges.links import CUSTOMER_LINKS, MODELS
from wendu.merges.models import Merge
from wendu.merges.tracing import Trace, put_back, typed, unpacked
from wendu.search.models import Entry as Findable

Thing = Customer | Contact
NURTURE = "customers.Nurture"
ITSELF = ("customer.merged", "customer.unmerged", "contact.merged", "contact.unmerged")
QUIETLY = frozenset({"search.Entry"})  # follows from the rest and is no loss to anybody


def take_apart(merge: Merge, kept: Thing, gone: Thing, *, at: datetime) -> dict[str, int]:
    """Give each back what it had; says how much stayed with the one that stays, by kind."""
    trace = Trace.of(merge.trace.written)
    ids = [merge.customer_id, *([merge.gone_customer_id] if merge.gone_customer_id else [])]
    untouched = not _happened_since(merge, ids, at)
    stayed: Counter[str] = Counter()
    for each in reversed(trace.made):
        _unmake(each, stayed)
    for each in trace.dropped:
        model = MODELS[each["label"]]
        if not model._base_manager.filter(pk=each["row"]["id"]).exists():
            unpacked(model, each["row"]).save(force_insert=True)
    for each in reversed(trace.moves):
        _move_back(each, stayed)
    _take_along(kept, gone)
    _swap_back(trace, stayed)
    _numbers_back(trace, kept, gone, stayed)
    for each in reversed(trace.changes):
        if each["label"] != NURTURE:
            _change_back(each, stayed)
    if not untouched:
        stayed += _new_since(merge)
    _judge_again(trace, ids, kept, gone, untouched=untouched, at=at)
    return {name: number for name, number in sorted(stayed.items()) if number}


def exchange_numbers(one: Thing, other: Thing, number: str, others: str) -> None:
    """Give both their numbers in another system; for a moment neither has one, as each number is there once."""
    rows = type(one)._base_manager
    rows.filter(pk__in=[one.pk, other.pk]).update(external_id="")
    for row, value in ((one, number), (other, others)):
        rows.filter(pk=row.pk).update(external_id=value)
        row.external_id = value


def _happened_since(merge: Merge, ids: list[int], at: datetime) -> bool:
    """Whether anybody did anything about either, or all were judged anew, or the day is another one.

    Later merges of theirs that were taken apart left everything as it was, unless something happened to those.
    """
    house = Organisation.objects.current()
    if house.today(at) != house.today(merge.at):
        return True
    since = Entry.objects.filter(pk__gt=merge.trace.latest_entry).exclude(verb__in=ITSELF)
    about = _joined_since(merge, set(ids))
    return since.filter(Q(root_kind="customer", root_id__in=about) | Q(verb__in=CHANGES_ALL)).exists()


def _joined_since(merge: Merge, ids: set[int]) -> set[int]:
    """These customers, and all they were one with for a while after this merge."""
    later = list(Merge.objects.filter(pk__gt=merge.pk, kind=Kind.CUSTOMER).values_list("customer", "gone_customer"))
    found: set[int] = set()
    while found != ids:
        found = set(ids)
        ids = ids.union(*(pair for pair in later if found.intersection(pair)))
    return found


def _unmake(made: Mapping[str, Any], stayed: Counter[str]) -> None:
    model, row = MODELS[made["label"]], made["row"]
    key = model._meta.pk.attname
    found = model._base_manager.filter(pk=row[key])
    if made["label"] in QUIETLY or all(_holds(found, name, value) for name, value in row.items()):
        found.delete()
    elif found.exists():
        stayed[_kind(made)] += 1


def _move_back(move: Mapping[str, Any], stayed: Counter[str]) -> None:
    """Rows that were taken elsewhere since, or are gone, stay so."""
    model, column, keys = MODELS[move["label"]], move["column"], move["keys"]
    rows = model._base_manager.filter(pk__in=keys, **{column: move["target"]})
    back = rows.update(**{column: move["source"]})
    if move["label"] not in QUIETLY:
        stayed[_kind(move)] += model._base_manager.filter(pk__in=keys).count() - back


def _take_along(kept: Thing, gone: Thing) -> None:
    """What hangs on a deal, a touch or a person belongs where these belong, whenever it was written."""
    if not isinstance(kept, Customer):
        return
    for link in CUSTOMER_LINKS:
        if link.follows:
            rows = link.model._base_manager
            for here, there in ((kept, gone), (gone, kept)):
                lost = rows.filter(customer=here, **{f"{link.follows}__customer": there})
                rows.filter(pk__in=list(lost.values_list("pk", flat=True))).update(customer=there)


def _swap_back(trace: Trace, stayed: Counter[str]) -> None:
    """Spells out of pursuit that were exchanged, if they still stand."""
    targets: dict[int, int] = {}
    for each in trace.changes:
        if each["label"] == NURTURE:
            stands = MODELS[NURTURE]._base_manager.filter(pk=each["key"], ended_on__isnull=True, **each["after"])
            if stands.exists():
                targets[each["key"]] = each["before"]["customer_id"]
            else:
                stayed["nurture"] += 1
    moving.swap_spells(targets)


def _numbers_back(trace: Trace, kept: Thing, gone: Thing, stayed: Counter[str]) -> None:
    """Numbers that were exchanged go back together, unless one was given anew since."""
    changed = [each for each in trace.changes if "external_id" in each["after"]]
    if not changed:
        return
    before = {each["key"]: each["before"]["external_id"] for each in changed}
    after = {each["key"]: each["after"]["external_id"] for each in changed}
    for each in changed:
        trace.changes.remove(each)
    if all(row.external_id == after[row.pk] for row in (kept, gone)):
        exchange_numbers(kept, gone, before[kept.pk], before[gone.pk])
    else:
        stayed["field"] += 1


def _change_back(change: Mapping[str, Any], stayed: Counter[str]) -> None:
    """Column by column: what was written since stays."""
    model = MODELS[change["label"]]
    rows = model._base_manager.filter(pk=change["key"])
    stands = [name for name, value in change["after"].items() if _holds(rows, name, value)]
    if stands:
        rows.update(**{name: _typed(model, name, change["before"][name]) for name in stands})
    if change["label"] not in QUIETLY:
        stayed["field"] += len(change["after"]) - len(stands)


def _new_since(merge: Merge) -> Counter[str]:
    """What was written down about the one that stays after they were merged."""
    if merge.kind != Kind.CUSTOMER:
        return Counter()
    moments = {"Touch": "logged_at", "Opportunity": "created_at", "Contact": "created_at", "Step": "created_at"}
    found: Counter[str] = Counter()
    for link in CUSTOMER_LINKS:
        moment = moments.get(link.model.__name__)
        if moment and link.column == "customer_id":
            rows = link.model._base_manager.filter(customer_id=merge.customer_id)
            found[str(link.model._meta.model_name)] = rows.filter(**{f"{moment}__gt": merge.at}).count()
    return found


def _judge_again(trace: Trace, ids: list[int], kept: Thing, gone: Thing, *, untouched: bool, at: datetime) -> None:
    """What the method had written stands again if nothing happened; else both are judged by the facts they have now."""
    for each in (kept, gone):
        each.refresh_from_db()
    if untouched:
        for model, rows in moving.judged_rows(ids):
            put_back(model, rows, trace.judged[model._meta.label])
        return
    for pk in ids:
        customer = Customer.objects.get(pk=pk)
        moving.remind(customer)
        moving.index_again(customer, Findable.objects.filter(customer_id=pk, kind="touch"))
    judge_many(ids, frame=Frame.at(at), at=at)
    refresh_copies(ids)


def _holds(rows: Any, name: str, value: Any) -> bool:
    found = rows.values_list(name, flat=True).first() if rows.exists() else None
    return plain(found) == value


def _typed(model: Any, name: str, value: Any) -> Any:
    column = next(each for each in model._meta.concrete_fields if each.attname == name)
    return typed(column, value)


def _kind(written: Mapping[str, Any]) -> str:
    return str(MODELS[written["label"]]._meta.model_name)
