"""How cells and heads are worded: in the words of the reader, or as the symbols programs know; both come in again."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import get_language, pgettext

from wendu.exchange.outgoing.columns import Column
from wendu.exchange.vocabulary import all_fields, field_word
from wendu.identity.models import User

MASKED = "_masked"
FLAGS = {"zh": ("是", "否"), "en": ("yes", "no")}


@dataclass(frozen=True, slots=True)
class Wording:
    """Words of the language that is spoken, or symbols that are the same in every language."""

    speaks: bool

    @property
    def tongue(self) -> str:
        """The language, as the words of tables know it."""
        return "zh" if (get_language() or "").startswith("zh") else "en"

    def of(self, choices: type[TextChoices], *, but: Mapping[str, str] | None = None) -> dict[Any, str]:
        """The words of a closed list; `but` are some that are written otherwise."""
        words = {value: str(label) for value, label in choices.choices} if self.speaks else {}
        return {**words, **(but or {})}

    def named(self, rows: Mapping[Any, Any]) -> dict[str, str]:
        """The words of a list of the playbook."""
        return {str(code): row.name.of(self.tongue) for code, row in rows.items()} if self.speaks else {}

    def flags(self, *, only_yes: bool = False) -> tuple[str, str]:
        """How yes and no are written; with `only_yes`, no is an empty cell."""
        yes, no = FLAGS[self.tongue] if self.speaks else ("1", "0")
        return yes, "" if only_yes else no

    def people(self) -> dict[int, str]:
        """What each colleague is called: by the full name where it means nobody else, else by the login."""
        rows = list(User.objects.values_list("pk", "username", "full_name"))
        if not self.speaks:
            return {pk: login for pk, login, _ in rows}
        taken = Counter(name.casefold() for _, _, name in rows)
        taken.update(login.casefold() for _, login, name in rows if login.casefold() != name.casefold())
        return {pk: name if taken[name.casefold()] == 1 and name else login for pk, login, name in rows}

    def heads(self, kind: str, columns: Sequence[Column]) -> list[str]:
        """What the columns are called; numbers that are masked do not bear a name by which they would come in again."""
        fields = set(all_fields(kind))
        return [column.head or self._head(kind, column.name, fields) for column in columns]

    def _head(self, kind: str, name: str, fields: set[str]) -> str:
        field = name.removesuffix(MASKED)
        if not self.speaks or field not in fields:
            return name
        word = field_word(kind, field, self.tongue)
        return pgettext("a column", "%(word)s (masked)") % {"word": word} if name.endswith(MASKED) else word
