"""The columns a table can show, each with the values it needs and the order it can be sorted by."""

from dataclasses import dataclass, replace

from wendu.desk.table.fields import NUMBER, OWN

COLUMNS_AT_MOST = 14


@dataclass(frozen=True, slots=True)
class Column:
    """One column: the values it reads of a standing, and the order a click on its head asks for."""

    code: str
    values: tuple[str, ...] = ()
    sort: str = ""
    is_number: bool = False


def _columns(*columns: Column) -> dict[str, Column]:
    return {column.code: column for column in columns}


COLUMNS = _columns(
    Column("heat", (), "heat"),
    Column("class", ("quadrant",)),
    Column("window", ("window_from", "deadline_on"), "deadline"),
    Column("status", ("status",)),
    Column("owner", ("owner__full_name", "owner__username")),
    Column("team", ("team__name",)),
    Column("due", ("due_on", "status"), "due"),
    Column("amount", ("open_amount_minor",), "amount", is_number=True),
    Column("latest", ("latest_touch_on",), "latest"),
    Column("since", ("class_since",), "since"),
    Column("tags"),
    Column("industry", ("customer__industry",)),
    Column("place", ("customer__province", "customer__city")),
    Column("source", ("customer__source_text",)),
    Column("market", ("customer__market",)),
    Column("product", ("customer__product_kind",)),
    Column("tier", ("customer__tier",)),
    Column("created", ("customer__created_at",), "created"),
)
USUAL = ("heat", "class", "window", "owner", "due", "amount")
LABEL_OF = {"tags": "tag", "place": "city"}


def column(code: str) -> Column:
    """The column of a code; fields of the company's own are read from the customer's JSON."""
    return COLUMNS[code] if code in COLUMNS else Column(code, ("customer__custom",))


def sortable(column: Column, kind: str) -> Column:
    """A column of the company's own as its kind has it: each is sorted by, numbers stand right."""
    return replace(column, sort=column.code, is_number=kind == NUMBER)


def columns_from(text: str) -> tuple[str, ...]:
    """Read the columns of an address, each once; what is no column is left out."""
    codes = dict.fromkeys(code for code in text.split(",") if code in COLUMNS or _is_own(code))
    return tuple(codes)[:COLUMNS_AT_MOST]


def _is_own(code: str) -> bool:
    return code.startswith(OWN) and len(code) <= len(OWN) + 40 and code.replace("-", "_").isidentifier()
