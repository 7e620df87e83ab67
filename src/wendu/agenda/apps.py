"""Django configuration of the agenda room."""

from django.apps import AppConfig


class AgendaConfig(AppConfig):
    """Human steps, snoozes, due rows and notifications."""

    name = "wendu.agenda"
    label = "agenda"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from wendu.agenda.actions import forget_about
        from wendu.kernel.purge import on_purge

        on_purge(forget_about)
