"""The register of everything that can happen: each room declares the names it writes into the journal."""

from __future__ import annotations

import re
import sys

_SHAPE = re.compile(r"[a-z]+(_[a-z]+)*\.[a-z]+(_[a-z]+)*")
_declared: dict[str, str] = {}


def declare(*names: str) -> None:
    """Declare journal verbs (`touch.logged`) at the top of the module whose actions write them."""
    module = str(sys._getframe(1).f_globals.get("__name__", ""))  # noqa: SLF001  the declaring module owns the name
    for name in names:
        if not _SHAPE.fullmatch(name):
            raise ValueError(f"journal verb {name!r} must look like 'touch.logged'")
        owner = _declared.setdefault(name, module)
        if owner != module:
            raise ValueError(f"journal verb {name!r} is already declared by {owner}")


def is_declared(name: str) -> bool:
    """Tell whether a verb may be written."""
    return name in _declared


def declared() -> dict[str, str]:
    """List every verb with the module that writes it, sorted (docs are generated from this)."""
    return dict(sorted(_declared.items()))
