"""The table of customers in templates."""

from django import template

from wendu.web.components.cells import table_rows
from wendu.web.components.inputs import select_options

register = template.Library()
register.simple_tag(table_rows)
register.simple_tag(select_options)
