"""Who brought whom: the tree of it around a customer, who brought it written down, and taken back."""

from collections.abc import Mapping
from typing import Any, ClassVar
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST, require_safe

from wendu.access.verbs import permit
from wendu.customers.actions import set_referrer, take_back_referrer
from wendu.customers.models import Contact, Customer
from wendu.customers.queries import customers_named
from wendu.desk.circle import circle_of
from wendu.identity.models import User
from wendu.kernel.clock import now
from wendu.web.customers.asking import Question, ask
from wendu.web.customers.finding import visible_customer
from wendu.web.customers.forms import named_customer, text
from wendu.web.fragments import is_fragment, person
from wendu.web.guarded import GuardedForm
from wendu.web.touches.answers import told


class ReferrerForm(GuardedForm):
    """Which customer brought this one, and who of its people; one that is not seen is kept unless another is named."""

    kept_as: ClassVar[Mapping[str, str]] = {"person": "referrer_contact"}
    referrer = text(gettext_lazy("Brought by the customer"), 200)
    person = text(gettext_lazy("By which of its people"), 100)

    def __init__(self, *args: Any, customer: Customer, user: User, **options: Any) -> None:
        super().__init__(*args, stands=customer, reader=user, **options)
        self.standing = Customer.objects.visible_to(user).standing().filter(pk=customer.referrer_id or 0).first()
        self.fields["referrer"].widget.attrs |= {"list": "referrer-names", "autocomplete": "off"}
        self.fields["referrer"].help_text = _("Its exact name or number; empty: nobody brought them.")
        if self.standing is not None:
            by = customer.referrer_contact
            self.initial.update(referrer=self.standing.name, person=by.name if by else "")
        elif customer.referrer_id is not None:
            self.fields["referrer"].help_text = _(
                "A customer you do not see brought them. Whom you name takes its place."
            )

    def clean_referrer(self) -> Customer | None:
        """Find the customer by its name or number."""
        name = self.cleaned_data["referrer"].strip()
        if self.standing is not None and name == self.standing.name:
            return self.standing
        return named_customer(self.reader, name) if name else None

    def clean(self) -> dict[str, Any]:
        """Find the person among those of that customer."""
        said = super().clean() or self.cleaned_data
        name, referrer = said.get("person", "").strip(), said.get("referrer")
        said["contact"] = None
        if name and "referrer" in said:
            seen = Contact.objects.visible_to(self.reader).standing()
            found = list(seen.filter(customer=referrer, name=name).order_by("pk")[:1]) if referrer else []
            if not found:
                self.add_error("person", _("Nobody of that name works there. Add the person there first, or mend it."))
            said["contact"] = next(iter(found), None)
        return said


@require_safe
def circle(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Who brought this customer, and whom it brought."""
    customer = visible_customer(request, uuid)
    context = {"circle": circle_of(person(request), customer, now()), "customer": customer}
    is_card = is_fragment(request) and request.headers.get("HX-Target") == "circle"
    return render(request, "customers/_circle.html" if is_card else "customers/circle.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def referrer(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Write down who brought a customer."""
    customer, user = visible_customer(request, uuid), person(request)
    permit(user, "customer.edit", customer)
    form = ReferrerForm(request.POST or None, customer=customer, user=user)

    def act(said: dict[str, Any]) -> HttpResponse:
        by, contact = said["referrer"], said["contact"]
        if not form.changed():
            return told(request, customer, _("Nothing was changed."))
        set_referrer(customer=customer, referrer=by, contact=contact, actor=user, at=now())
        words = (
            _("%(customer)s was brought by %(referrer)s") % {"customer": customer.name, "referrer": by.name}
            if by
            else _("Nobody is written down any more as having brought %(customer)s") % {"customer": customer.name}
        )
        return told(request, customer, words, undo_url=reverse("customers:referrer_undoing", args=[uuid]))

    intro = _("A customer is brought by one other at most: by whoever told them about us.")
    question = Question(
        _("Who brought them"), _("Save"), customer, intro=intro, extra="customers/_names_watch.html", beneath="referrer"
    )
    return ask(request, form, question, act)


@require_POST
def referrer_undoing(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Take one's own word of it back."""
    customer = visible_customer(request, uuid)
    take_back_referrer(customer=customer, actor=person(request), at=now())
    words = _("Taken back: %(customer)s is as it was before") % {"customer": customer.name}
    return told(request, customer, words, in_place=not request.headers.get("HX-Target"))


@require_GET
def names(request: HttpRequest) -> HttpResponse:
    """Names of customers one sees that begin with what is typed, to choose from."""
    typed = request.GET.get("referrer", "").replace("\x00", "")[:200]
    return render(request, "customers/_names.html", {"names": customers_named(person(request), typed)})
