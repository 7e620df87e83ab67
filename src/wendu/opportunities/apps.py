"""Django configuration of the opportunities room."""

from django.apps import AppConfig


class OpportunitiesConfig(AppConfig):
    """Opportunities, who decides them, and how they end."""

    name = "wendu.opportunities"
    label = "opportunities"

    def ready(self) -> None:
        from wendu.agenda.rules import on_due
        from wendu.customers.actions import register_carrier
        from wendu.customers.choices import FieldAbout
        from wendu.journal.subscriptions import subscribe
        from wendu.opportunities.actions.rests import RESUME_RULE
        from wendu.opportunities.jobs import keep_deal_owner, resume_deal
        from wendu.opportunities.models import Opportunity

        on_due(RESUME_RULE, resume_deal)
        subscribe("customer.owner_changed", keep_deal_owner)
        register_carrier(FieldAbout.OPPORTUNITY, Opportunity)
