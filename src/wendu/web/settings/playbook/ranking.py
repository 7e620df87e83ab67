"""Which situation comes first: every situation at its place, moved by its number or step by step."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from wendu.playbooks.problems import Problem
from wendu.web.settings.playbook.boxes import Cell, Row, Sheet
from wendu.web.settings.playbook.entries import DOWN, UP, movable, shifted
from wendu.web.settings.playbook.filling import all_cells, blame, fill
from wendu.web.settings.playbook.labels import ROOTS
from wendu.web.settings.playbook.speaking import spoken

ROOT = "strategy.urgency"
Content = Mapping[str, Any]


@dataclass
class RankingForm:
    """The boxes of the order in which situations are looked at."""

    content: Content
    sheets: list[Sheet]

    @classmethod
    def of(cls, content: Content) -> "RankingForm":
        """The form filled with what stands."""
        order = content["strategy"]["urgency"]
        rows = []
        for number, code in enumerate(order):
            place, name = f"{ROOT}.{code}", spoken(content["situations"][code]["name"])
            cell = Cell(place, name, str(number + 1))
            up, down = movable(place, number, len(order))
            rows.append(Row(name, (cell,), up=up, down=down))
        return cls(content, [Sheet(str(ROOTS["urgency"]), (pgettext("playbook", "Place"),), tuple(rows))])

    def read(self, request: HttpRequest) -> tuple[Content, Content]:
        """The order that was asked for: whoever got another number is put there, the others keep their order."""
        values = fill(self.sheets, request.POST.dict())
        places = [cell.path for cell in all_cells(self.sheets)]
        asked = {}
        for number, cell in enumerate(all_cells(self.sheets)):
            wanted = values[cell.path]
            if not cell.errors and not (isinstance(wanted, int) and 1 <= wanted <= len(places)):
                cell.errors.append(_("Enter a place from 1 to %(n)s.") % {"n": len(places)})
            elif wanted != number + 1:
                asked[cell.path] = wanted
        if any(cell.errors for cell in all_cells(self.sheets)):
            return {}, {}
        order = [place for place in places if place not in asked]
        for place in sorted(asked, key=lambda each: asked[each]):
            order.insert(asked[place] - 1, place)
        moved = shifted(order, up=request.POST.get(UP, ""), down=request.POST.get(DOWN, ""))
        return {ROOT: [place.removeprefix(f"{ROOT}.") for place in moved]}, {}

    def blame(self, problems: tuple[Problem, ...]) -> list[str]:
        """What is wrong, which belongs to no single box."""
        return blame((), problems, self.content)
