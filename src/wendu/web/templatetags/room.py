"""The parts of a deal's page that grow with the deal, as templates ask for them."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from wendu.desk.deal_room import PersonView
from wendu.web.components import chain, demand, findings
from wendu.web.components.chain_map import chain_map as drawn_chain
from wendu.web.components.formats import money
from wendu.web.components.pens import Pen
from wendu.web.fragments import token_of

register = template.Library()


@register.simple_tag(takes_context=True)
def people(context: dict[str, Any], persons: Iterable[PersonView]) -> SafeString:
    """Draw the people at one step of the way in."""
    return chain.people(persons, pen_of(context), line=context["page"].room.case.scale.trust.above)


@register.simple_tag(takes_context=True)
def chain_map(context: dict[str, Any]) -> SafeString:
    """Draw the map of the decision."""
    return drawn_chain(context["page"].chain, pen_of(context))


@register.simple_tag(takes_context=True)
def map_rows(context: dict[str, Any]) -> SafeString:
    """Draw the rows of the benefit map."""
    return chain.map_rows(context["page"].room.map, pen_of(context))


@register.simple_tag(takes_context=True)
def message_rows(context: dict[str, Any]) -> SafeString:
    """Draw what arrived with each key person."""
    return chain.message_rows(context["page"].room.messages, pen_of(context))


@register.simple_tag(takes_context=True)
def ladders(context: dict[str, Any]) -> SafeString:
    """Draw request, need and motive of everybody in the deal of the page."""
    return demand.ladders(context["page"].room.demand.people, pen_of(context))


@register.simple_tag(takes_context=True)
def card_rows(context: dict[str, Any]) -> SafeString:
    """Draw the benefits and their evidence."""
    case = context["page"].room.case
    return findings.card_rows(case.offered.cards, pen_of(context), case.over_claims)


@register.simple_tag(takes_context=True)
def concern_rows(context: dict[str, Any]) -> SafeString:
    """Draw the open concerns."""
    return findings.concern_rows(context["page"].room.concerns, pen_of(context))


@register.simple_tag
def told(value: float | None, currency: str, in_points: bool) -> SafeString:  # noqa: FBT001 - read as a template
    """Show what something is worth, in the unit it is told in; unknown is a word."""
    if value is None:
        return format_html('<span class="mut">{}</span>', _("unknown"))
    if not in_points:
        return money(round(value), currency, full=True)
    return format_html('<span class="money">{}</span>', _("%(n)s points") % {"n": f"{value:g}"})


@register.simple_tag(takes_context=True)
def take_back(context: dict[str, Any], place: str, uuid: UUID) -> SafeString:
    """Draw the button that takes back what stands at a place."""
    return Pen(uuid, may_write=True, token=token_of(context["request"])).take_back(place, uuid)


def pen_of(context: dict[str, Any]) -> Pen:
    """What whoever looks may write on this page."""
    may, token = context["page"].may, token_of(context["request"])
    return Pen(context["deal"].uuid, may["find"], token, may_name=may["influencer"])
