"""Choices as chips and segments: real radio buttons and boxes, so they work without a script."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.forms import BoundField, CheckboxInput, DateInput, Select
from django.utils.safestring import SafeString

from .icons import icon
from .marks import avatar
from .markup import format_html, format_html_join


def chip(
    name: str,
    value: str,
    label: str,
    *,
    checked: bool = False,
    many: bool = False,
    symbol: str = "",
    key: str = "",
    id: str = "",
    disabled: bool = False,
    face: bool = False,
) -> SafeString:
    """Draw one choice; `many` makes it a box instead of a radio button, `key` is the digit that picks it."""
    return format_html(
        '<label class="chip"><input type="{}" name="{}" value="{}"{}{}{}{}>{}<span>{}</span></label>',
        "checkbox" if many else "radio",
        name,
        value,
        _attribute("id", id),
        _attribute("data-key", key),
        SafeString(" checked") if checked else "",
        SafeString(" disabled") if disabled else "",
        icon(symbol) if symbol else (avatar(label) if face else ""),
        label,
    )


def chips(
    field: BoundField,
    *,
    icons: Mapping[str, str] | None = None,
    css: str = "",
    keys: bool = False,
    faces: bool = False,
) -> SafeString:
    """Draw a choice field as chips.

    `css` may be `even kinds` or `scroll-x`; `keys` gives the first eight a digit, `faces` an initial each.
    """
    cells = format_html_join("", "{}", ((cell,) for cell in _cells(field, icons or {}, keys=keys, faces=faces)))
    role = "group" if _many(field) else "radiogroup"
    return format_html(
        '<div class="chips {}" role="{}" aria-labelledby="{}-lab" data-shortcuts>{}</div>',
        css,
        role,
        field.auto_id,
        cells,
    )


def seg(field: BoundField) -> SafeString:
    """Draw a radio field as a segmented control."""
    cells = format_html_join(
        "",
        '<label><input type="radio" name="{}" value="{}"{}{}>{}</label>',
        (
            (
                field.html_name,
                part.data["value"],
                _attribute("id", part.id_for_label),
                SafeString(" checked") if part.data["selected"] else "",
                part.choice_label,
            )
            for part in field.subwidgets
        ),
    )
    return format_html('<div class="seg" role="radiogroup" aria-labelledby="{}-lab">{}</div>', field.auto_id, cells)


def select_options(items: Iterable[tuple[Any, str]], current: str = "") -> SafeString:
    """List the options of a select: hundreds of colleagues cost more in a template's loop than the page around them."""
    return format_html_join(
        "",
        '<option value="{}"{}>{}</option>',
        ((value, SafeString(" selected") if str(value) == current else "", words) for value, words in items),
    )


def seg_links(items: Iterable[tuple[str, str, bool]], label: str = "", css: str = "") -> SafeString:
    """Draw filters as a segmented control of links, from (label, url, current) triples."""
    cells = format_html_join(
        "",
        '<a href="{}"{}>{}</a>',
        ((url, SafeString(' aria-current="true"') if current else "", words) for words, url, current in items),
    )
    css = f"seg {css}".strip()
    return format_html('<div class="{}" role="group"{}>{}</div>', css, _attribute("aria-label", label), cells)


def _cells(field: BoundField, icons: Mapping[str, str], *, keys: bool, faces: bool) -> Iterable[SafeString]:
    for number, part in enumerate(field.subwidgets, start=1):
        value = str(part.data["value"])
        yield chip(
            field.html_name,
            value,
            str(part.choice_label),
            checked=bool(part.data["selected"]),
            many=_many(field),
            symbol=icons.get(value, ""),
            key=str(number) if keys and number <= len("12345678") else "",
            id=part.id_for_label,
            face=faces,
        )


def _many(field: BoundField) -> bool:
    return bool(getattr(field.field.widget, "allow_multiple_selected", False))


def _attribute(name: str, value: str) -> SafeString | str:
    return format_html(' {}="{}"', name, value) if value else ""


def control(field: BoundField, attributes: Mapping[str, Any]) -> SafeString:
    """Render a widget with our class, tied to its hint and its error; `data_key` becomes `data-key`."""
    own = {name.replace("_", "-"): value for name, value in attributes.items()}
    told = [f"{field.auto_id}-err"] if field.errors else []
    if field.help_text:
        told.append(f"{field.auto_id}-help")
    if told:
        own["aria-describedby"] = " ".join(told)
    if field.errors:
        own["aria-invalid"] = "true"
    if isinstance(field.field.widget, DateInput):
        field.field.widget.format = "%Y-%m-%d"  # the only way of writing that the date box of a browser reads
        own.setdefault("type", "date")
    if isinstance(field.field.widget, CheckboxInput):
        return field.as_widget(attrs=own)
    own["class"] = f"control {own.get('class', '')}".strip()
    drawn = field.as_widget(attrs=own)
    if isinstance(field.field.widget, Select):
        return format_html('<span class="select">{}{}</span>', drawn, icon("chevron-down"))
    return drawn
