"""How content a customer is: what they told, written down, corrected, taken back."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from wendu.access.verbs import can, permit
from wendu.care import actions
from wendu.care.facts import satisfactions_of
from wendu.care.models import Satisfaction
from wendu.care.queries import answers_of
from wendu.coach.frame import Frame
from wendu.customers.models import Contact, Customer
from wendu.desk.wording_content import content_words
from wendu.kernel.clock import now
from wendu.web.agreements.ways_back import Removable
from wendu.web.care.forms import AnswerForm, EditAnswerForm
from wendu.web.customers.asking import Question, ask
from wendu.web.customers.finding import visible_customer
from wendu.web.fragments import done_once, person
from wendu.web.touches.answers import told

AT_MOST = 200
RELATED = ("customer__owner", "customer__team", "contact")


def _page_of(row: Satisfaction) -> str:
    return reverse("care:answers", args=[row.customer.uuid])


ANSWER = Removable(
    model=Satisfaction,
    named="satisfaction",
    remove=actions.delete_satisfaction,
    restore=actions.restore_satisfaction,
    gone=gettext_lazy("The answer is taken back"),
    back=gettext_lazy("The answer is back"),
    way_back="care:restoration",
    page=_page_of,
)
deletion, restoration = require_POST(ANSWER.removal), require_POST(ANSWER.restoration)


@require_safe
def answers(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """How content one customer is, and what they told, the latest first."""
    customer, user, frame = visible_customer(request, uuid), person(request), Frame.at(now())
    rows = list(answers_of(user, customer)[: AT_MOST + 1])
    reading = satisfactions_of([customer.pk], on=frame.today, scale=frame.scale.satisfaction).get(customer.pk)
    context = {
        "customer": customer,
        "content": content_words(reading),
        "rows": rows[:AT_MOST],
        "has_more": len(rows) > AT_MOST,
        "scale": frame.scale.satisfaction,
        "may_write": can(user, "satisfaction.write", customer),
    }
    return render(request, "care/answers.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Write down what a customer told."""
    customer, user = visible_customer(request, uuid), person(request)
    permit(user, "satisfaction.write", customer)
    form = AnswerForm(request.POST or None, people=_people(customer), initial={"told_on": Frame.at(now()).today})

    def act(_said: dict[str, Any]) -> HttpResponse:
        row, _is_new = done_once(
            request,
            "satisfaction.written",
            lambda: actions.write_satisfaction(customer=customer, values=form.values(), actor=user, at=now()),
            find=lambda key: Satisfaction.objects.get(uuid=key),
        )
        undo = reverse("care:deletion", args=[row.uuid])
        return told(request, customer, _("The answer is written down"), undo_url=undo, back=_page_of(row))

    intro = _("Ask for both, each on the same ten. Below what they counted on, put it right before you ask for more.")
    back = reverse("care:answers", args=[customer.uuid])
    question = Question(_("How content are they?"), _("Save"), customer, intro=intro, back=back)
    return ask(request, form, question, act)


@require_http_methods(["GET", "HEAD", "POST"])
def correction(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Correct what was written down."""
    rows = Satisfaction.objects.visible_to(person(request)).standing().filter(customer__deleted_at__isnull=True)
    row: Satisfaction = get_object_or_404(rows.select_related(*RELATED), uuid=uuid)
    permit(person(request), "satisfaction.write", row)
    people = _people(row.customer)
    if row.contact is not None and row.contact not in people:
        people.append(row.contact)  # who told it told it, even if gone since
    form = EditAnswerForm(request.POST or None, people=people, stands=row, reader=person(request))
    stands = {name: getattr(row, name) for name in AnswerForm.base_fields if name != "contact"}
    form.initial = {**stands, "contact": row.contact_id}

    def act(_said: dict[str, Any]) -> HttpResponse:
        changes = form.only_changed(form.values())
        actions.correct_satisfaction(satisfaction=row, changes=changes, actor=person(request), at=now())
        return told(request, row.customer, _("The answer is corrected"), back=_page_of(row))

    question = Question(_("Correct the answer"), _("Save"), row.customer, back=_page_of(row))
    return ask(request, form, question, act)


def _people(customer: Customer) -> list[Contact]:
    return list(Contact.objects.standing().filter(customer=customer).order_by("name", "pk"))
