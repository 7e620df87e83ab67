"""What stands above every page about value: the other ones."""

from django.urls import reverse
from django.utils.translation import pgettext


def sections(here: str) -> list[tuple[str, str, bool]]:
    """The pages about value, as the segments above each of them."""
    pages = (
        ("overview", pgettext("worth", "In all")),
        ("again", pgettext("worth", "Buys again")),
        ("next_need", pgettext("worth", "Needs next")),
        ("stock", pgettext("worth", "Existing customers")),
        ("sources", pgettext("worth", "Where from")),
        ("unexplained", pgettext("worth", "Need unknown")),
        ("lanes", pgettext("worth", "Stages")),
        ("model", pgettext("worth", "The model")),
    )
    return [(words, reverse(f"worth:{name}"), name == here) for name, words in pages]
