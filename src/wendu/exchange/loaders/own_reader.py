"""The columns of a file that fill the company's own fields: read by their types, new fields defined as the map says."""

from collections.abc import Mapping
from typing import Any

from wendu.customers.actions import define_field, typed_value
from wendu.customers.choices import FieldType
from wendu.customers.models import CustomField
from wendu.customers.queries import standing_fields
from wendu.exchange.errors import ColumnMissing
from wendu.exchange.run import BLANK, Run
from wendu.exchange.shaping import CUSTOM
from wendu.exchange.vocabulary import ABOUT
from wendu.kernel.errors import ActionError


class OwnReader:
    """Reads what rows tell in fields of the company's own; `fields` are those the file fills, by their codes."""

    def __init__(self, run: Run) -> None:
        self.fields = _fields(run)

    def read(self, values: Mapping[str, str], refusals: list[ActionError]) -> dict[str, Any]:
        """The values of one row, as they are kept; what does not fit its field goes to the refusals."""
        found: dict[str, Any] = {}
        for code, own in self.fields.items():
            try:
                if text := values.get(CUSTOM + code):
                    found[code] = typed_value(own, text)
            except ActionError as refusal:
                refusal.field = CUSTOM + code
                refusals.append(refusal)
        return found

    def texts(self, custom: Mapping[str, Any]) -> list[str]:
        """Those of the values that are found by search."""
        return [str(value) for code, value in custom.items() if self.fields[code].type == FieldType.TEXT]


def own_news(held: Mapping[str, Any], told: Mapping[str, Any], *, fills: bool) -> dict[str, Any]:
    """What a row says otherwise than what is held; with `fills` only where nothing is."""
    return {
        code: value
        for code, value in told.items()
        if held.get(code) != value and not (fills and held.get(code) not in BLANK)
    }


def _fields(run: Run) -> dict[str, CustomField]:
    about = ABOUT[run.shape.kind]
    known = {own.code: own for own in standing_fields(about)}
    wanted = [name.removeprefix(CUSTOM) for name in run.shape.fields if name.startswith(CUSTOM)]
    for code in wanted:
        described = run.shape.map.custom_fields.get(code)
        if code not in known and described is None:
            raise ColumnMissing(wanted=f"custom_fields.{code}", found=", ".join(known) or "-")
        if code not in known and described is not None:
            known[code] = define_field(
                code=code,
                label_zh=described.zh,
                label_en=described.en,
                type=FieldType(described.type),
                about=about,
                actor=run.actor,
                at=run.at,
            )
    return {code: known[code] for code in wanted}
