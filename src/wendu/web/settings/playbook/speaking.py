"""Words of the playbook in the reader's language."""

from collections.abc import Iterable, Mapping
from typing import Any

from wendu.desk.wording import lang
from wendu.web.settings.playbook.labels import CLASSES


def spoken(entry: Any) -> str:
    """The same words in one of their languages."""
    return str(entry[lang()])


def for_whom(classes: Iterable[str], markets: Iterable[str], content: Mapping[str, Any]) -> list[str]:
    """Whom a play or a script is for, in words; nothing, if for everybody."""
    known = content["factors"]["market"]
    return [
        *(str(CLASSES.get(each, each)) for each in classes),
        *(spoken(known[each]["name"]) if each in known else each for each in markets),
    ]
