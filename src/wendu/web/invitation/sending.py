"""The link of an invitation, and the mail it goes in."""

import logging
from smtplib import SMTPException
from urllib.parse import urljoin

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from wendu.identity.actions.invitations import token_of
from wendu.identity.models import Invitation, Organisation

_log = logging.getLogger(__name__)


def link_of(invitation: Invitation) -> str:
    """The link, under the configured address and never under the one a request named."""
    return urljoin(settings.BASE_URL, reverse("invitation:accept", args=[token_of(invitation)]))


def mailed(invitation: Invitation | None) -> tuple[str, ...]:
    """Mail the link where that is possible, and say so; nothing where it is not."""
    if invitation is None or not _send(invitation):
        return ()
    return (_("It was also mailed to %(address)s.") % {"address": invitation.user.email},)


def _send(invitation: Invitation) -> bool:
    """Mail the link in the person's language; says whether a mail server took it."""
    user = invitation.user
    if not user.email or not settings.EMAIL_HOST:
        return False
    house = Organisation.objects.current()
    with translation.override(user.language or house.language):
        words = {"user": user, "house": house, "invitation": invitation, "link": link_of(invitation)}
        subject = _("Wendu") + " · " + _("Your login at %(house)s") % {"house": house.name}
        message = EmailMessage(subject, render_to_string("account/email/invitation.txt", words), to=[user.email])
    try:
        return bool(message.send())
    except (OSError, SMTPException):
        _log.exception("the invitation of user %s could not be mailed", user.pk)
        return False
