"""The rows of the list of deals: fifty at once cost more in a template's loop than the page around them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from wendu.customers.choices import FieldType
from wendu.customers.models import CustomField
from wendu.desk.customer_parts import DealRow
from wendu.desk.table.own_fields import own_label, own_words
from wendu.web.shell import address

from .expected import expected
from .formats import money
from .heat import reading
from .markup import escaped, format_html


def deal_rows(rows: Sequence[DealRow], today: date, own: Sequence[CustomField] = ()) -> SafeString:
    """Draw the deals of a page: how warm, which, where it stands, how much, when, whose, and fields of the company."""
    return SafeString("\n".join(_row(row, today, own) for row in rows))


def _own_cell(field: CustomField, custom: Mapping[str, Any]) -> str:
    css = "own r" if field.type == FieldType.NUMBER else "own"
    label = escaped(own_label(field))  # a card of a phone has no heads
    return f'<td class="{css}" data-label="{label}">{escaped(own_words(field, custom.get(field.code)))}</td>'


def _row(row: DealRow, today: date, own: Sequence[CustomField]) -> str:
    deal = row.card.opportunity
    customer, owner = deal.customer, deal.owner.display_name if deal.owner else "—"
    here = address("opportunities:page", deal.uuid)
    heat = (
        reading(row.heat, row.band) if row.is_open else format_html('<span class="mut">{}</span>', row.card.state.label)
    )
    strike = format_html('<br><span class="f1 late">{}</span>', row.strike) if row.strike else ""
    estimate = format_html('<br><span class="mut f1">{}</span>', _("estimate")) if deal.amount_is_estimated else ""
    return (
        f'<tr data-row><td class="heat">{heat}</td>'
        f'<td class="name"><a class="b" data-open href="{here}">{escaped(deal.title)}</a>'
        f'<br><a class="mut f1" href="{address("customers:page", customer.uuid)}">{escaped(customer.name)}</a>'
        f'</td><td class="stage">{deal.stage} {escaped(row.card.stage.label)}{strike}</td>'
        f'<td class="r sum">{money(deal.amount_minor, deal.currency)}{estimate}</td>'
        f'<td class="due">{expected(deal.expected_on, today, is_open=row.is_open)}</td>'
        f'<td class="owner">{escaped(owner)}</td>{"".join(_own_cell(field, deal.custom) for field in own)}</tr>'
    )
