"""The tables of the forms whose entries the product knows: what is said when, each sentence in both languages."""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise

from wendu.web.settings.playbook.boxes import Row, Sheet
from wendu.web.settings.playbook.labels import OBJECTIVE_OF_A_PLAY, ROOTS, leaf_words
from wendu.web.settings.playbook.sentences import ADVANCES, ADVICE, CHECKS, MISUSE, REASONS, SUGGESTIONS, VALUES
from wendu.web.settings.playbook.sheets import tongue_heads, tongues
from wendu.web.settings.playbook.speaking import spoken

Content = Mapping[str, Any]


def checklist_sheets(content: Content) -> list[Sheet]:
    """What to have in hand before the visit that should decide, and what to do without it."""
    return [
        Sheet(
            str(CHECKS.get(item["code"], item["code"])),
            tongue_heads(),
            tuple(sentence(f"checklist[{number}].{part}", leaf_words(part), item[part]) for part in ("text", "red")),
        )
        for number, item in enumerate(content["checklist"])
    ]


def advice_sheets(content: Content) -> list[Sheet]:
    """The sentences beside a next touch, and the advice."""
    return [
        _sentences(str(ROOTS[root]), root, content[root], names)
        for root, names in (("suggestions", SUGGESTIONS), ("advice", ADVICE))
    ]


def reason_sheets(content: Content) -> list[Sheet]:
    """Why a customer is on the list, situation by situation."""
    return [
        _sentences(spoken(entry["name"]), f"situations.{code}.why", entry["why"], REASONS)
        for code, entry in content["situations"].items()
    ]


def neutral_sheets(content: Content) -> list[Sheet]:
    """What stands in where a value is missing, towards colleagues and towards customers."""
    return [
        _sentences(leaf_words(side), f"neutral.{side}", content["neutral"][side], VALUES, kind="line")
        for side in ("rep", "customer")
    ]


def talk_sheets(content: Content) -> list[Sheet]:
    """How to be with whom, what to ask for, and which words spoil a question."""
    talks = content["talks"]
    cards = [
        (spoken(card["name"]), f"talks.audiences.{code}", card, ("name", "mood", "message"))
        for code, card in talks["audiences"].items()
    ]
    asks = [
        (str(ADVANCES.get(code, code)), f"talks.advances.{code}", words, ("objective", "fallback"))
        for code, words in talks["advances"].items()
    ]
    spoils = [
        (str(MISUSE.get(each["code"], each["code"])), f"talks.misuse[{number}]", each, ("hint", "words"))
        for number, each in enumerate(talks["misuse"])
    ]
    return [
        Sheet(
            title,
            tongue_heads(),
            tuple(sentence(f"{root}.{part}", _talk_leaf(part), entry[part], kind="line") for part in parts),
        )
        for title, root, entry, parts in (*cards, *asks, *spoils)
    ]


def _talk_leaf(part: str) -> str:
    return str(OBJECTIVE_OF_A_PLAY) if part == "objective" else leaf_words(part)


def sentence(path: str, name: str, words: Mapping[str, str], *, kind: str = "text") -> Row:
    """One sentence in both languages."""
    return Row(name, tongues(path, name, words, kind))


def slots() -> list[tuple[str, str]]:
    """What may stand in braces in a sentence, and what is filled in there."""
    return [(f"{{{code}}}", str(words)) for code, words in VALUES.items()]


def _sentences(title: str, root: str, entries: Content, names: Mapping[str, Promise], *, kind: str = "text") -> Sheet:
    rows = (sentence(f"{root}.{code}", str(names.get(code, code)), words, kind=kind) for code, words in entries.items())
    return Sheet(title, tongue_heads(), tuple(rows))
