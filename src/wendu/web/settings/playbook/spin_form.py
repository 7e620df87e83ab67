"""The form of one problem of the question bank: whose it is, and its questions in the order they are asked."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from wendu.playbooks.paths import value_at, with_values
from wendu.playbooks.problems import Problem
from wendu.playbooks.talks import STEPS
from wendu.web.settings.playbook.boxes import Cell, Pick, Row, Sheet
from wendu.web.settings.playbook.filling import all_cells, all_picks, blame, fill
from wendu.web.settings.playbook.labels import leaf_words
from wendu.web.settings.playbook.play_form import EMPTY, named, new_code
from wendu.web.settings.playbook.sheets import tongue_heads, tongues

Content = Mapping[str, Any]


@dataclass
class ProblemForm:
    """The boxes of the problem that stands at `place` of this content, with room for one more question a kind."""

    content: Content
    place: int
    picks: list[Pick]
    sheets: list[Sheet]

    @classmethod
    def of(cls, content: Content, place: int) -> "ProblemForm":
        """The form filled with what stands."""
        problem, root = content["spin"][place], f"spin[{place}]"
        label = leaf_words("name")
        sold, words = leaf_words("products"), problem["products"] or EMPTY
        rows = (
            Row(label, tongues(f"{root}.name", label, problem["name"], "line")),
            Row(sold, tongues(f"{root}.products", sold, words, "line"), is_optional=True),
        )
        name = Sheet(leaf_words("spin"), tongue_heads(), rows)
        factors, any_trade = content["factors"], pgettext("playbook", "none ticked: all")
        ticked = (
            ("industries", factors["industry"], any_trade),
            ("markets", factors["market"], pgettext("playbook", "none ticked: firms and public bodies")),
        )
        picks = [
            Pick(f"{root}.{part}", leaf_words(part), named(known), list(problem[part]), hint)
            for part, known, hint in ticked
        ]
        return cls(content, place, picks, [name, *(_questions(content, place, step) for step in STEPS)])

    @property
    def root(self) -> str:
        """Where the problem stands."""
        return f"spin[{self.place}]"

    @property
    def code(self) -> str:
        """By which the problem is told from the others."""
        return str(self.content["spin"][self.place]["code"])

    @property
    def all_picks(self) -> list[Pick]:
        """Everything that may be ticked, of the problem and of its questions."""
        return [*self.picks, *all_picks(self.sheets)]

    def read(self, post: QueryDict) -> tuple[dict[str, Any], dict[str, Any]]:
        """What was typed: other values of what is there, and the questions that are not there yet."""
        values = fill(self.sheets, {name: str(text) for name, text in post.items()})
        for pick in self.all_picks:
            pick.take(post.getlist(pick.path))
            values[pick.path] = pick.chosen
        added = {}
        for step, row in zip(STEPS, self._new_rows, strict=True):
            roles = values.pop(row.pick.path) if row.pick else []
            if not row.is_empty:
                code = new_code()
                added[f"spin.{self.code}.{step}.{code}"] = {"code": code, "roles": roles, **row.words}
        return values, added

    def whole(self, values: Mapping[str, Any], added: Mapping[str, Any]) -> dict[str, Any]:
        """The problem as it was typed, in one piece."""
        problem: dict[str, Any] = value_at(with_values(self.content, values), self.root)
        for place, question in added.items():
            step = place.split(".")[2]
            problem = {**problem, step: [*problem[step], question]}
        return problem

    def blame(self, problems: tuple[Problem, ...]) -> list[str]:
        """Say each problem at its box; gives those that belong to none."""
        boxes: list[Cell | Pick] = [*self.picks, *all_cells(self.sheets), *all_picks(self.sheets)]
        return blame(boxes, problems, self.content, instead=self.sheets[0].rows[0].cells[0].path)

    @property
    def _new_rows(self) -> list[Row]:
        return [sheet.rows[-1] for sheet in self.sheets[1:]]


def blank_problem(content: Content, *, like: str = "") -> dict[str, Any]:
    """The same content with one more problem at its end: empty, or with the words of another one."""
    source = next((each for each in content["spin"] if each["code"] == like), None)
    if source is None:
        source = {
            "name": dict(EMPTY),
            "products": None,
            "industries": [],
            "markets": [],
            **{step: list[Any]() for step in STEPS},
        }
    return {**content, "spin": [*content["spin"], {**source, "code": new_code()}]}


def _questions(content: Content, place: int, step: str) -> Sheet:
    """The questions of one kind, and an empty one."""
    problem, root = content["spin"][place], f"spin[{place}].{step}"
    known, rows = problem[step], []
    for number, asked in enumerate(known):
        name, path = _("Question %(n)s") % {"n": number + 1}, f"{root}[{number}]"
        must_stay = len(known) == 1 and step not in ("look_up", "situation")
        remove = "" if must_stay else f"spin.{problem['code']}.{step}.{asked['code']}"
        rows.append(Row(name, tongues(path, name, asked, "text"), _roles(content, path, asked["roles"]), remove))
    name, path = _("One more question"), f"{root}[{len(known)}]"
    rows.append(Row(name, tongues(path, name, EMPTY, "text"), _roles(content, path, []), is_new=True))
    return Sheet(leaf_words(step), tongue_heads(), tuple(rows))


def _roles(content: Content, path: str, roles: list[str]) -> Pick:
    return Pick(f"{path}.roles", leaf_words("roles"), named(content["talks"]["audiences"]), list(roles))
