"""Why two may be one, in words."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import pgettext


def reason_words(reasons: Iterable[Mapping[str, Any]]) -> list[str]:
    """Each reason as a few words; a number, address or person itself is not said here."""
    return [words % reason for reason in reasons if (words := _words().get(str(reason["code"])))]


def _words() -> dict[str, str]:
    return {
        "same_name": pgettext("alike", "same name"),
        "name_alike": pgettext("alike", "name %(alike)s alike"),
        "name_contains": pgettext("alike", "one name holds the other"),
        "sounds_alike": pgettext("alike", "spoken alike"),
        "same_number": pgettext("alike", "same phone"),
        "same_address": pgettext("alike", "same e-mail or WeChat"),
        "same_person": pgettext("alike", "a person of the same name"),
        "same_city": pgettext("alike", "same city"),
        "same_trade": pgettext("alike", "same industry"),
        "another_city": pgettext("alike", "but another city"),
        "another_number": pgettext("alike", "but another number in the name"),
        "another_kind": pgettext("alike", "but a person and an organisation"),
        "parent_and_branch": pgettext("alike", "but one belongs to the other"),
    }
