"""The pieces that stand around every page: what they show follows from a few values, so each is drawn once and kept.

A piece is a template that sees those values and nothing else, neither the request nor the person; whatever differs from
one request to the next (a name, what is unread, the token of a form) stands beside the pieces.
"""

from __future__ import annotations

from collections.abc import Hashable
from functools import lru_cache

from django.conf import settings
from django.template.loader import get_template
from django.urls import get_script_prefix
from django.utils.safestring import SafeString
from django.utils.translation import get_language

KEPT = 2048  # roles x places x languages x themes, and the small numbers beside the places


def piece(template: str, chrome: Hashable) -> SafeString:
    """Draw a piece, or give it as it was drawn for the same values in the same language."""
    draw = _draw if settings.DEBUG else _drawn  # whoever edits a template wants to see it
    return draw(template, chrome, get_language(), get_script_prefix())


def _draw(template: str, chrome: Hashable, language: str | None, _prefix: str) -> SafeString:
    return SafeString(get_template(template).render({"chrome": chrome, "language": language}))


_drawn = lru_cache(maxsize=KEPT)(_draw)
