"""How a colleague signs in: a link, a password, a closed login."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from wendu.access.verbs import permit
from wendu.identity import actions
from wendu.identity.models import User
from wendu.kernel.clock import now
from wendu.web.customers.asking import Question, ask
from wendu.web.fragments import person
from wendu.web.invitation.sending import mailed
from wendu.web.settings.answers import done
from wendu.web.settings.forms import PasswordForm
from wendu.web.settings.people import KEY, address_of, colleague_of
from wendu.web.settings.sections import enter


@require_POST
def invitation(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Make a link by which the person chooses a password; an earlier one ends."""
    colleague = _of_the_house(request, uuid)
    made = actions.invite_user(user=colleague, actor=person(request), at=now())
    return done(request, " ".join((_("The link is here."), *mailed(made))), address_of(colleague))


@require_POST
def withdrawal(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """End the link of a colleague."""
    colleague = _of_the_house(request, uuid)
    actions.withdraw_invitation(user=colleague, actor=person(request), at=now())
    return done(request, _("The link no longer works."), address_of(colleague))


@require_http_methods(["GET", "HEAD", "POST"])
def password(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Choose a new password for a colleague."""
    colleague = _of_the_house(request, uuid)
    permit(person(request), "user.set_password", colleague)

    def act(said: dict[str, Any]) -> HttpResponse:
        actions.set_password(user=colleague, password=said["password"], actor=person(request), at=now())
        words = _("%(name)s has a new password.") % {"name": colleague.display_name}
        return done(request, words, address_of(colleague))

    question = Question(_("Set a password"), _("Save"), back=address_of(colleague), intro=colleague.display_name)
    return ask(request, PasswordForm(request.POST or None), question, act)


@require_POST
def closing(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Close a login; everything the person did stays."""
    colleague = _of_the_house(request, uuid)
    actions.deactivate_user(user=colleague, actor=person(request), at=now())
    words = _("%(name)s can no longer sign in.") % {"name": colleague.display_name}
    undo = reverse("settings:person_opening", args=[colleague.uuid])
    return done(request, words, address_of(colleague), undo_url=undo)


@require_POST
def opening(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Open a closed login again."""
    colleague = _of_the_house(request, uuid)
    actions.reactivate_user(user=colleague, actor=person(request), at=now())
    return done(request, _("%(name)s can sign in again.") % {"name": colleague.display_name}, address_of(colleague))


def _of_the_house(request: HttpRequest, uuid: UUID) -> User:
    enter(request, KEY)
    return colleague_of(request, uuid)
