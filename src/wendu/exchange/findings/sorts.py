"""The kinds of findings a table may hold: what their rows are known by, and which actions of their rooms write them.

Adding a kind is one line here, its heads in `words` and its name in the lists of imports and exports; reading, trying
out, reporting, taking back and the way out are the same for all.
"""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import Any, cast
from uuid import UUID

from django.db import models

from wendu.customers.models import Contact
from wendu.discovery.actions import CRITERION, DEMAND, EFFECT, RECONSTRUCTION, TRUST_RATING
from wendu.exchange.errors import ValueMissing
from wendu.exchange.run import Run
from wendu.offers.actions import CARD, COMPETITOR, CONCERN, EXPECTATION, INTEREST, MESSAGE, SHEET, WORTH
from wendu.opportunities.actions import LINKS, NUMBER, FindingKind, correct_finding, set_influencer, write_finding
from wendu.opportunities.models import Influencer, Opportunity

Values = Mapping[str, Any]


class Sort(ABC):
    """One kind of rows: their table, the columns a file may fill, and the columns they are known by."""

    def __init__(self, model: type[models.Model], columns: tuple[str, ...], by: tuple[str, ...]) -> None:
        self.model = model
        self.columns = columns
        self.by = by

    def head(self, column: str) -> str:
        """What a file calls a column of the table."""
        return column if column == NUMBER else column.removesuffix("_minor").removesuffix("_id")

    @property
    def needed(self) -> tuple[str, ...]:
        """The columns a new row cannot be without."""
        fields = {name: cast("models.Field[Any, Any]", self.model._meta.get_field(name)) for name in self.columns}
        return tuple(name for name, each in fields.items() if not (each.null or each.blank or each.has_default()))

    def ours(self, uuid: UUID) -> Any:
        """The row of this id, whoever may see it."""
        return self._whole().filter(uuid=uuid).first()

    def find(self, deal: Opportunity, values: Values) -> Any:
        """The row of a deal that a row of a file means."""
        same = {name: values.get(name, self._blank(name)) for name in self.by}
        return self._whole().filter(opportunity=deal, **self.stands, **same).order_by("pk").first()

    @property
    def stands(self) -> dict[str, Any]:
        """What tells rows that stand from those taken back."""
        return {}

    def deal_of(self, row: Any) -> Opportunity:
        """The deal a row is about."""
        deal: Opportunity = row.opportunity
        return deal

    def is_gone(self, row: Any) -> bool:
        """Whether somebody took it back."""
        return getattr(row, "removed_at", None) is not None

    @abstractmethod
    def write(self, deal: Opportunity, values: Values, run: Run) -> None:
        """Write a new one down, by the action of its room."""

    @abstractmethod
    def correct(self, row: Any, values: Values, run: Run) -> None:
        """Correct one, by the action of its room."""

    def refuse_missing(self, values: Values) -> None:
        """Refuse a new row that lacks what it cannot be without."""
        missing = next((name for name in self.needed if values.get(name) in ("", None)), None)
        if missing is not None:
            raise ValueMissing().at(self.head(missing))

    def _whole(self) -> "models.QuerySet[Any]":
        return self.model._default_manager.select_related("opportunity__customer")

    def _blank(self, name: str) -> Any:
        column = cast("models.Field[Any, Any]", self.model._meta.get_field(name))
        return None if column.null else column.get_default()


class Findings(Sort):
    """Rows that are findings of one kind."""

    def __init__(self, kind: FindingKind[Any], *by: str, aside: tuple[str, ...] = ()) -> None:
        super().__init__(kind.model, (NUMBER, *(name for name in kind.writable if name not in aside)), by)
        self.kind = kind

    @property
    def stands(self) -> dict[str, Any]:
        """Not taken back."""
        return {"removed_at__isnull": True}

    def find(self, deal: Opportunity, values: Values) -> Any:
        """The finding of this number; else one of the same words that carries no number, or none was told."""
        number = values.get(NUMBER, "")
        if number:
            rows = self._whole().filter(opportunity=deal, **self.stands)
            if (known := rows.filter(**{NUMBER: number}).first()) is not None:
                return known
        same = super().find(deal, values)
        return None if same is not None and number and same.external_id else same

    def write(self, deal: Opportunity, values: Values, run: Run) -> None:
        """Write a finding down."""
        self.refuse_missing(values)
        write_finding(self.kind, opportunity=deal, values=values, actor=run.actor, at=run.at)

    def correct(self, row: Any, values: Values, run: Run) -> None:
        """Correct a finding."""
        correct_finding(self.kind, finding=row, values=values, actor=run.actor, at=run.at)


class Influencers(Sort):
    """Rows that are people in the decision."""

    def __init__(self) -> None:
        details = ("role", "is_receptive", "is_dissatisfied", "is_powerful", "weight", "stance", "access", *LINKS)
        super().__init__(Influencer, ("contact_id", *details), ("contact_id",))

    def write(self, deal: Opportunity, values: Values, run: Run) -> None:
        """Name somebody's part in the decision."""
        self.refuse_missing(values)
        contact = Contact.objects.get(pk=values["contact_id"])
        details = {name: value for name, value in values.items() if name not in ("contact_id", "role")}
        said: dict[str, Any] = {"role": values["role"], "details": details}
        set_influencer(opportunity=deal, contact=contact, actor=run.actor, at=run.at, **said)

    def correct(self, row: Any, values: Values, run: Run) -> None:
        """Correct somebody's part in it; whose part it is does not change."""
        whole = {"contact_id": row.contact_id, "role": row.role, **values}
        self.write(row.opportunity, whole, run)


FINDINGS: dict[str, Sort] = {
    "influencers": Influencers(),
    "demands": Findings(DEMAND, "contact_id", "requirement"),
    "rewordings": Findings(RECONSTRUCTION, "demand_id", "requirement"),
    "criteria": Findings(CRITERION, "name"),
    "effects": Findings(EFFECT, "people", "problem"),
    "trust_ratings": Findings(TRUST_RATING, "contact_id", "rated_on"),
    "interests": Findings(INTEREST, "contact_id", "interest"),
    "benefit_cards": Findings(CARD, "contact_id", "interest", "feature", aside=("point_id",)),
    "value_messages": Findings(MESSAGE, "contact_id", "message"),
    "concerns": Findings(CONCERN, "contact_id", "what"),
    "worths": Findings(WORTH, "rival"),
    "competitors": Findings(COMPETITOR, "name"),
    "expectations": Findings(EXPECTATION, "goal", aside=("source",)),
    "deal_sheets": Findings(SHEET),
}
