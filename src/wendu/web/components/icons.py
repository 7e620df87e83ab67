"""Icons from the one sprite."""

from functools import lru_cache

from django.templatetags.static import static
from django.utils.safestring import SafeString

from .markup import format_html

SPRITE = "wendu/icons.svg"
KIND_ICONS = {
    "phone": "phone",
    "visit": "map-pin",
    "online_meeting": "video",
    "message": "message-circle",
    "demo": "presentation",
    "negotiation": "gavel",
    "care": "gift",
    "service": "checklist",
    "event": "users",
    "article": "file-text",
    "mass_message": "speakerphone",
}


def icon(name: str, *, large: bool = False, label: str = "") -> SafeString:
    """Draw an icon of the sprite; it is silent for a screen reader unless it carries a label of its own."""
    return _drawn(name, large, str(label))


def touch_icon(kind: str) -> SafeString:
    """Draw the icon of a kind of touch."""
    return icon(KIND_ICONS.get(kind, "point"))


@lru_cache(maxsize=1024)
def _drawn(name: str, is_large: bool, label: str) -> SafeString:  # noqa: FBT001 - keys of what is kept
    css = "i i-lg" if is_large else "i"
    if label:
        drawing = '<svg class="{}" role="img" aria-label="{}"><use href="{}#i-{}"/></svg>'
        return format_html(drawing, css, label, static(SPRITE), name)
    return format_html('<svg class="{}" aria-hidden="true"><use href="{}#i-{}"/></svg>', css, static(SPRITE), name)
