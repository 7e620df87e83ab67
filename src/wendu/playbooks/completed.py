"""A playbook written for an earlier version of the product, completed with what came since."""

from collections.abc import Mapping, Sequence
from typing import Any

Content = Mapping[str, Any]
LATER_PARTS = ("churn_reasons", "deal", "spin", "talks")
"""Parts that playbooks published before them do not have."""


def completed(content: Content, standard: Content) -> dict[str, Any]:
    """Take what the content does not know from the standard one: parts, situations, words for values nobody knows.

    What somebody wrote is never touched; without this an upgrade would leave a published playbook unreadable.
    """
    neutral = {reader: {**words, **content["neutral"].get(reader, {})} for reader, words in standard["neutral"].items()}
    content = {**{part: standard[part] for part in LATER_PARTS}, **content, "neutral": neutral}
    missing = [code for code in standard["situations"] if code not in content["situations"]]
    if not missing:
        return dict(content)
    new = [play for play in standard["plays"] if set(play["when"]["situations"]) <= set(missing)]
    urgency = _placed(content["strategy"]["urgency"], standard["strategy"]["urgency"], missing)
    strategy = {**content["strategy"], "urgency": urgency}
    known = {play["key"]: play for play in (*new, *content["plays"])}
    order = _placed([play["key"] for play in content["plays"]], [play["key"] for play in standard["plays"]], [*known])
    situations = {**content["situations"], **{code: standard["situations"][code] for code in missing}}
    return {**content, "situations": situations, "plays": [known[key] for key in order], "strategy": strategy}


def _placed(names: Sequence[str], order: Sequence[str], missing: Sequence[str]) -> list[str]:
    """Each new name right after the one it follows in the standard order."""
    placed = list(names)
    for name in (name for name in order if name in missing and name not in placed):
        before = next((each for each in reversed(order[: order.index(name)]) if each in placed), None)
        placed.insert(placed.index(before) + 1 if before else 0, name)
    return placed
