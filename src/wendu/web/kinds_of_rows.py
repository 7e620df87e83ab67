"""The kinds of rows a table may hold, in two groups: what a firm begins with, and what deals are known for."""

from collections.abc import Sequence
from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from wendu.exchange.vocabulary import PLAIN


class Group(NamedTuple):
    """Some kinds under one heading."""

    title: str
    kinds: list[tuple[str, str]]


def grouped(kinds: Sequence[tuple[str, object]]) -> list[Group]:
    """Kinds in their order; a group nobody may use is left out."""
    plain = [(code, str(words)) for code, words in kinds if code in PLAIN]
    found = [(code, str(words)) for code, words in kinds if code not in PLAIN]
    groups = (Group(_("What are the rows?"), plain), Group(pgettext("rows of a file", "Of the deal room"), found))
    return [group for group in groups if group.kinds]
