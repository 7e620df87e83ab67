"""The texts of the simulator: names nobody bears, and notes as a sales rep writes them."""

from functools import cache
from importlib.resources import files
from typing import Any

import yaml

WILLINGNESS = ("replies_first", "gives_time", "shares_inside", "speaks_for_us", "makes_commitments")
NEED = ("names_problem", "quantifies_effect", "wants_change", "has_deadline", "has_means")
GROUPS = {
    "phone": "call",
    "visit": "meet",
    "online_meeting": "meet",
    "demo": "meet",
    "negotiation": "meet",
    "message": "write",
    "article": "write",
    "mass_message": "write",
    "care": "care",
    "service": "care",
    "event": "care",
}


@cache
def table(name: str) -> Any:
    """Read one data file of the simulator (names, talk, examples)."""
    text = files("wendu.ops.simulator").joinpath("data", f"{name}.yaml").read_text("utf-8")
    return yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506  the safe loader, in C


def axis_of(indicator: str) -> str:
    """The axis one of the ten questions belongs to."""
    return "willingness" if indicator in WILLINGNESS else "need"


def evidence(indicator: str, value: int) -> str:
    """What shows an answer."""
    return str(table("talk")["evidence"][indicator][value])
