"""What stands above every page about value: the other ones."""

from django.urls import reverse
from django.utils.translation import pgettext


def sections(here: str) -> list[tuple[str, str, bool]]:
    """The pages about value, as the segments above each of them."""
    pages = (("model", pgettext("worth", "The model")),)
    return [(words, reverse(f"worth:{name}"), name == here) for name, words in pages]
