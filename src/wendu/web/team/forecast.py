"""The forecast by class and month as bars and words, for the board of a team and the first page of executives."""

from typing import Any

from django.urls import reverse

from wendu.desk.team.forecast import Expected
from wendu.web.components.bars import Bar, Piece
from wendu.web.components.formats import short_money, whole
from wendu.web.team.words import left_out_words, month_words


def forecast_words(expected: Expected, currency: str) -> dict[str, Any]:
    """What `team/_forecast.html` shows beside the figures."""
    return {
        "bars": _bars(expected, currency),
        "chances": [(letter, whole(100 * each.share)) for letter, each in expected.chances.items()],
        "left_out": [(each, left_out_words(each.code, each.customers)) for each in expected.left_out],
    }


def _bars(expected: Expected, currency: str) -> list[Bar]:
    """The months as stacked bars, each part leading to its customers."""
    customers = reverse("customers:list")
    return [
        Bar(
            label=month_words(month.key),
            total=short_money(month.expected_minor, currency),
            url=f"{customers}?{month.query}",
            value=month.expected_minor,
            pieces=tuple(
                Piece(
                    part.quadrant,
                    part.expected_minor,
                    f"{customers}?{part.query}",
                    f"{month_words(month.key)} · {part.quadrant} · {short_money(part.expected_minor, currency)}",
                )
                for part in month.parts
                if part.expected_minor
            ),
        )
        for month in expected.months
    ]
