"""What customers can be filtered by: each field with its kind, where it stands, and how it may be compared."""

from dataclasses import dataclass

from wendu.coach import orders

CHOICE, PEOPLE, TEAM, TAG = "choice", "people", "team", "tag"
NUMBER, MONEY, HEAT = "number", "money", "heat"
DAY, MOMENT, TEXT, FLAG, ALERT, WINDOW, STAGE, FOUND = (
    "day",
    "moment",
    "text",
    "flag",
    "alert",
    "window",
    "stage",
    "found",
)

AMONG = ("in", "not", "known", "unknown")
RANGE = ("from", "to", "between", "known", "unknown")
DAYS = ("over", "last", "past", "within", "since", "until", "between", "known", "unknown")
OPS: dict[str, tuple[str, ...]] = {
    CHOICE: AMONG,
    PEOPLE: AMONG,
    TEAM: AMONG,
    TAG: AMONG,
    NUMBER: RANGE,
    MONEY: RANGE,
    HEAT: RANGE,
    DAY: DAYS,
    MOMENT: ("last", "over", "since", "until", "between"),
    TEXT: ("has", "in", "known", "unknown"),
    FLAG: ("yes", "no", "unknown"),
    ALERT: ("in", "not"),
    WINDOW: ("in", "not"),
    STAGE: AMONG,
    FOUND: ("has",),
}
VALUES: dict[str, tuple[int, int]] = {
    "in": (1, 50),
    "not": (1, 50),
    "between": (2, 2),
    **dict.fromkeys(("from", "to", "over", "last", "within", "since", "until", "has"), (1, 1)),
    **dict.fromkeys(("known", "unknown", "past", "yes", "no"), (0, 0)),
}
OWN = orders.OWN


@dataclass(frozen=True, slots=True)
class Field:
    """One field: `path` leads from a standing to its column; `is_indexed` says that its rows can be collected."""

    code: str
    kind: str
    path: str = ""
    is_indexed: bool = False

    @property
    def ops(self) -> tuple[str, ...]:
        """How it may be compared; the first is the usual way."""
        return OPS[self.kind]

    @property
    def is_own(self) -> bool:
        """Whether the company defined it itself."""
        return self.code.startswith(OWN)


def _fields(*fields: Field) -> dict[str, Field]:
    return {field.code: field for field in fields}


FIELDS = _fields(
    Field("class", CHOICE, "quadrant", is_indexed=True),
    Field("status", CHOICE, "status", is_indexed=True),
    Field("heat", HEAT),
    Field("alert", ALERT),
    Field("window", WINDOW, "deadline_on"),
    Field("latest", DAY, "latest_touch_on", is_indexed=True),
    Field("due", DAY, "due_on", is_indexed=True),
    Field("deadline", DAY, "deadline_on", is_indexed=True),
    Field("since", DAY, "class_since", is_indexed=True),
    Field("ordered", DAY, "latest_order_on"),
    Field("owner", PEOPLE, "owner_id", is_indexed=True),
    Field("with", PEOPLE),
    Field("team", TEAM, "team_id", is_indexed=True),
    Field("tag", TAG),
    Field("amount", MONEY, "open_amount_minor", is_indexed=True),
    Field("stage", STAGE),
    Field("furthest", CHOICE, "stage", is_indexed=True),
    Field("market", CHOICE, "customer__market"),
    Field("industry", CHOICE, "customer__industry", is_indexed=True),
    Field("product", CHOICE, "customer__product_kind"),
    Field("sale", CHOICE, "customer__sale_kind"),
    Field("tier", CHOICE, "customer__tier"),
    Field("kind", CHOICE, "customer__kind"),
    Field("province", TEXT, "customer__province"),
    Field("city", TEXT, "customer__city", is_indexed=True),
    Field("source", TEXT, "customer__source_text", is_indexed=True),
    Field("name", TEXT, "customer__name"),
    Field("created", MOMENT, "customer__created_at", is_indexed=True),
    Field("text", FOUND),
)
GROUPS: dict[str, tuple[str, ...]] = {
    "method": ("class", "heat", "alert", "status", "window", "since"),
    "time": ("latest", "due", "deadline", "ordered", "created"),
    "hands": ("owner", "with", "team", "tag"),
    "deals": ("amount", "stage", "furthest"),
    "customer": ("industry", "market", "product", "sale", "tier", "kind", "province", "city", "source", "name"),
}
