"""What a page says: its text and the words of its labels, without what people wrote themselves."""

import re
from html.parser import HTMLParser
from typing import Any

from django.apps import apps
from django.db import models

from wendu.identity.models import User
from wendu.offers.models import SECTIONS

HAN = re.compile(r"[\u3400-\u9fff]+")
LATIN = re.compile(r"[A-Za-z][A-Za-z_.'’-]+")
MADE_BY_MACHINES = re.compile(
    r"\S+@\S+|\S+\.zip|\b(?:ST|Sheet)\d\b|\{\w+\}|[0-9a-f]{8}-[0-9a-f-]{27}|(?<=[A-Za-z])/[A-Za-z_]+"
)
UNSAID = {"script", "style", "svg", "template", "textarea", "code"}
SAID = ("title", "aria-label", "placeholder", "alt")
PLAYBOOK_TABLES = ("packs",)
ONE_LANGUAGE = {"中文", "简体中文", "中"}  # a language is called by its own name
PLACES_AND_COINS = re.compile(r"\b[A-Z]{2,3}\b")
SAME_IN_BOTH = {"Wendu", "English", "CRM", "Ctrl", "Esc", "Tab", "Enter", "Space", "KP", "FABE", "TOTP", "YYYY-MM-DD"}
PROGRAMMES = {"iPhone", "Android", "Outlook", "Web", "CSV", "TSV", "XLSX", "XLS", "ODS", "Word"}
OF_TESTS = {"tale", "told", "heard"}  # verbs the tests of the journal declare, which stay declared in their process


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.silent, self.said = 0, [""]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.silent += tag in UNSAID
        told = dict(attrs)
        self.said += [text for name in SAID if (text := told.get(name))]

    def handle_endtag(self, tag: str) -> None:
        self.silent -= tag in UNSAID

    def handle_data(self, data: str) -> None:
        if not self.silent and data.strip():
            self.said.append(data.strip())


def said_on(html: str) -> list[str]:
    """Every text of a page a reader sees, hears or points at; forms' own contents are not among them."""
    reader = _Reader()
    reader.feed(html)
    return reader.said


def latin_words(html: str, written: set[str]) -> set[str]:
    """Latin words of a Chinese page that nobody wrote: raw codes, and texts without a translation."""
    text = PLACES_AND_COINS.sub("", MADE_BY_MACHINES.sub("", "\n".join(said_on(html))))
    return set(LATIN.findall(text)) - SAME_IN_BOTH - PROGRAMMES - OF_TESTS - written


def chinese_words(html: str, written: set[str]) -> set[str]:
    """Chinese words of an English page that nobody wrote."""
    text = "\n".join(said_on(html))
    for each in sorted(written, key=len, reverse=True):
        text = text.replace(each, "")
    return set(HAN.findall(text)) - ONE_LANGUAGE


def written_by_people() -> set[str]:
    """Every Chinese run and every Latin word in a text column that is no choice: what people wrote themselves."""
    found: set[str] = set()
    for model in apps.get_models():
        if model._meta.app_label in PLAYBOOK_TABLES:
            continue
        for field in model._meta.get_fields():
            if _is_free(field):
                for value in model._base_manager.values_list(field.name, flat=True).distinct():
                    found |= {*HAN.findall(str(value)), *_own_latin(model._meta.label, field.name, value)}
    return found | {name[0] for name in User.objects.values_list("full_name", flat=True) if name}  # as in a portrait


def _is_free(field: Any) -> bool:
    return isinstance(field, models.CharField | models.TextField | models.JSONField) and not field.choices


def _own_latin(table: str, name: str, value: object) -> set[str]:
    return set(LATIN.findall(str(value))) if (table, name) in OWN_LATIN else set()


OWN_LATIN = {
    ("identity.User", "username"),
    ("customers.CustomField", "code"),
    ("customers.CustomField", "label_en"),
    ("imports.Import", "file_name"),
    *(("offers.Proposal", section) for section in SECTIONS),  # a proposal may be in the other language
}
