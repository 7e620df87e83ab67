"""Django configuration of the access room."""

from django.apps import AppConfig


class AccessConfig(AppConfig):
    """Seeing and doing; owns no tables."""

    name = "wendu.access"
    label = "access"

    def ready(self) -> None:
        from wendu.access.verbs import permit
        from wendu.kernel.ports import plug_permit

        plug_permit(permit)
