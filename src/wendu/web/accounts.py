"""How people come in: no sign-up, their own language, and links in mails that only ever name the configured address."""

from typing import Any
from urllib.parse import urljoin, urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.views import LogoutView
from django.conf import settings
from django.core.mail import EmailMessage
from django.http import HttpRequest
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from wendu.identity.actions import set_password
from wendu.identity.models import Organisation, User
from wendu.kernel.clock import now


class AccountAdapter(DefaultAccountAdapter):
    """Wendu's rules for accounts."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002  the library asks this way
        """Nobody signs up; an administrator creates colleagues."""
        return False

    def get_reset_password_from_key_url(self, key: str) -> str:
        """Link of a reset mail, built from the configured base URL and never from the request's host."""
        path = reverse("account_reset_password_from_key", kwargs={"uidb36": "UID", "key": "KEY"})
        return urljoin(settings.BASE_URL, path.replace("UID-KEY", key))

    def format_email_subject(self, subject: str) -> str:
        """Put our name in front, whatever host the request named."""
        return f"{_('Wendu')} · {subject}"

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Write a mail in its reader's language; the library's own would name the host of the request."""
        reader = context.get("user")
        chosen = reader.language if isinstance(reader, User) else ""
        with translation.override(chosen or Organisation.objects.current().language):
            self.render_mail(template_prefix, email, {**context, **_letterhead(email)}).send()

    def render_mail(
        self, template_prefix: str, email: str | list[str], context: dict[str, Any], headers: Any = None
    ) -> EmailMessage:
        """Render without the request, so that nothing of it can get into a mail."""
        letterhead = _letterhead(email if isinstance(email, str) else "")
        message: EmailMessage = super().render_mail(template_prefix, email, {**context, **letterhead}, headers)
        return message

    def set_password(self, user: User, password: str) -> None:
        """Set a password through the action, which journals it; every other session of the user ends by it."""
        set_password(user=user, password=password, actor=user, at=now())


class Leaving(LogoutView):
    """Signing out; whoever signs in next begins on a page of their own, not on the one that was open here."""

    def get_next_url(self) -> None:
        """Nowhere but to the door."""


def _letterhead(email: str) -> dict[str, Any]:
    site = {"name": Organisation.objects.current().name, "domain": urlsplit(settings.BASE_URL).netloc}
    return {"email": email, "current_site": site, "base_url": settings.BASE_URL, "request": None}
