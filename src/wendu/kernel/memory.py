"""What a server holds from its start to its end is not looked through again for rubbish."""

import gc

from django.urls import get_resolver


def settle() -> None:
    """Load the pages and set aside all that was loaded, so that no request pays for a look through it.

    Python looks through everything it holds whenever enough new things have outlived it: in a page over a large
    book that costs more than the page itself, and all that is found is modules, models and forms that stay anyway.
    """
    get_resolver().url_patterns  # noqa: B018  reading it loads them
    gc.collect()
    gc.freeze()
