from django.apps import AppConfig


class CoachConfig(AppConfig):
    name = "wendu.coach"

    def ready(self) -> None:
        """Listen to what changes a standing, inside the transaction that changes it."""
        from wendu.coach import subscriptions  # noqa: PLC0415  (models are loaded only now)

        subscriptions.connect()
