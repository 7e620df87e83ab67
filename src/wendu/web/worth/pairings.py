"""Rules about what goes with what: written, taken back, brought back."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from wendu.access.verbs import permit
from wendu.insights import pairings as actions
from wendu.insights.models import Pairing
from wendu.kernel.clock import now
from wendu.web.customers.asking import Question, ask
from wendu.web.customers.forms import text
from wendu.web.fragments import done_once, person
from wendu.web.settings.answers import done


class PairingForm(forms.Form):
    """What goes with what, and why."""

    has = text(gettext_lazy("Who has this, as the lines of orders call it"), 200, required=True)
    also = text(gettext_lazy("could need this"), 200, required=True)
    reason = text(gettext_lazy("Why"), 300, required=True)
    scenario = text(gettext_lazy("Where and when"), 300)
    talk = text(gettext_lazy("Words to open with"), 300)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Write a rule."""
    user, back = person(request), reverse("worth:next_need")
    permit(user, "library.write")
    form = PairingForm(request.POST or None)

    def act(said: dict[str, Any]) -> HttpResponse:
        done_once(
            request,
            "pairing.written",
            lambda: actions.write_pairing(values=said, actor=user, at=now()),
            find=lambda key: Pairing.objects.get(uuid=key),
        )
        return done(request, _("The rule is written down; who it is for is worked out in a moment."), back)

    return ask(request, form, Question(_("What goes with what"), _("Save"), back=back), act)


@require_POST
def removal(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Take a rule back."""
    row = get_object_or_404(Pairing, uuid=uuid)
    actions.take_back_pairing(row=row, actor=person(request), at=now())
    undo = reverse("worth:pairing_restoration", args=[uuid])
    return done(request, _("The rule is taken back"), reverse("worth:next_need"), undo_url=undo)


@require_POST
def restoration(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Bring a rule back."""
    row = get_object_or_404(Pairing, uuid=uuid)
    actions.bring_back_pairing(row=row, actor=person(request), at=now())
    return done(request, _("The rule holds again"), reverse("worth:next_need"))
