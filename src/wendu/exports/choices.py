"""Closed lists of the exports."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Kind(TextChoices):
    """What the rows of a table are; or all tables there are, in one archive."""

    CUSTOMERS = "customers", pgettext_lazy("place", "Customers")
    CONTACTS = "contacts", pgettext_lazy("rows of a file", "Contacts")
    OPPORTUNITIES = "opportunities", pgettext_lazy("rows of a file", "Opportunities")
    TOUCHES = "touches", _("Touches")
    ORDERS = "orders", pgettext_lazy("rows of a file", "Orders")
    RECEIPTS = "receipts", pgettext_lazy("rows of a file", "Receipts")
    SUBSCRIPTIONS = "subscriptions", pgettext_lazy("rows of a file", "Subscriptions")
    CONTRACTS = "contracts", pgettext_lazy("rows of a file", "Contracts")
    PRODUCTS = "products", pgettext_lazy("rows of a file", "Products")
    COMMITMENTS = "commitments", pgettext_lazy("rows of a file", "What customers agreed to do")
    PROMISES = "promises", pgettext_lazy("rows of a file", "Our promises")
    INFLUENCERS = "influencers", pgettext_lazy("rows of a file", "Who decides")
    DEMANDS = "demands", pgettext_lazy("rows of a file", "Requests and needs")
    REWORDINGS = "rewordings", pgettext_lazy("rows of a file", "Requests told back")
    CRITERIA = "criteria", pgettext_lazy("rows of a file", "What they decide by")
    EFFECTS = "effects", pgettext_lazy("rows of a file", "What they gain")
    TRUST_RATINGS = "trust_ratings", pgettext_lazy("rows of a file", "Trust")
    INTERESTS = "interests", pgettext_lazy("rows of a file", "Interests")
    BENEFIT_CARDS = "benefit_cards", pgettext_lazy("rows of a file", "Benefit cards")
    VALUE_MESSAGES = "value_messages", pgettext_lazy("rows of a file", "Value messages")
    CONCERNS = "concerns", pgettext_lazy("rows of a file", "Concerns")
    WORTHS = "worths", pgettext_lazy("rows of a file", "Value and cost")
    COMPETITORS = "competitors", pgettext_lazy("rows of a file", "Competitors")
    EXPECTATIONS = "expectations", pgettext_lazy("rows of a file", "Expectations")
    DEAL_SHEETS = "deal_sheets", pgettext_lazy("rows of a file", "Deal sheets")
    QUOTE_LINES = "quote_lines", pgettext_lazy("rows of a file", "Lines of quotes")
    ACCOUNT = "account", _("Whole account")


class Ending(TextChoices):
    """What file a table is written to."""

    CSV = "csv", pgettext_lazy("kind of file", "CSV")
    XLSX = "xlsx", pgettext_lazy("kind of file", "Excel (XLSX)")
    ZIP = "zip", pgettext_lazy("kind of file", "ZIP")


TABLES = [choice for choice in Kind.choices if choice[0] != Kind.ACCOUNT]
TABLE_FILES = [choice for choice in Ending.choices if choice[0] != Ending.ZIP]


class Columns(TextChoices):
    """Which columns go out."""

    SHOWN = "shown", pgettext_lazy("columns of a file", "Those the list shows")
    ALL = "all", pgettext_lazy("columns of a file", "Every column there is")
