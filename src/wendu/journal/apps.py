"""Django configuration of the journal room."""

from django.apps import AppConfig


class JournalConfig(AppConfig):
    """Entries, subscriptions, receipts."""

    name = "wendu.journal"
    label = "journal"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from wendu.journal.actions import record
        from wendu.kernel.ports import plug_record

        plug_record(record)
