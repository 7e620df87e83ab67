"""Stable symbols of the offers room."""

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


class InterestKind(TextChoices):
    """Three interests of the firm, then five of the person."""

    REVENUE = "revenue", pgettext_lazy("interest", "Earn more")
    COST = "cost", pgettext_lazy("interest", "Save cost")
    EFFICIENCY_RISK = "efficiency_risk", pgettext_lazy("interest", "Run safer")
    PHYSIOLOGICAL = "physiological", pgettext_lazy("interest", "Less trouble")
    SAFETY = "safety", pgettext_lazy("interest", "Safety")
    BELONGING = "belonging", pgettext_lazy("interest", "Belonging")
    ESTEEM = "esteem", pgettext_lazy("interest", "Esteem")
    SELF_ACTUALISATION = "self_actualisation", pgettext_lazy("interest", "Career")


class EvidenceKind(TextChoices):
    """What proves a benefit."""

    DATA = "data", pgettext_lazy("evidence", "Data")
    CASE = "case", pgettext_lazy("evidence", "A case")
    CERTIFICATE = "certificate", pgettext_lazy("evidence", "A certificate")
    TEST = "test", pgettext_lazy("evidence", "A test")
    DEMO = "demo", pgettext_lazy("evidence", "A demonstration")
    REFERENCE = "reference", pgettext_lazy("evidence", "Somebody to ask")


class MessageKind(TextChoices):
    """The three messages every key person must have heard."""

    CAN_MEET = "can_meet", pgettext_lazy("message", "We can meet your need")
    CREATES_VALUE = "creates_value", pgettext_lazy("message", "We create value for you")
    BETTER = "better", pgettext_lazy("message", "We are better than others")


class MessageState(TextChoices):
    """How far a message got."""

    SENT = "sent", pgettext_lazy("message", "Said")
    ACKNOWLEDGED = "acknowledged", pgettext_lazy("message", "Repeated in their words")


class ConcernKind(TextChoices):
    """What somebody fears about deciding."""

    PRODUCT = "product", pgettext_lazy("concern", "Product, performance")
    PRICE = "price", pgettext_lazy("concern", "Price, money")
    SUPPLIER = "supplier", pgettext_lazy("concern", "Supplier, credit")
    PERSONAL = "personal", pgettext_lazy("concern", "Own position")
    CHANGE = "change", pgettext_lazy("concern", "Change, rollout")
    TIMING = "timing", pgettext_lazy("concern", "Timing")


class ConcernState(TextChoices):
    """Where a concern stands."""

    OPEN = "open", pgettext_lazy("concern", "Open")
    ANSWERING = "answering", pgettext_lazy("concern", "Being answered")
    RESOLVED = "resolved", pgettext_lazy("concern", "Resolved, the customer says so")
    ACCEPTED = "accepted", pgettext_lazy("concern", "Known and accepted")


class ResponseKind(TextChoices):
    """How a concern is answered."""

    EVIDENCE = "evidence", pgettext_lazy("response", "Evidence")
    REFERENCE = "reference", pgettext_lazy("response", "A reference")
    GUARANTEE = "guarantee", pgettext_lazy("response", "A guarantee")
    TRIAL = "trial", pgettext_lazy("response", "A trial")
    STAGED_PAYMENT = "staged_payment", pgettext_lazy("response", "Payment in stages")
    EXPERT = "expert", pgettext_lazy("response", "An expert or executive")


class SolutionKind(TextChoices):
    """What a line of the library is: something we sell, a part of it, or the answer to a problem of an industry."""

    PRODUCT = "product", pgettext_lazy("library", "Product")
    COMPONENT = "component", pgettext_lazy("library", "Component")
    INDUSTRY = "industry", pgettext_lazy("library", "Industry solution")


class HelpKind(TextChoices):
    """How badly it is needed where it is used."""

    URGENT = "urgent", pgettext_lazy("help", "In need")
    GAP_FILLING = "gap_filling", pgettext_lazy("help", "Fills a gap")
    EXTRA = "extra", pgettext_lazy("help", "An extra")


class ProposalLanguage(TextChoices):
    """In which language a proposal is written."""

    CHINESE = "zh-hans", "中文"
    ENGLISH = "en", "English"
