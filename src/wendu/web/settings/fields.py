"""The company's own fields of customers, people and deals: define, edit, sort, take out of use and back."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from wendu.access.verbs import can, permit
from wendu.customers.actions import define_field, edit_field, move_field, reinstate_field, retire_field
from wendu.customers.choices import FieldAbout
from wendu.customers.models import CustomField
from wendu.customers.queries import all_fields
from wendu.desk.wording import lang
from wendu.kernel.clock import now
from wendu.web.customers.asking import Question, ask
from wendu.web.fragments import person
from wendu.web.settings.answers import done
from wendu.web.settings.field_forms import FieldForm, NewFieldForm
from wendu.web.settings.sections import enter, shown

KEY = "fields"
WAYS = {"up": -1, "down": 1}
OPTIONS = "settings/_options.html"
_THERE = {
    FieldAbout.CUSTOMER: gettext_lazy("Field “%(name)s” is there; customers show it."),
    FieldAbout.CONTACT: gettext_lazy("Field “%(name)s” is there; people show it."),
    FieldAbout.OPPORTUNITY: gettext_lazy("Field “%(name)s” is there; deals show it."),
}


@require_safe
def fields(request: HttpRequest) -> HttpResponse:
    """All fields by what they are about, in the order they are shown in; those out of use below."""
    section, user = enter(request, KEY), person(request)
    rows = list(all_fields(user))
    standing = [field for field in rows if field.retired_at is None]
    context = {
        "piles": [
            (about, FieldAbout(about).label, [_row(field) for field in standing if field.about == about])
            for about in FieldAbout
        ],
        "retired": [_row(field) for field in rows if field.retired_at is not None],
        "may_edit": can(user, "field.define"),
    }
    return shown(request, section, "settings/fields.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Define a field; it stands below the others about the same."""
    enter(request, KEY)
    user = person(request)
    permit(user, "field.define")

    def act(said: dict[str, Any]) -> HttpResponse:
        about = FieldAbout(said.pop("about"))
        below = max((field.position for field in all_fields(user).filter(about=about)), default=-1) + 1
        field = define_field(about=about, actor=user, at=now(), position=below, **said)
        return done(request, _THERE[about] % {"name": name_of(field)}, _home())

    question = Question(_("New field"), _("Add"), back=_home(), extra=OPTIONS)
    first = request.GET.get("about", "")
    initial = {"about": first if first in FieldAbout.values else FieldAbout.CUSTOMER}
    return ask(request, NewFieldForm(request.POST or None, initial=initial), question, act)


@require_http_methods(["GET", "HEAD", "POST"])
def field(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Change the words of a field, and what can be chosen."""
    found = _found(request, uuid)
    permit(person(request), "field.define")

    def act(said: dict[str, Any]) -> HttpResponse:
        words = {name: said[name] for name in ("label_zh", "label_en")}
        edit_field(field=found, changes=words, options=said["options"], actor=person(request), at=now())
        return done(request, _("Field “%(name)s” saved.") % {"name": name_of(found)}, _home())

    form = FieldForm(request.POST or None, field=found)
    question = Question(_("Edit field"), _("Save"), back=_home(), extra=OPTIONS if form.asks_for_options else "")
    return ask(request, form, question, act)


@require_POST
def moving(request: HttpRequest, uuid: UUID, way: str) -> HttpResponse:
    """Move a field up or down by one."""
    found = _found(request, uuid, is_retired=False)
    if way not in WAYS:
        raise Http404
    move_field(field=found, by=WAYS[way], actor=person(request), at=now())
    return done(request, _("The order is saved."), _home())


@require_POST
def retiring(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Take a field out of use; its values stay."""
    found = _found(request, uuid, is_retired=False)
    retire_field(field=found, actor=person(request), at=now())
    words = _("Field “%(name)s” is out of use; its values stay.") % {"name": name_of(found)}
    return done(request, words, _home(), undo_url=reverse("settings:field_return", args=[found.uuid]))


@require_POST
def returning(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Take a field into use again."""
    found = _found(request, uuid, is_retired=True)
    reinstate_field(field=found, actor=person(request), at=now())
    return done(request, _("Field “%(name)s” is in use again.") % {"name": name_of(found)}, _home())


def name_of(field: CustomField) -> str:
    """What the reader calls a field."""
    return str(field.label_zh if lang() == "zh" else field.label_en)


def _row(field: CustomField) -> dict[str, Any]:
    options = [option[lang()] for option in field.options]
    about = FieldAbout(field.about).label
    return {"field": field, "name": name_of(field), "options": options, "about": about}


def _found(request: HttpRequest, uuid: UUID, *, is_retired: bool | None = None) -> CustomField:
    enter(request, KEY)
    rows = all_fields(person(request))
    if is_retired is not None:
        rows = rows.filter(retired_at__isnull=not is_retired)
    found: CustomField = get_object_or_404(rows, uuid=uuid)
    return found


def _home() -> str:
    return reverse("settings:fields")
