"""A customer who bought has left for good: said with its cause, and taken back."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from wendu.access.verbs import permit
from wendu.coach.churn import causes, declare_churned
from wendu.coach.frame import Frame
from wendu.customers.actions import undo_churn
from wendu.kernel.clock import now
from wendu.web.customers.asking import Question, ask
from wendu.web.customers.finding import visible_customer
from wendu.web.customers.forms import text
from wendu.web.fragments import person
from wendu.web.touches.answers import told


class ChurnForm(forms.Form):
    """Why they left."""

    reason = forms.ChoiceField(label=gettext_lazy("Why"), widget=forms.RadioSelect)
    note = text(gettext_lazy("Note"), 300)

    def __init__(self, *args: Any, frame: Frame, **options: Any) -> None:
        super().__init__(*args, **options)
        lang = get_language() or ""
        self.fields["reason"].choices = [(each.code, each.text.of(lang)) for each in causes(frame)]  # type: ignore[attr-defined]


@require_http_methods(["GET", "HEAD", "POST"])
def churn(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Declare a customer gone."""
    customer = visible_customer(request, uuid)
    permit(person(request), "customer.nurture", customer)
    form = ChurnForm(request.POST or None, frame=Frame.at(now()))

    def act(said: dict[str, Any]) -> HttpResponse:
        declare_churned(customer=customer, reason=said["reason"], note=said["note"], actor=person(request), at=now())
        words = _("%(customer)s counts as gone") % {"customer": customer.name}
        return told(request, customer, words, undo_url=reverse("customers:churn_undoing", args=[uuid]))

    intro = _("Nobody is sent there any more: no revisit, no next order. A new order or a new deal brings it back.")
    return ask(request, form, Question(_("Has left us"), _("Save"), customer, intro=intro), act)


@require_POST
def churn_undoing(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Take that back."""
    customer = visible_customer(request, uuid)
    undo_churn(customer=customer, actor=person(request), at=now())
    words = _("%(customer)s counts as before") % {"customer": customer.name}
    return told(request, customer, words, in_place=not request.headers.get("HX-Target"))
