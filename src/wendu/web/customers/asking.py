"""One question at a time: a small form as a page or in the drawer, one action, and a word of what was done."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from wendu.customers.models import Customer
from wendu.kernel.errors import ActionError, Denied
from wendu.touches.actions.errors import DraftRefused
from wendu.web.fragments import is_fragment
from wendu.web.touches.answers import told


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of whom: the title, the button, a line of explanation, and where one came from."""

    title: str
    submit: str
    customer: Customer | None = None
    about: str = ""
    intro: str = ""
    back: str = ""
    extra: str = ""
    beneath: str = ""  # the field under which the extra stands; without one, under all
    more: str = ""  # the button that asks for one more line; the form shows what was typed, unjudged

    @property
    def back_url(self) -> str:
        """Where closing leads without a script."""
        if self.back or self.customer is None:
            return self.back or reverse("customers:list")
        return reverse("customers:page", kwargs={"uuid": self.customer.uuid})


MORE, LONGEST_NUMBER = "more", 3
Act = Callable[[dict[str, Any]], HttpResponse | str]


def ask(request: HttpRequest, form: forms.Form, question: Question, act: Act) -> HttpResponse:
    """Show the form, or carry out what it asks; a refusal is shown at its field with 422."""
    if request.method != "POST":
        return _shown(request, form, question)
    if question.more and MORE in request.POST:
        sent = form.data
        form.errors.clear()  # one is still writing: nothing is wrong yet
        form.data = sent
        return _shown(request, form, question)
    answers: list[HttpResponse | str] = []
    if not carried_out(form, lambda said: answers.append(act(said))):
        return _shown(request, form, question, status=422)
    done = answers[0]
    if isinstance(done, HttpResponse) or question.customer is None:
        return done if isinstance(done, HttpResponse) else _shown(request, form, question)
    return told(request, question.customer, done, back=question.back)


def carried_out(form: forms.Form, act: Callable[[dict[str, Any]], object]) -> bool:
    """Do what a form asks; a refusal stands at its field, and nothing was written."""
    if not form.is_valid():
        return False
    try:
        act(form.cleaned_data)
    except Denied:
        raise
    except ActionError as refused:
        blame(form, refused)
        return False
    return True


def blame(form: forms.Form, refused: ActionError) -> None:
    """Put what was refused at its field; what has none stands on top."""
    for error in refused.errors if isinstance(refused, DraftRefused) else [refused]:
        name = (error.field or "").rpartition(".")[2] if error.field not in form.fields else error.field
        form.add_error(name if name in form.fields else None, error.text())


def lines_asked(request: HttpRequest, parts: Collection[str], known: int, *, most: int) -> int:
    """How many lines a form has that grows: those known and an empty one, those sent back, one more where asked for."""
    if request.method != "POST":
        return min(known + 1, most)
    numbers = (name.rpartition("_") for name in request.POST)
    sent = max((int(number) for name, _bar, number in numbers if name in parts and _is_short(number)), default=1)
    return min(max(sent, known) + (MORE in request.POST), most)


def _is_short(number: str) -> bool:
    return number.isascii() and number.isdecimal() and len(number) <= LONGEST_NUMBER


def _shown(request: HttpRequest, form: forms.Form, question: Question, *, status: int = 200) -> HttpResponse:
    context = {
        "form": form,
        "fields": getattr(form, "shown", form),
        "folds": getattr(form, "folds", ()),
        "question": question,
        "in_drawer": is_fragment(request),
        "here": request.get_full_path(),
    }
    template = "customers/_ask.html" if is_fragment(request) else "customers/ask.html"
    return render(request, template, context, status=status)
