"""The cards of the board by stage, drawn in Python: dozens of them cost less than a template in a loop."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import quote

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from wendu.desk.pipeline.cards import Card
from wendu.opportunities.choices import Stage
from wendu.web.shell import address

from .formats import money_words, whole
from .heat import reading
from .icons import icon
from .markup import escaped, format_html, format_html_join


def stage_cards(cards: Iterable[Card], here: str) -> SafeString:
    """Draw deals of one column; `here` is the page one comes back to."""
    page = _Page(here)
    return SafeString("".join(_card(card, page) for card in cards))


class _Page:
    """What all cards share, worked out once."""

    def __init__(self, here: str) -> None:
        self.here = quote(here, safe="")
        self.move, self.end, self.rest = escaped(_("Move")), escaped(_("Close deal")), escaped(_("Pause deal"))


def _card(card: Card, page: _Page) -> str:
    title, customer = escaped(card.title), escaped(card.customer)
    here = address("opportunities:page", card.uuid)
    movable = f' draggable="true" data-deal="{here}stage/"' if card.steps else ""
    estimate = f' <span class="mut f1">{escaped(_("estimate"))}</span>' if card.is_estimated else ""
    amount = escaped(money_words(card.amount_minor, card.currency) if card.amount_minor is not None else "—")
    return (
        f'<li class="deal-card" data-row tabindex="-1"{movable}>'
        f'<a class="b ellip" data-open href="{here}" title="{title}">{title}</a>{_menu(card, here, page)}'
        f'<a class="mut f1 ellip" href="{address("customers:page", card.customer_uuid)}">{customer}</a>'
        f'<div class="bits"><b>{amount}</b>{estimate}{_age(card)}</div>'
        f'<div class="bits">{reading(whole(card.heat), card.band)}{_lacks(card)}{_stall(card)}</div></li>'
    )


def _age(card: Card) -> str:
    if card.days is None:
        return f'<span class="mut f1">{escaped(_("since when is unknown"))}</span>'
    words = ngettext("%(n)s day at this stage", "%(n)s days at this stage", card.days) % {"n": card.days}
    return f'<span class="mut f1">{escaped(words)}</span>'


def _lacks(card: Card) -> str:
    """What its gate still asks for: a count that opens to the points."""
    if card.missing is None:
        return ""
    if not card.missing:
        return f'<span class="tag ok">{icon("check")}{escaped(pgettext("gate", "open"))}</span>'
    count = len(card.missing)
    words = ngettext("%(n)s piece of evidence missing", "%(n)s pieces of evidence missing", count) % {"n": count}
    points = format_html_join("", "<li>{}</li>", ((each,) for each in card.missing))
    return format_html(
        '<details class="lacks"><summary class="tag risk">{}{}</summary><ul>{}</ul></details>',
        icon("alert-triangle"),
        words,
        points,
    )


def _stall(card: Card) -> str:
    if not card.is_stalled:
        return ""
    words = ngettext("%(n)s talk without progress", "%(n)s talks in a row without progress", card.idle_talks)
    return format_html('<span class="tag wait">{}{}</span>', icon("player-pause"), words % {"n": card.idle_talks})


def _menu(card: Card, deal: str, page: _Page) -> str:
    """Every way on from here, for a thumb or a keyboard: stages, the end, a rest."""
    if not card.steps:
        return ""
    here = list(Stage).index(card.stage)
    links = [
        (f"{deal}stage/?to={step.value}&amp;next={page.here}", _way(step, is_on=list(Stage).index(step) > here))
        for step in sorted(card.steps, reverse=True)
    ]
    links += [
        (f"{deal}closure/?next={page.here}", f"{icon('flag')}{page.end}"),
        (f"{deal}pause/?next={page.here}", f"{icon('player-pause')}{page.rest}"),
    ]
    rows = "".join(f'<a class="menu-row" data-drawer href="{url}">{words}</a>' for url, words in links)
    label = f"{page.move}: {escaped(card.title)}"
    return (
        f'<details class="popwrap" data-pop><summary class="btn btn-icon btn-quiet" aria-label="{label}" '
        f'title="{page.move}">{icon("dots")}</summary><div class="pop list">{rows}</div></details>'
    )


def _way(step: Stage, *, is_on: bool) -> str:
    shape = _("On to %(stage)s") if is_on else _("Back to %(stage)s")
    words = escaped(shape % {"stage": f"{step.value} {step.label}"})
    return f"{icon('arrow-right' if is_on else 'corner-up-left')}{words}"
