"""The boards in templates: classes and stages."""

from django import template

from wendu.web.components.board_rows import board_rows
from wendu.web.components.scatter import band_legend, scatter
from wendu.web.components.stage_cards import stage_cards

register = template.Library()
register.simple_tag(band_legend)
register.simple_tag(scatter)
register.simple_tag(board_rows)
register.simple_tag(stage_cards)
