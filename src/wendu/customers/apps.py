"""Django configuration of the customers room."""

from django.apps import AppConfig


class CustomersConfig(AppConfig):
    """Customers, their people, and in whose hands they are."""

    name = "wendu.customers"
    label = "customers"

    def ready(self) -> None:
        from wendu.agenda.rules import on_due
        from wendu.customers.actions.pursuit import WAKE_RULE
        from wendu.customers.choices import NurtureKind
        from wendu.customers.jobs import follow_team, wake_customer
        from wendu.customers.models import Customer, Nurture
        from wendu.customers.queries import clear_to, visible_to
        from wendu.journal.subscriptions import subscribe
        from wendu.packs.references import CauseInUse, register_users
        from wendu.search.visibility import register_visibility

        register_visibility(visible_to, clear=clear_to)
        on_due(WAKE_RULE, wake_customer)
        subscribe("user.team_set", follow_team)
        register_users("factors.industry", lambda code: Customer.objects.filter(industry=code).count())
        register_users(
            "churn_reasons",
            lambda code: Nurture.objects.filter(kind=NurtureKind.CHURNED, reason=code).count(),
            CauseInUse,
        )
