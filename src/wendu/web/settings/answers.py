"""How a change of the house is answered: on the page it shows on, with a word and perhaps a way back."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from wendu.web.fragments import is_fragment


def done(request: HttpRequest, words: str, to: str, *, undo_url: str = "") -> HttpResponse:
    """Go to the page where it can be seen, which says what was done; out of the drawer, too."""
    messages.success(request, words, extra_tags=undo_url)
    if not is_fragment(request):
        return redirect(to)
    answer = HttpResponse(status=204)
    answer["HX-Redirect"] = to
    return answer
