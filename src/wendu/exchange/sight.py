"""What whoever takes rows out or brings them in may see."""

from typing import Any


def seen(rows: Any, actor: Any) -> Any:
    """Rows the actor may see; the system itself sees all that is not deleted."""
    if actor is not None:
        return rows.visible_to(actor)
    return rows.filter(**{f"{rows.all().customer_path}deleted_at__isnull": True})
