"""What fees have come to, beside the price of buying once: steps drawn by the server, with a sentence and a table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from wendu.method.subscriptions import Sum

from .curve import Frame
from .formats import money_words
from .markup import NOTHING, format_html, format_html_join

HEADROOM, TOP = 1.1, 100


@dataclass(frozen=True, slots=True)
class FeeSums:
    """What the fees have come to, beside the price of buying once, and the day on which they reach it."""

    sums: Sequence[Sum]
    total_minor: int
    one_off_minor: int | None
    reached_on: date | None
    today: date

    @property
    def is_reached(self) -> bool:
        """Whether that day is over."""
        return self.reached_on is not None and self.reached_on <= self.today


def cumulative_chart(drawn: FeeSums, currency: str) -> SafeString:
    """Draw the steps twice, for a desk and for a phone."""
    if not drawn.sums:
        return format_html('<p class="mut f2">{}</p>', _("No term has begun yet: nothing to draw."))
    start = drawn.sums[0].on
    days = max(1, (drawn.today - start).days)
    frames = (Frame("wide", 876, 200, start, days), Frame("narrow", 330, 170, start, days))
    drawings = format_html_join("", '<div class="{}">{}</div>', ((each.name, _drawing(drawn, each)) for each in frames))
    said = sentence(drawn, currency)
    return format_html(
        '<figure class="curve"><div role="img" aria-label="{0}">{1}</div><figcaption class="f2">{0}</figcaption>'
        "{2}</figure>",
        said,
        drawings,
        _table(drawn, currency),
    )


def sentence(drawn: FeeSums, currency: str) -> str:
    """Say it in words."""
    total = _("The fees have come to %(sum)s.") % {"sum": _amount(drawn.total_minor, currency)}
    if drawn.one_off_minor is None:
        return total
    words = {"price": _amount(drawn.one_off_minor, currency), "day": str(drawn.reached_on)}
    if drawn.reached_on is None:
        more = _("They do not reach the %(price)s of buying once.") % words
    elif drawn.is_reached:
        more = _("They reached the %(price)s of buying once on %(day)s.") % words
    else:
        more = _("Renewed at this fee they reach the %(price)s of buying once on %(day)s.") % words
    return f"{total} {more}"


def _drawing(drawn: FeeSums, frame: Frame) -> SafeString:
    highest = max(drawn.total_minor, drawn.one_off_minor or 0, 1) * HEADROOM
    foot, points = frame.y(0), []
    level = foot
    for each in drawn.sums:
        height = frame.y(each.minor * TOP / highest)
        points += [(frame.x(each.on), level), (frame.x(each.on), height)]
        level = height
    points.append((frame.end, level))
    path = "M" + " L".join(f"{x} {y}" for x, y in points)
    once = NOTHING
    if drawn.one_off_minor is not None:
        at = frame.y(drawn.one_off_minor * TOP / highest)
        once = format_html(
            '<line class="strike" x1="{}" x2="{}" y1="{}" y2="{}"/><text class="strike-word" x="{}" y="{}">{}</text>',
            *(frame.left, frame.end, at, at, frame.left + 4, at - 5),
            _("buying once"),
        )
    return format_html(
        '<svg viewBox="0 0 {} {}"><line class="hair" x1="{}" x2="{}" y1="{}" y2="{}"/>{}<path class="sum" d="{}"/>{}'
        "</svg>",
        *(frame.width, frame.height, frame.left, frame.end, foot, foot),
        once,
        path,
        _days(drawn, frame),
    )


def _days(drawn: FeeSums, frame: Frame) -> SafeString:
    y = frame.height - 6
    ends = ((frame.left, "start", drawn.sums[0].on), (frame.end, "end", drawn.today))
    rows = ((x, y, anchor, on.isoformat()) for x, anchor, on in ends)
    return format_html_join("", '<text x="{}" y="{}" text-anchor="{}">{}</text>', rows)


def _table(drawn: FeeSums, currency: str) -> SafeString:
    def rows() -> Iterator[tuple[str, str]]:
        for each in drawn.sums:
            yield str(each.on), _amount(each.minor, currency)

    head = format_html("<tr><th>{}</th><th>{}</th></tr>", _("Term from"), _("Sum of the fees"))
    body = format_html_join("", '<tr><td>{}</td><td class="num">{}</td></tr>', rows())
    return format_html(
        '<details><summary class="link">{}</summary><div class="tbl-wrap" tabindex="0"><table class="tbl">'
        "<thead>{}</thead><tbody>{}</tbody></table></div></details>",
        _("Show as table"),
        head,
        body,
    )


def _amount(minor: int, currency: str) -> str:
    return money_words(minor, currency, full=True)
