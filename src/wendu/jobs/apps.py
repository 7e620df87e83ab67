"""Django configuration of the jobs room."""

from django.apps import AppConfig


class JobsConfig(AppConfig):
    """Machine work: Job rows over the queue library."""

    name = "wendu.jobs"
    label = "jobs"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from wendu.jobs import checks  # noqa: F401  registers the checks
