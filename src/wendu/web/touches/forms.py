"""The log form of one customer: it reads a dict into a draft, and the log itself judges the draft."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from wendu.customers.models import Contact, Customer
from wendu.desk.days import weekday
from wendu.kernel.errors import ActionError
from wendu.kernel.money import parse_amount
from wendu.touches.actions import TouchDraft, check
from wendu.touches.actions.errors import DraftRefused
from wendu.touches.choices import Answer, Axis, TouchOutcome
from wendu.web.components.icons import KIND_ICONS
from wendu.web.touches.drafting import draft_from, field_of, written
from wendu.web.touches.fields import ANSWERS, FIRST_KINDS, KIND_WORDS, MORE_KINDS, OTHER_DAY, PlainFields, line, radio
from wendu.web.touches.lines import PromiseLines, TailLines
from wendu.web.touches.offer import Asked, Offer


class LogForm(PlainFields):
    """Everything that can be said of one touch; only how it happened must be."""

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, offer: Offer, today: date, initial: dict[str, Any] | None = None
    ) -> None:
        super().__init__(data, initial={**offer.initial(today), **(initial or {})})
        self.offer, self.today = offer, today
        self.draft: TouchDraft | None = None
        self._add_people()
        self._add_days()
        self._add_questions()
        lines = {} if data is not None else initial or {}
        self.promises = PromiseLines(data, prefix="promises", initial=lines.get("promises"))
        self.tails = TailLines(data, prefix="tails", initial=lines.get("tails"))

    @property
    def customer(self) -> Customer:
        """Whom the touch was with."""
        return self.offer.customer

    def judge(self, *, touch_id: int | None = None) -> bool:
        """Read the draft and let the log check it; what is wrong stands at its field."""
        fine = self.is_valid() & self.promises.is_valid() & self.tails.is_valid()
        self.draft = draft_from(self)
        if fine and self.draft is not None:
            self.blame(check(self.draft, self.customer, self.today, touch_id=touch_id))
        return fine and not self.errors and self.promises.is_valid() and self.tails.is_valid() and not self.line_errors

    def refuse(self, refused: ActionError) -> None:
        """Show what the log refused after all."""
        self.blame(refused.errors if isinstance(refused, DraftRefused) else [refused])

    def blame(self, errors: Iterable[ActionError]) -> None:
        """Put each error at the field it speaks of."""
        for error in errors:
            prefix, position, name = field_of(error.field)
            lines = {"promises": self.promises, "tails": self.tails}.get(prefix)
            rows = written(lines) if lines is not None else []
            if position is not None and position < len(rows):
                rows[position].add_error(name or None, error.text())
            else:
                self.add_error(name if name in self.fields else None, error.text())

    def as_sent(self) -> QueryDict:
        """The defaults as if they had been sent, to foretell what saving at once would do."""
        sent = QueryDict(mutable=True)
        for name in self.fields:
            value = self.get_initial_for_field(self.fields[name], name)
            for each in value if isinstance(value, list) else [value]:
                sent.appendlist(name, "" if each is None else str(each))
        for lines in (self.promises, self.tails):
            rows = [each.initial for each in lines.forms if each.initial]
            sent[f"{lines.prefix}-TOTAL_FORMS"], sent[f"{lines.prefix}-INITIAL_FORMS"] = str(len(rows)), "0"
            for number, row in enumerate(rows):
                sent.update({f"{lines.prefix}-{number}-{name}": str(value or "") for name, value in row.items()})
        return sent

    @property
    def line_errors(self) -> bool:
        """Whether a promise or a problem has to be mended."""
        return any(each.errors for lines in (self.promises, self.tails) for each in lines.forms)

    @property
    def line_sets(self) -> tuple[Any, Any]:
        """The promises and the problems."""
        return self.promises, self.tails

    @property
    def questions(self) -> list[dict[str, Any]]:
        """The ten questions with their fields and the latest answers, by axis."""
        return [
            {
                "asked": asked,
                "axis_words": Axis(asked.axis).label,
                "latest": _latest(asked),
                "answer": self[f"q_{asked.code}"],
                "evidence": self[f"e_{asked.code}"],
            }
            for asked in self.offer.questions
        ]

    @property
    def has_answers(self) -> bool:
        """Whether one of the questions is answered here."""
        return any(self[f"q_{asked.code}"].value() for asked in self.offer.questions)

    @property
    def kind_chips(self) -> list[dict[str, Any]]:
        """The usual kinds, each with its key."""
        return [{**chip, "key": str(number)} for number, chip in enumerate(self._kinds(FIRST_KINDS), start=1)]

    @property
    def rare_kind_chips(self) -> list[dict[str, Any]]:
        """The other kinds."""
        return self._kinds(MORE_KINDS)

    @property
    def has_rare_kind(self) -> bool:
        """Whether one of the other kinds is chosen."""
        return self["kind"].value() in MORE_KINDS

    @property
    def near_people(self) -> list[dict[str, Any]]:
        """The people one meets most."""
        return self._people(self.offer.near)

    @property
    def far_people(self) -> list[dict[str, Any]]:
        """Everybody else."""
        return self._people(self.offer.far)

    def _kinds(self, kinds: Iterable[str]) -> list[dict[str, Any]]:
        chosen = self["kind"].value()
        return [
            {
                "value": kind,
                "label": KIND_WORDS[kind],
                "icon": KIND_ICONS[kind],
                "checked": kind == chosen,
                "id": f"id_kind_{kind}",
            }
            for kind in kinds
        ]

    def _people(self, people: Iterable[Contact]) -> list[dict[str, Any]]:
        chosen = self["contacts"].value() or []
        return [
            {
                "value": str(each.pk),
                "label": each.name,
                "checked": str(each.pk) in chosen,
                "id": f"id_contact_{each.pk}",
            }
            for each in people
        ]

    def _add_people(self) -> None:
        people = [(str(person.pk), person.name) for person in self.offer.people]
        self.fields["contacts"] = forms.MultipleChoiceField(
            label=_("With whom"), required=False, choices=people, widget=forms.CheckboxSelectMultiple
        )
        nobody = [("", pgettext("customer side", "Who"))]
        self.fields["commitment_contact"] = forms.ChoiceField(
            label=_("Who of them"), required=False, choices=[*nobody, *people]
        )
        deals = [(str(deal.pk), deal.title) for deal in self.offer.deals]
        self.fields["opportunity"] = radio(_("About which deal"), [("", _("All of them")), *deals])
        open_tails = [(str(tail.pk), tail.what) for tail in self.offer.tails]
        self.fields["closed_tails"] = forms.MultipleChoiceField(
            label=_("Solved now"), required=False, choices=open_tails, widget=forms.CheckboxSelectMultiple
        )

    def _add_days(self) -> None:
        days = [(option.day.isoformat(), _day_label(option.code, option.day)) for option in self.offer.days]
        none, other = pgettext("next day", "Not agreed"), pgettext("next day", "Pick a day")
        self.fields["agreed"] = radio(_("Next time"), [("", none), *days, (OTHER_DAY, other)])

    def _add_questions(self) -> None:
        for asked in self.offer.questions:
            self.fields[f"q_{asked.code}"] = radio(asked.question, ANSWERS)
            self.fields[f"e_{asked.code}"] = line(_("What shows it"), 300)

    @property
    def signs_something_new(self) -> bool:
        """Whether an order has to be named: there is no open deal to win."""
        return not self.offer.deals

    def amount(self) -> int | None:
        """The amount of a new order, in minor units."""
        text = self.cleaned_data.get("order_amount", "")
        if not text or self.cleaned_data.get("outcome") != TouchOutcome.ORDER:
            return None
        try:
            return parse_amount(text, self.offer.currency)
        except ActionError as wrong:
            self.add_error("order_amount", wrong.text())
            return None


def _day_label(code: str, day: date) -> str:
    if code == "tomorrow":
        return pgettext("next day", "Tomorrow")
    return f"{weekday(day)} {day:%m-%d}"


def _latest(asked: Asked) -> str:
    if asked.latest is None or asked.answered_on is None:
        return ""
    return f"{Answer(asked.latest).label} · {asked.answered_on:%m-%d}"
