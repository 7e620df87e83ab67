"""Rows that are lines of quotes: they go onto the draft of their deal, which is begun if there is none."""

from typing import Any
from uuid import UUID

from django.db import models

from wendu.exchange.errors import NoSuchVersion, ValueMissing
from wendu.exchange.findings.sorts import Sort, Values
from wendu.exchange.run import Run
from wendu.opportunities.models import Opportunity
from wendu.quotes.actions import LINE, correct_line, write_line, write_quote
from wendu.quotes.choices import QuoteState
from wendu.quotes.models import Quote, QuoteLine

HEADS = {"unit_minor": "price", "list_minor": "list_price"}


class QuoteLines(Sort):
    """A line is known by its version (else the latest), what it is and its detail; only a draft is changed."""

    def __init__(self) -> None:
        super().__init__(QuoteLine, LINE, ("item", "detail"))

    def head(self, column: str) -> str:
        """What a file calls a column of the table."""
        return HEADS.get(column, column)

    def ours(self, uuid: UUID) -> Any:
        """The line of this id."""
        return self._whole().filter(uuid=uuid).first()

    def find(self, deal: Opportunity, values: Values) -> Any:
        """The line of that version, else of the latest one."""
        quote = self._quote(deal, values)
        same = {name: values.get(name, self._blank(name)) for name in self.by}
        rows = self._whole().filter(quote=quote, removed_at__isnull=True, **same)
        return rows.order_by("pk").first() if quote is not None else None

    def deal_of(self, row: Any) -> Opportunity:
        """The deal whose quote it stands on."""
        deal: Opportunity = row.quote.opportunity
        return deal

    def write(self, deal: Opportunity, values: Values, run: Run) -> None:
        """Put a line on the draft; without one a new version is begun, which keeps the lines of the one before."""
        self.refuse_missing(values)
        quote = self._quote(deal, values)
        if quote is None or (quote.state != QuoteState.DRAFT and "version" not in values):
            if "valid_until" not in values:
                raise ValueMissing().at("valid_until")
            head = {"valid_until": values["valid_until"]}
            quote = write_quote(opportunity=deal, values=head, actor=run.actor, at=run.at)
        write_line(quote=quote, values=_line(values), actor=run.actor, at=run.at)

    def correct(self, row: Any, values: Values, run: Run) -> None:
        """Correct a line of a draft."""
        correct_line(line=row, values=_line(values), actor=run.actor, at=run.at)

    def _quote(self, deal: Opportunity, values: Values) -> Quote | None:
        quotes = list(Quote.objects.filter(opportunity=deal).order_by("-version").select_related("opportunity"))
        number, following = values.get("version"), (quotes[0].version if quotes else 0) + 1
        if number is None:
            return quotes[0] if quotes else None
        if number > following:
            raise NoSuchVersion(version=number, next=following).at("version")
        return next((each for each in quotes if each.version == number), None)

    def _whole(self) -> "models.QuerySet[Any]":
        return QuoteLine._default_manager.select_related("quote__opportunity__customer")


def _line(values: Values) -> dict[str, Any]:
    return {name: value for name, value in values.items() if name in LINE}
