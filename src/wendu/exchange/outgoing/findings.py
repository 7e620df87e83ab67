"""Findings, lines of quotes, promises and commitments on their way out; each column as its kind says."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, cast

from django.db import models
from django.db.models import QuerySet

from wendu.exchange.findings.agreed import AGREED
from wendu.exchange.findings.cells import LOOKED_UP, is_amount
from wendu.exchange.findings.loader import SORTS
from wendu.exchange.findings.quote_lines import QuoteLines
from wendu.exchange.findings.sorts import Sort
from wendu.exchange.outgoing.columns import Cells, Column, code, day, flag, ident, looked_up, text
from wendu.exchange.outgoing.deals import amounts
from wendu.exchange.outgoing.naming import reference
from wendu.exchange.outgoing.wording import Wording
from wendu.exchange.sight import seen
from wendu.opportunities.models import Opportunity

Words = Mapping[Any, str]


def findings_of(kind: str) -> Callable[[Any, Wording], tuple[QuerySet[Any], list[Column]]]:
    """The findings of a kind that a person sees, those taken back aside."""
    sort = SORTS[kind]
    path = "quote__opportunity__" if isinstance(sort, QuoteLines) else "opportunity__"

    def table(actor: Any, wording: Wording) -> tuple[QuerySet[Any], list[Column]]:
        deals = seen(Opportunity.objects, actor).filter(deleted_at__isnull=True)
        rows = sort.model._default_manager.filter(**{f"{path}in": deals, **sort.stands})
        if isinstance(sort, QuoteLines):
            rows = rows.filter(removed_at__isnull=True)
        return rows, _columns(sort, path, actor, wording)

    return table


def agreed_of(kind: str) -> Callable[[Any, Wording], tuple[QuerySet[Any], list[Column]]]:
    """The promises or commitments a person sees; those of a touch that was undone aside."""
    model = AGREED[kind].model

    def table(actor: Any, wording: Wording) -> tuple[QuerySet[Any], list[Column]]:
        return seen(model.objects, actor).standing(), [
            ident(),
            reference("customer", "customer_id", actor),
            Column("contact", ("contact__name",), _or_nothing, typed=True),
            text("what"),
            day("due_on"),
            code("state", _words(model._meta.get_field("state"), wording)),
            day("settled_on"),
        ]

    return table


def _columns(sort: Sort, path: str, actor: Any, wording: Wording) -> list[Column]:
    numbered = (f"{path}external_id", f"{path}title")
    first = [
        ident(),
        reference("customer", f"{path}customer_id", actor),
        Column("opportunity", numbered, _number_or_title, typed=True),
    ]
    if isinstance(sort, QuoteLines):
        first += [Column("version", ("quote__version",), _plain), day("valid_until", "quote__valid_until")]
    return [*first, *(_column(sort, name, path, wording) for name in sort.columns)]


def _column(sort: Sort, name: str, path: str, wording: Wording) -> Column:
    head = sort.head(name)
    if name in LOOKED_UP:
        named = "demand__requirement" if name == "demand_id" else f"{name.removesuffix('_id')}__name"
        return Column(head, (named,), _or_nothing, typed=True)
    if is_amount(name):
        return Column(head, (name, f"{path}currency"), amounts)
    return _by_type(head, name, cast("models.Field[Any, Any]", sort.model._meta.get_field(name)), wording)


def _by_type(head: str, name: str, field: "models.Field[Any, Any]", wording: Wording) -> Column:
    if field.choices:
        return code(head, _words(field, wording), name)
    if isinstance(field, models.DateField):
        return day(head, name)
    if isinstance(field, models.BooleanField):
        return _flag(head, name, wording, is_open=field.null)
    if isinstance(field, models.JSONField):
        return Column(head, (name,), _scores, typed=True)
    return text(head, name) if isinstance(field, models.CharField | models.TextField) else Column(head, (name,), _plain)


def _words(field: Any, wording: Wording) -> dict[Any, str]:
    return {value: str(label) if wording.speaks else str(value) for value, label in field.flatchoices}


def _flag(head: str, name: str, wording: Wording, *, is_open: bool) -> Column:
    yes, no = wording.flags()
    if not is_open:
        return flag(head, (yes, no), name)
    return looked_up(head, name, {True: yes, False: no})


def _number_or_title(numbers: Sequence[str], titles: Sequence[str]) -> Cells:
    return [number or title for number, title in zip(numbers, titles, strict=True)]


def _or_nothing(values: Sequence[str | None]) -> Cells:
    return [value or "" for value in values]


def _plain(values: Sequence[Any]) -> Cells:
    return ["" if value is None else f"{value}" for value in values]


def _scores(values: Sequence[Mapping[str, Any]]) -> Cells:
    return ["; ".join(f"{name} {score:g}" for name, score in value.items()) for value in values]
