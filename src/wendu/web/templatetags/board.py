"""The quadrant board in templates."""

from django import template

from wendu.web.components.board_rows import board_rows
from wendu.web.components.scatter import band_legend, scatter

register = template.Library()
register.simple_tag(band_legend)
register.simple_tag(scatter)
register.simple_tag(board_rows)
