"""What can be done to orders, one by one and by the thousand."""

from wendu.agreements.actions.load import NewOrder, UnevenParts, load_orders, split_amount
from wendu.agreements.actions.orders import (
    HEAD,
    LINE,
    MOST_LINES,
    BadOrderLine,
    NotCancellable,
    NothingOrdered,
    OfAnotherCustomer,
    OrderedLater,
    OrderNumberTaken,
    OrderReasonNeeded,
    cancel_order,
    correct_order,
    delete_order,
    restore_order,
    uncancel_order,
    write_order,
)

__all__ = [
    "HEAD",
    "LINE",
    "MOST_LINES",
    "BadOrderLine",
    "NewOrder",
    "NotCancellable",
    "NothingOrdered",
    "OfAnotherCustomer",
    "OrderNumberTaken",
    "OrderReasonNeeded",
    "OrderedLater",
    "UnevenParts",
    "cancel_order",
    "correct_order",
    "delete_order",
    "load_orders",
    "restore_order",
    "split_amount",
    "uncancel_order",
    "write_order",
]
