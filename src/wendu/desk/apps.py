"""Django configuration of the desk."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """Reads whole screens; owns no tables. Keeps the indexes the saved views ask for."""

    name = "wendu.desk"
    label = "desk"

    def ready(self) -> None:
        from wendu.desk.jobs import ask_for_indexes
        from wendu.journal.subscriptions import subscribe

        for verb in (
            "view.saved",
            "view.changed",
            "view.deleted",
            "view.restored",
            "field.retired",
            "field.reinstated",
        ):
            subscribe(verb, ask_for_indexes)
