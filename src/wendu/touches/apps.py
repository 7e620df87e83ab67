from django.apps import AppConfig


class TouchesConfig(AppConfig):
    """The log room."""

    name = "wendu.touches"

    def ready(self) -> None:
        """A deal that is lost closes what was agreed for it, and opens it again when it goes on."""
        from wendu.journal.subscriptions import subscribe
        from wendu.touches.jobs import reopen_with_deal, settle_with_deal

        subscribe("opportunity.closed", settle_with_deal)
        subscribe("opportunity.closure_withdrawn", reopen_with_deal)
        subscribe("opportunity.reopened", reopen_with_deal)
