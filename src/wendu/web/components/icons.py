"""Icons from the one sprite."""

from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

SPRITE = "wendu/icons.svg"


def icon(name: str, *, large: bool = False, label: str = "") -> SafeString:
    """Draw an icon of the sprite; it is silent for a screen reader unless it carries a label of its own."""
    css = "i i-lg" if large else "i"
    if label:
        drawing = '<svg class="{}" role="img" aria-label="{}"><use href="{}#i-{}"/></svg>'
        return format_html(drawing, css, label, static(SPRITE), name)
    return format_html('<svg class="{}" aria-hidden="true"><use href="{}#i-{}"/></svg>', css, static(SPRITE), name)
