"""Writing a mail in its reader's language, as plain text and simple HTML, without a phone number in it."""

import logging
import re
from collections.abc import Callable, Mapping
from smtplib import SMTPException
from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from wendu.identity.models import Organisation, User
from wendu.kernel.phones import mask_phone
from wendu.web.letters.look import LOOK

# What people write into a plan may hold a number: mobiles, lines with an area code, and whatever begins with a country.
_PHONE = re.compile(
    r"(?<![\d.])(?:\+\d{1,3}[ -]?)?(?:1[3-9]\d(?:[ -]?\d{4}){2}|0\d{2,3}[ -]?\d{7,8})(?!\d)|\+\d[\d -]{7,}\d"
)
NOWHERE = {f"django.core.mail.backends.{name}.EmailBackend" for name in ("console", "dummy")}

_log = logging.getLogger(__name__)


class NoPost(Exception):
    """The mail server took nothing: try again at the next round."""


def can_post() -> bool:
    """Tell whether there is a mail server: without one, mails are shown on the terminal or dropped."""
    return settings.EMAIL_BACKEND not in NOWHERE


def post(user: User, template: str, write: Callable[[], tuple[str, Mapping[str, Any]] | None]) -> bool:
    """Mail a person what `write` says in their language (subject and values); nothing to say, no mail.

    Raises `NoPost` if the mail server cannot be reached or refuses.
    """
    house = Organisation.objects.current()
    with translation.override(user.language or house.language):
        written = write()
        if written is None:
            return False
        subject, values = written
        choices = link("notifications:choices")
        pages = {"choices_url": choices, "today_url": link("today:today"), "notices_url": link("notifications:list")}
        context = {**values, **pages, "reader": user, "house": house, "look": LOOK}
        text = without_phones(render_to_string(f"letters/{template}.txt", context))
        html = without_phones(render_to_string(f"letters/{template}.html", context))
        message = EmailMultiAlternatives(
            without_phones(f"{_('Wendu')} · {subject}"),
            text,
            to=[user.email],
            headers={"List-Unsubscribe": f"<{choices}>", "Auto-Submitted": "auto-generated"},
        )
    message.attach_alternative(html, "text/html")
    try:
        return bool(message.send())
    except (OSError, SMTPException) as fault:
        _log.exception("a letter to user %s could not be mailed", user.pk)
        raise NoPost from fault


def link(view: str, *args: Any) -> str:
    """The address of a page under the configured one."""
    return absolute(reverse(view, args=args))


def absolute(path: str) -> str:
    """An address of ours as it can be opened from a mail."""
    return urljoin(settings.BASE_URL, path)


def without_phones(text: str) -> str:
    """Mask every phone number: a mail may be read by whoever holds the phone."""
    return _PHONE.sub(lambda found: mask_phone(found[0]), text)
