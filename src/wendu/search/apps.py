"""Django configuration of the search room."""

from django.apps import AppConfig


class SearchConfig(AppConfig):
    """One row of tokens per findable thing."""

    name = "wendu.search"
    label = "search"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from wendu.kernel.purge import on_purge
        from wendu.search.actions import forget_about

        on_purge(forget_about)
