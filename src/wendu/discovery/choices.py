"""Stable symbols of the discovery room."""

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


class NeedKind(TextChoices):
    """Whether somebody only named a difficulty, or said that he wants it solved."""

    IMPLIED = "implied", pgettext_lazy("need", "Names a difficulty")
    EXPLICIT = "explicit", pgettext_lazy("need", "Wants it solved")


class MotiveKind(TextChoices):
    """Whose motive it is."""

    BUSINESS = "business", pgettext_lazy("motive", "For the firm")
    PERSONAL = "personal", pgettext_lazy("motive", "For the person")


class Capability(TextChoices):
    """Whether the product can do what is needed."""

    YES = "yes", pgettext_lazy("capability", "The product can")
    CONFIGURABLE = "configurable", pgettext_lazy("capability", "It can be set up to")
    NO = "no", pgettext_lazy("capability", "It cannot")
    UNKNOWN = "unknown", pgettext_lazy("capability", "Not known")


class ThreePeople(TextChoices):
    """Whose business it is about."""

    CUSTOMERS = "customers", pgettext_lazy("three people", "Their customers")
    RIVALS = "rivals", pgettext_lazy("three people", "Their rivals")
    SELF = "self", pgettext_lazy("three people", "Themselves")


class QuestionKind(TextChoices):
    """The four kinds of questions, in the order they are asked."""

    SITUATION = "S", pgettext_lazy("question", "Situation")
    PROBLEM = "P", pgettext_lazy("question", "Difficulty")
    IMPLICATION = "I", pgettext_lazy("question", "What follows")
    NEED_PAYOFF = "N", pgettext_lazy("question", "What it is worth")


class Reached(TextChoices):
    """What became of what they should do after a talk."""

    OBJECTIVE = "objective", pgettext_lazy("aim of a talk", "They do it")
    FALLBACK = "fallback", pgettext_lazy("aim of a talk", "The smaller step")
    NEITHER = "neither", pgettext_lazy("aim of a talk", "Neither")


class Heard(TextChoices):
    """What an answer is worth: something to know, a difficulty, a wish in their words, or a fear."""

    NOTHING = "nothing", pgettext_lazy("answer", "Only to know")
    IMPLIED = "implied", pgettext_lazy("answer", "A difficulty")
    EXPLICIT = "explicit", pgettext_lazy("answer", "They want it solved")
    CONCERN = "concern", pgettext_lazy("answer", "A worry")
