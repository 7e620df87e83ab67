"""Django configuration of insights."""

from django.apps import AppConfig


class InsightsConfig(AppConfig):
    """What the orders of the house say: scores of every customer, and how far to trust them."""

    name = "wendu.insights"
    label = "insights"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from wendu.insights.actions import MOVES, follow
        from wendu.insights.pairings import CHANGES, look_again
        from wendu.journal.subscriptions import subscribe

        for verb in MOVES:
            subscribe(verb, follow)
        for verb in CHANGES:
            subscribe(verb, look_again)
