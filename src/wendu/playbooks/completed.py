"""A playbook written for an earlier version of the product, completed with the situations that came since."""

from collections.abc import Mapping
from typing import Any

Content = Mapping[str, Any]


def completed(content: Content, standard: Content) -> dict[str, Any]:
    """Take what the content does not know from the standard one: causes of leaving, situations with words and plays.

    What somebody wrote is never touched; without this an upgrade would leave a published playbook unreadable.
    """
    content = {"churn_reasons": standard["churn_reasons"], **content}
    missing = [code for code in standard["situations"] if code not in content["situations"]]
    if not missing:
        return dict(content)
    new = [play for play in standard["plays"] if set(play["when"]["situations"]) <= set(missing)]
    strategy = {**content["strategy"], "urgency": _placed(content, standard, missing)}
    situations = {**content["situations"], **{code: standard["situations"][code] for code in missing}}
    return {**content, "situations": situations, "plays": [*content["plays"], *new], "strategy": strategy}


def _placed(content: Content, standard: Content, missing: list[str]) -> list[str]:
    """Each new situation right after the one it follows in the standard order."""
    order, placed = list(standard["strategy"]["urgency"]), list(content["strategy"]["urgency"])
    for code in (code for code in order if code in missing and code not in placed):
        before = next((each for each in reversed(order[: order.index(code)]) if each in placed), None)
        placed.insert(placed.index(before) + 1 if before else 0, code)
    return placed
