"""Names of everything that can be written into the journal; each room declares its own beside its actions."""

from wendu.kernel.events import declare, declared, is_declared

__all__ = ["declare", "declared", "is_declared"]
