"""Which evidence each gate asks for, ticked off a list; and how far the relation to each tier should reach."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.translation import pgettext

from wendu.desk.deal_words import ITEMS, LEVELS
from wendu.opportunities.choices import Stage
from wendu.playbooks.problems import Problem
from wendu.web.settings.playbook.boxes import Cell, Pick, Row, Sheet
from wendu.web.settings.playbook.filling import all_cells, blame, fill
from wendu.web.settings.playbook.labels import leaf_words
from wendu.web.settings.playbook.speaking import spoken

GATES = ("deal.gates", "deal.simple_gates")
REACH = "deal.relation"
Content = Mapping[str, Any]


@dataclass
class GatesForm:
    """The boxes of all gates, filled with what stands."""

    content: Content
    picks: list[Pick]
    sheets: list[Sheet]

    @classmethod
    def of(cls, content: Content) -> "GatesForm":
        """The form filled with what stands."""
        deal = content["deal"]
        picks = [
            _pick(f"{root}.{stage}", root, stage, asked)
            for root in GATES
            for stage, asked in deal[root.partition(".")[2]].items()
        ]
        return cls(content, picks, [_reach(content)])

    def read(self, request: HttpRequest) -> tuple[Content, Content]:
        """What was ticked and chosen."""
        values = fill(self.sheets, request.POST.dict())
        for pick in self.picks:
            pick.take(request.POST.getlist(pick.path))
            values[pick.path] = pick.chosen
        return values, {}

    def blame(self, problems: tuple[Problem, ...]) -> list[str]:
        """What is wrong, which belongs to no single box."""
        return blame([*self.picks, *all_cells(self.sheets)], problems, self.content)


def _pick(path: str, root: str, stage: str, asked: list[str]) -> Pick:
    options = tuple((code, str(words)) for code, (words, *_rest) in ITEMS.items())
    label = f"{leaf_words(root.rpartition('.')[2])} · {Stage(stage).label}"
    return Pick(path, label, options, list(asked))


def _reach(content: Content) -> Sheet:
    """A level for each tier that has its own, and for all others."""
    relation, tiers = content["deal"]["relation"], content["cadence"]["tiers"]
    levels = tuple((code, str(words)) for code, words in LEVELS.items())
    named = [(f"{REACH}.target.{tier}", _tier(tiers, tier), level) for tier, level in relation["target"].items()]
    every = (f"{REACH}.default_target", pgettext("playbook", "All others"), relation["default_target"])
    cells = [Cell(path, name, level, "choice", options=levels) for path, name, level in (*named, every)]
    title = pgettext("playbook", "How far the relation should reach")
    return Sheet(title, (), tuple(Row(cell.label, (cell,)) for cell in cells))


def _tier(tiers: Content, code: str) -> str:
    return spoken(tiers[code]["name"]) if code in tiers else code
