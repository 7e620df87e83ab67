"""Django configuration of agreements."""

from django.apps import AppConfig


class AgreementsConfig(AppConfig):
    """Contracts, orders, receipts, returns and subscriptions."""

    name = "wendu.agreements"
    label = "agreements"
    default_auto_field = "django.db.models.BigAutoField"
