"""The lists of a playbook a house writes itself: the questions, the slow fire, why customers leave."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from wendu.playbooks.paths import value_at, with_values
from wendu.web.settings.playbook.boxes import Cell, Row, Sheet
from wendu.web.settings.playbook.entries import EntriesForm, Entry, movable
from wendu.web.settings.playbook.labels import AXES, ROOTS, leaf_words
from wendu.web.settings.playbook.play_form import EMPTY, named, new_code
from wendu.web.settings.playbook.sentences import EXITS
from wendu.web.settings.playbook.sheets import tongue_heads
from wendu.web.settings.playbook.speaking import spoken
from wendu.web.settings.playbook.values import kind_words
from wendu.web.settings.playbook.word_sheets import sentence

Content = Mapping[str, Any]
ASKED = ("question", "some", "clear", "ask", "ask_b2c")
STEP = ("do", "script")
PACE = ("repeat_after_days", "join_within_days")


def questions_form(content: Content) -> EntriesForm:
    """The questions behind the classes, folded one by one, with room for one more."""
    blank = {"code": new_code(), "axis": next(iter(AXES)), **{name: dict(EMPTY) for name in ASKED}}
    extended = _with_one_more(content, "indicators", blank)
    entries = [
        Entry(number, each["code"], _question_rows(number, each), is_new=each is blank)
        for number, each in enumerate(extended["indicators"])
    ]
    titles = [
        f"{number + 1}. {spoken(each['question'])} · {AXES[each['axis']]}"
        for number, each in enumerate(content["indicators"])
    ]
    sheets = _folded("indicators", entries, [*titles, _("One more question")])
    return EntriesForm(extended, "indicators", sheets, entries)


def causes_form(content: Content) -> EntriesForm:
    """Why customers leave, a line each, with room for one more."""
    known, root = content["churn_reasons"], "churn_reasons"
    entries = []
    for number, each in enumerate(known):
        place, name = f"{root}.{each['code']}", spoken(each["text"])
        row = sentence(f"{root}[{number}].text", name, each["text"], kind="line")
        entries.append(Entry(number, each["code"], (_with_ways(row, place, number, known),)))
    code = new_code()
    cells = sentence(f"{root}[{len(known)}].text", "", EMPTY, kind="line").cells
    entries.append(Entry(len(known), code, (Row(_("Another one"), cells, is_new=True),), is_new=True))
    rows = tuple(row for entry in entries for row in entry.rows)
    sheet = Sheet(str(ROOTS[root]), tongue_heads(), rows)
    return EntriesForm(_with_one_more(content, root, {"code": code, "text": dict(EMPTY)}), root, [sheet], entries)


def track_form(content: Content) -> EntriesForm:
    """The slow fire: its pace, its steps in the order of their days, and what ends it."""
    root = "track.steps"
    words = {name: dict(EMPTY) for name in STEP}
    blank = {"code": new_code(), "after_days": "", "kind": next(iter(content["temperature"]["kinds"])), **words}
    extended = _with_one_more(content, root, {**blank, "markets": {}})
    extended = with_values(extended, {root: [_for_every_market(each, content) for each in extended["track"]["steps"]]})
    steps = extended["track"]["steps"]
    entries = [
        Entry(number, each["code"], _step_rows(number, each, content), is_new=number == len(steps) - 1)
        for number, each in enumerate(steps)
    ]
    titles = [_step_title(each, content) for each in content["track"]["steps"]]
    folded = _folded(root, entries, [*titles, _("One more step")], in_order=True)
    return EntriesForm(
        extended, root, [*_road(content["track"]), *folded, _exits(content)], entries, _own_words, day=_day
    )


def _with_one_more(content: Content, root: str, blank: Content) -> dict[str, Any]:
    return with_values(content, {root: [*value_at(content, root), blank]})


def _with_ways(row: Row, place: str, number: int, known: list[Any]) -> Row:
    remove = place if len(known) > 1 else ""
    up, down = movable(place, number, len(known))
    return Row(row.name, row.cells, remove=remove, up=up, down=down)


def _folded(root: str, entries: list[Entry], titles: list[str], *, in_order: bool = False) -> list[Sheet]:
    """A sheet an entry; of those that stand in an order of their own none is moved by hand."""
    count = len(entries) - 1
    sheets = []
    for number, (entry, title) in enumerate(zip(entries, titles, strict=True)):
        place = f"{root}.{entry.code}"
        up, down = ("", "") if entry.is_new or in_order else movable(place, number, count)
        remove = "" if entry.is_new or count == 1 else place
        sheets.append(Sheet(title, tongue_heads(), entry.rows, True, entry.is_new, remove, up, down))
    return sheets


def _question_rows(number: int, asked: Content) -> tuple[Row, ...]:
    root = f"indicators[{number}]"
    axes = tuple((code, str(words)) for code, words in AXES.items())
    axis = Cell(f"{root}.axis", leaf_words("axis"), asked["axis"], "choice", options=axes)
    return (
        Row(axis.label, (axis,)),
        *(sentence(f"{root}.{name}", leaf_words(name), asked[name]) for name in ASKED),
    )


def _road(track: Content) -> list[Sheet]:
    pace = (Cell(f"track.{name}", leaf_words(name), str(track[name])) for name in PACE)
    return [
        Sheet(
            str(ROOTS["track"]),
            tongue_heads(),
            (sentence("track.name", leaf_words("name"), track["name"], kind="line"),),
        ),
        Sheet(pgettext("playbook", "Pace"), (), tuple(Row(cell.label, (cell,)) for cell in pace)),
    ]


def _exits(content: Content) -> Sheet:
    rows = (
        sentence(f"track.exits[{number}].text", str(EXITS.get(each["code"], each["code"])), each["text"], kind="line")
        for number, each in enumerate(content["track"]["exits"])
    )
    return Sheet(leaf_words("exits"), tongue_heads(), tuple(rows))


def _step_title(step: Content, content: Content) -> str:
    words = pgettext("playbook", "Day %(day)s") % {"day": step["after_days"]}
    return f"{words} · {kind_words(step['kind'], content)} · {spoken(step['do'])}"


def _step_rows(number: int, step: Content, content: Content) -> tuple[Row, ...]:
    root = f"track.steps[{number}]"
    day = Cell(f"{root}.after_days", leaf_words("after_days"), str(step["after_days"]))
    kinds = named(content["temperature"]["kinds"])
    kind = Cell(f"{root}.kind", leaf_words("kind"), step["kind"], "choice", options=kinds)
    closer = (
        sentence(f"{root}.markets.{market}.{name}", f"{words} · {leaf_words(name)}", step["markets"][market][name])
        for market, words in named(content["factors"]["market"])
        for name in STEP
    )
    return (
        Row(day.label, (day,)),
        Row(kind.label, (kind,)),
        *(sentence(f"{root}.{name}", leaf_words(name), step[name]) for name in STEP),
        *closer,
    )


def _for_every_market(step: Content, content: Content) -> dict[str, Any]:
    """A step with boxes for closer words in every market, empty where it has none."""
    empty = {name: dict(EMPTY) for name in STEP}
    return {**step, "markets": {market: step["markets"].get(market, empty) for market in content["factors"]["market"]}}


def _own_words(step: Any) -> Any:
    """A step with only the closer words somebody wrote."""
    said = {
        market: words
        for market, words in step["markets"].items()
        if any(text for name in STEP for text in words[name].values())
    }
    return {**step, "markets": said}


def _day(step: Any) -> int:
    return step["after_days"] if isinstance(step["after_days"], int) else 0
