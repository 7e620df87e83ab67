"""Touches that waited on a device: taken once under their key, or answered with the reason they cannot be."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from wendu.access.verbs import permit
from wendu.coach.frame import Frame
from wendu.customers.models import Customer
from wendu.customers.queries import is_now
from wendu.identity.models import Organisation, User
from wendu.journal.actions import receipt_of
from wendu.kernel.clock import now
from wendu.kernel.errors import ActionError
from wendu.touches.actions import log_touch
from wendu.web.fragments import person
from wendu.web.offline.letter import Letter
from wendu.web.touches.choosing import at_hand, found
from wendu.web.touches.forms import LogForm
from wendu.web.touches.newcomer import written_with_newcomer
from wendu.web.touches.offer import offer_for
from wendu.web.touches.saying import moved

OTHERS, REFUSED = 409, 422


@never_cache
@require_safe
def shelf(request: HttpRequest) -> HttpResponse:
    """Say who is signed in, with what token to send, and the names a device keeps at hand."""
    user = person(request)
    rows = [
        {"uuid": str(row.uuid), "name": row.name} for row in at_hand(user, Organisation.objects.current().today(now()))
    ]
    return JsonResponse({"person": str(user.uuid), "token": get_token(request), "customers": rows})


@never_cache
@require_POST
def take(request: HttpRequest) -> HttpResponse:
    """Take one touch: saved, taken before, refused with reasons, or not of the person who is signed in."""
    user = person(request)
    if request.POST.get("person") != str(user.uuid):
        return JsonResponse({"answer": "other"}, status=OTHERS)
    letter = Letter(request.POST)
    is_readable, key = letter.is_valid(), letter.cleaned_data.get("key", "")
    if key and _taken(user, key):  # before anything is judged: its own first arrival may have changed what is judged
        return _duplicate()
    if not is_readable:
        return _refused(list(_of_form(letter)))
    answer = _logged(request, user, letter)
    return _duplicate() if answer.status_code == REFUSED and _taken(user, key) else answer


def _logged(request: HttpRequest, user: User, letter: Letter) -> HttpResponse:
    customer = _customer(user, letter)
    if customer is None:
        return _whose(user, letter)
    try:
        permit(user, "touch.log", customer)
        frame = Frame.at(now())
        form = LogForm(
            letter.touch(request.POST),
            offer=offer_for(user, customer, frame=frame, lang=get_language() or ""),
            today=frame.today,
        )
        return _written(user, letter, form, frame)
    except ActionError as refused:
        return _refused([refused.text()])


def _written(user: User, letter: Letter, form: LogForm, frame: Frame) -> HttpResponse:
    if not form.judge() or form.draft is None:
        deals = [{"value": str(deal.pk), "words": deal.title} for deal in form.offer.deals]
        return _refused(list(_of_log(form)), deals=deals if "opportunity" in form.errors else [])
    key, at = letter.cleaned_data["key"], now()
    touch = written_with_newcomer(
        form,
        form.draft,
        lambda draft: log_touch(customer=form.customer, actor=user, at=at, draft=draft, key=key),
        actor=user,
        at=at,
        key=key,
    )
    words, undo_url = moved(touch, before=form.offer.heat, frame=frame), reverse("touches:undoing", args=[touch.uuid])
    return JsonResponse({"answer": "saved", "said": words, "undo": undo_url})


def _customer(user: User, letter: Letter) -> Customer | None:
    rows = Customer.objects.visible_to(user).standing().select_related("owner", "team")
    asked = letter.cleaned_data["customer"]
    return rows.filter(uuid=asked).first() or (is_now(rows, asked) if asked else None)


def _whose(user: User, letter: Letter) -> HttpResponse:
    """Ask whom it was with: the name was written by hand, or its customer is gone; nobody is guessed."""
    name = letter.cleaned_data["whom"]
    rows = [{"value": str(row.uuid), "words": row.name} for row in (found(user, name) if name else [])]
    if letter.cleaned_data["customer"]:
        why = _("This customer is no longer among yours. Choose whom it was with, or discard it.")
    elif rows:
        why = _("Written by hand: choose which customer it was.")
    else:
        why = _("No customer of yours is called that. Write another name, or add the customer first.")
    return _refused([why], customers=rows)


def _taken(user: User, key: str) -> bool:
    receipt = receipt_of(user, key)
    return receipt is not None and receipt.verb == "touch.logged" and receipt.subject_uuid is not None


def _duplicate() -> HttpResponse:
    return JsonResponse({"answer": "duplicate", "said": _("Was in the log already")})


def _refused(reasons: list[str], **choices: list[dict[str, str]]) -> HttpResponse:
    empty: dict[str, Any] = {"customers": [], "deals": []}
    return JsonResponse({"answer": "refused", "reasons": reasons, **empty, **choices}, status=REFUSED)


def _of_log(form: LogForm) -> Iterator[str]:
    for lines in (form.promises, form.tails):
        yield from (str(error) for error in lines.non_form_errors())
    for each in (form, *form.promises.forms, *form.tails.forms):
        yield from _of_form(each)


def _of_form(form: Any) -> Iterator[str]:
    for name, errors in form.errors.items():
        label = form.fields[name].label if name in form.fields else None
        yield from (f"{label}: {error}" if label else str(error) for error in errors)
