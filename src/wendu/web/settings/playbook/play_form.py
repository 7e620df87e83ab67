"""The form of one play: for whom it is, what to do, and its scripts, with room for one more."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from wendu.desk.lists import status_words
from wendu.method.codes import Status
from wendu.playbooks.paths import value_at, with_values
from wendu.playbooks.problems import Problem
from wendu.web.settings.playbook.boxes import Cell, Pick, Row, Sheet
from wendu.web.settings.playbook.filling import all_cells, all_picks, blame, fill
from wendu.web.settings.playbook.labels import CLASSES, OBJECTIVE_OF_A_PLAY, leaf_words
from wendu.web.settings.playbook.sheets import tongue_heads, tongues
from wendu.web.settings.playbook.speaking import for_whom, spoken

TEXTS = ("do", "why", "objective", "fallback", "guard")
OPTIONAL = "why"
KINDS = 4
EMPTY = {"zh": "", "en": ""}
Content = Mapping[str, Any]


@dataclass
class PlayForm:
    """The boxes of a play that stands at `place` of this content."""

    content: Content
    place: int
    picks: list[Pick]
    sheets: list[Sheet]

    @classmethod
    def of(cls, content: Content, place: int) -> "PlayForm":
        """The form filled with what stands."""
        play = content["plays"][place]
        return cls(content, place, _picks(content, place, play), [_texts(place, play), _scripts(content, place, play)])

    @property
    def root(self) -> str:
        """Where the play stands."""
        return f"plays[{self.place}]"

    @property
    def key(self) -> str:
        """By which the play is told from the others."""
        return str(self.content["plays"][self.place]["key"])

    @property
    def all_picks(self) -> list[Pick]:
        """Everything that may be ticked, of the play and of its scripts."""
        return [*self.picks, *all_picks(self.sheets)]

    @property
    def boxes(self) -> list[Cell | Pick]:
        """Everything something wrong can be said at."""
        return [*self.picks, *all_cells(self.sheets), *all_picks(self.sheets)]

    @property
    def _new_script(self) -> Row:
        return self.sheets[1].rows[-1]

    def read(self, post: QueryDict) -> tuple[dict[str, Any], dict[str, Any]]:
        """What was typed: other values of what is there, and a script that is not there yet, place by place."""
        values = fill(self.sheets, {name: str(text) for name, text in post.items()})
        for pick in self.all_picks:
            pick.take(post.getlist(pick.path))
            values[pick.path] = pick.chosen
        row = self._new_script
        markets = values.pop(row.pick.path) if row.pick else []
        if row.is_empty:
            return values, {}
        code = new_code()
        return values, {f"plays.{self.key}.scripts.{code}": {"code": code, "markets": markets, **row.words}}

    def whole(self, values: Mapping[str, Any], added: Mapping[str, Any]) -> dict[str, Any]:
        """The play as it was typed, in one piece."""
        play: dict[str, Any] = value_at(with_values(self.content, values), self.root)
        return {**play, "scripts": [*play["scripts"], *added.values()]}

    def blame(self, problems: tuple[Problem, ...]) -> list[str]:
        """Say each problem at its box; gives those that belong to none."""
        return blame(self.boxes, problems, self.content, instead=self._new_script.cells[0].path)


def blank(content: Content, *, like: str = "", situation: str = "") -> dict[str, Any]:
    """The same content with one more play at its end: empty, or with the words of another one."""
    key = new_code()
    source = next((each for each in content["plays"] if each["key"] == like), None)
    if source is None:
        when = {name: list[str]() for name in ("classes", "markets", "sales", "statuses")}
        known = [situation] if situation in content["situations"] else []
        texts: dict[str, Any] = {name: None if name == OPTIONAL else dict(EMPTY) for name in TEXTS}
        source = {"when": {"situations": known, **when}, **texts, "kinds": [], "scripts": []}
    return {**content, "plays": [*content["plays"], {**source, "key": key}]}


def new_code() -> str:
    """A code nobody else gives, so that what two people add is never taken for the same."""
    return f"own_{uuid4().hex[:10]}"


def _texts(place: int, play: Content) -> Sheet:
    rows = []
    for name in TEXTS:
        label = str(OBJECTIVE_OF_A_PLAY) if name == "objective" else leaf_words(name)
        label = _("%(name)s, if other than usual") % {"name": label} if name == OPTIONAL else label
        cells = tongues(f"plays[{place}].{name}", label, play[name] or EMPTY, "text")
        rows.append(Row(label, cells, is_optional=name == OPTIONAL))
    return Sheet(_("Play"), tongue_heads(), tuple(rows))


def _scripts(content: Content, place: int, play: Content) -> Sheet:
    rows, root = [], f"plays[{place}].scripts"
    for number, script in enumerate(play["scripts"]):
        name, path = _("Script %(n)s") % {"n": number + 1}, f"{root}[{number}]"
        remove = f"plays.{play['key']}.scripts.{script['code']}" if len(play["scripts"]) > 1 else ""
        pick = _suits(content, path, script["markets"])
        rows.append(Row(name, tongues(path, name, script, "text"), pick, remove))
    name, path = _("One more script"), f"{root}[{len(play['scripts'])}]"
    rows.append(Row(name, tongues(path, name, EMPTY, "text"), _suits(content, path, []), is_new=True))
    return Sheet(_("Scripts"), tongue_heads(), tuple(rows))


def _suits(content: Content, path: str, markets: list[str]) -> Pick:
    return Pick(f"{path}.markets", leaf_words("markets"), named(content["factors"]["market"]), list(markets))


def _picks(content: Content, place: int, play: Content) -> list[Pick]:
    root, when = f"plays[{place}]", play["when"]
    everybody = pgettext("playbook", "none ticked: all")
    options = {
        "classes": tuple((code, str(words)) for code, words in CLASSES.items()),
        "markets": named(content["factors"]["market"]),
        "sales": named(content["factors"]["sale"]),
        "statuses": tuple((each.value, status_words(each.value)) for each in Status),
    }
    situations = Pick(
        f"{root}.when.situations", leaf_words("situations"), named(content["situations"]), list(when["situations"])
    )
    kinds = named(content["temperature"]["kinds"])
    ranked = Pick(f"{root}.kinds", leaf_words("kinds"), kinds, list(play["kinds"]), _("none: no contact"), ranks=KINDS)
    narrowed = [
        Pick(f"{root}.when.{name}", leaf_words(name), known, list(when[name]), everybody)
        for name, known in options.items()
    ]
    return [situations, *narrowed, ranked]


def named(entries: Content) -> tuple[tuple[str, str], ...]:
    """What may be chosen: the codes of these entries and what they are called."""
    return tuple((code, spoken(entry["name"])) for code, entry in entries.items())


def whom(play: Content, content: Content) -> list[str]:
    """Whom a play is for, in words: its classes, markets, kinds of sale and lists; nothing, if for everybody."""
    when, sales = play["when"], content["factors"]["sale"]
    return [
        *for_whom(when["classes"], when["markets"], content),
        *(spoken(sales[each]["name"]) for each in when["sales"]),
        *(status_words(each) for each in when["statuses"]),
    ]
