"""Closed lists of the identity room."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Role(TextChoices):
    """What a person does here; decides what is seen and done (method: section 4, roles)."""

    REP = "rep", _("Sales rep")
    MANAGER = "manager", _("Sales manager")
    SERVICE = "service", _("Service")
    MARKETING = "marketing", _("Marketing")
    EXECUTIVE = "executive", _("Executive")
    ADMIN = "admin", _("Administrator")


class Language(TextChoices):
    """Language of the screens; empty follows the browser."""

    BROWSER = "", _("Follow the browser")
    CHINESE = "zh-hans", "简体中文"
    ENGLISH = "en", "English"


class HouseLanguage(TextChoices):
    """Language of the house: for new colleagues, for mails, and where a browser asks for none we speak."""

    CHINESE = "zh-hans", "简体中文"
    ENGLISH = "en", "English"


class Theme(TextChoices):
    """Light or dark screens."""

    SYSTEM = "system", _("Follow the system")
    LIGHT = "light", _("Light")
    DARK = "dark", _("Dark")


class HolidaySource(TextChoices):
    """Where a stopped day comes from."""

    CALENDAR = "calendar", _("Public calendar")
    MANUAL = "manual", _("Entered by hand")
