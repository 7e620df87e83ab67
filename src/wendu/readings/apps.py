"""Django configuration of the readings room."""

from django.apps import AppConfig


class ReadingsConfig(AppConfig):
    """What the method thought, and where a human overruled it."""

    name = "wendu.readings"
    label = "readings"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from wendu.kernel.purge import on_purge
        from wendu.readings.actions import forget_about

        on_purge(forget_about)
