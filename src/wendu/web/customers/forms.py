"""Forms about customers and their people: they read a dict; the rules are asked of the actions."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wendu.coach.frame import Frame
from wendu.customers.choices import (
    CustomerKind,
    Market,
    NurtureReason,
    PointKind,
    ProductKind,
    SaleKind,
    Tier,
)
from wendu.customers.models import BEST_NOTE, Contact, Customer
from wendu.customers.queries import owner_choices
from wendu.desk.customer_parts import own_fields
from wendu.desk.wording import lang
from wendu.identity.models import User
from wendu.identity.queries import colleagues
from wendu.touches.choices import Answer, QuietReason
from wendu.web.guarded import GuardedForm
from wendu.web.own_fields import AsksOwnFields, OwnFieldsForm
from wendu.web.touches.fields import DayField, day_box

DETAILS = (
    "kind",
    "market",
    "industry",
    "product_kind",
    "sale_kind",
    "tier",
    "province",
    "city",
    "address",
    "headcount",
    "brand_note",
    "source_text",
    "external_id",
    "note",
)
PERSON = ("name", "job_title", "department", "left_on", "do_not_contact", "note")
CLASSES = (("A", "A"), ("B", "B"), ("C", "C"), ("D", "D"))


def text(label: Any, limit: int, *, required: bool = False) -> forms.CharField:
    """One line."""
    return forms.CharField(label=label, required=required, max_length=limit)


def long_text(label: Any) -> forms.CharField:
    """A few lines."""
    return forms.CharField(label=label, required=False, max_length=5000, widget=forms.Textarea(attrs={"rows": 3}))


def day(label: Any, *, required: bool = False) -> forms.DateField:
    """A day."""
    return DayField(label=label, required=required, widget=day_box())


def named_customer(user: User, name: str) -> Customer:
    """The one visible customer of exactly this name or number; says how to mend it where there is none or several."""
    seen = Customer.objects.visible_to(user).standing()
    found = list(seen.filter(Q(name=name) | Q(external_id=name)).order_by("pk")[:2])
    if len(found) == 1:
        return found[0]
    if found:
        raise forms.ValidationError(_("Several customers have this name. Rename one of them first."))
    raise forms.ValidationError(_("No customer has exactly this name. Take it up first, or mend the name."))


class CustomerForm(forms.Form):
    """Who the customer is; only the name is needed."""

    name = text(_("Name of the customer"), 200, required=True)
    kind = forms.ChoiceField(label=_("What it is"), choices=CustomerKind.choices, initial=CustomerKind.ORG)
    market = forms.ChoiceField(label=_("Market"), choices=Market.choices, initial=Market.B2B)
    industry = forms.ChoiceField(label=_("Industry"), required=False)
    city = text(_("City"), 60)
    province = text(_("Province"), 60)
    sale_kind = forms.ChoiceField(label=_("Kind of sale"), choices=SaleKind.choices, initial=SaleKind.STANDARD)
    product_kind = forms.ChoiceField(
        label=_("Kind of product"), choices=ProductKind.choices, initial=ProductKind.STANDARD
    )
    tier = forms.ChoiceField(label=_("Contact tier"), choices=Tier.choices, initial=Tier.NORMAL)
    headcount = forms.IntegerField(label=_("People working there"), required=False, min_value=0, max_value=10_000_000)
    brand_note = forms.IntegerField(
        label=_("Brand note, 0 to 5"),
        required=False,
        min_value=0,
        max_value=BEST_NOTE,
        help_text=_("How much others buy because they do. It is not counted in money."),
    )
    address = text(_("Address"), 300)
    source_text = text(_("Where from"), 200)
    external_id = text(_("Number in another system"), 100)
    note = long_text(_("Note"))

    def __init__(self, *args: Any, frame: Frame, **options: Any) -> None:
        super().__init__(*args, **options)
        rows = frame.playbook.factors.industry.items()
        named = [("", "—"), *((code, row.name.of(lang())) for code, row in rows)]
        kept = self.initial.get("industry", "")
        if kept and kept not in dict(named):
            named.append((kept, kept))
        self.fields["industry"].choices = named  # type: ignore[attr-defined]

    def details(self) -> dict[str, Any]:
        """What goes into the row beside the name."""
        return {name: self.cleaned_data[name] for name in DETAILS}


class DetailsForm(GuardedForm, CustomerForm):
    """What is known of a customer, and which company it belongs to."""

    parent = text(_("Parent company"), 200)

    def __init__(self, *args: Any, customer: Customer, user: User, **options: Any) -> None:
        super().__init__(*args, stands=customer, reader=user, **options)
        self.customer, self.user = customer, user
        self.initial["parent"] = customer.parent.name if customer.parent else ""

    def clean_parent(self) -> Customer | None:
        """Find the company by its name; a parent that stays may be one this user does not see."""
        name = self.cleaned_data["parent"].strip()
        if not name:
            return None
        if self.customer.parent is not None and name == self.customer.parent.name:
            return self.customer.parent
        return named_customer(self.user, name)


class NewCustomerForm(CustomerForm):
    """A new customer, and whose it is."""

    owner = forms.ModelChoiceField(User.objects.none(), label=_("Owner"), required=False)
    referrer = text(_("Brought by the customer"), 200)

    def __init__(self, *args: Any, user: User, **options: Any) -> None:
        super().__init__(*args, **options)
        self.user = user
        self.fields["owner"].queryset = owner_choices(user).order_by("full_name", "pk")  # type: ignore[attr-defined]
        self.initial.setdefault("owner", user.pk)

    def clean_referrer(self) -> Customer | None:
        """Find the customer that brought this one."""
        name = self.cleaned_data["referrer"].strip()
        return named_customer(self.user, name) if name else None


class ContactForm(forms.Form):
    """A person, and how to reach it."""

    name = text(_("Name of the person"), 100, required=True)
    job_title = text(_("Job"), 100)
    department = text(_("Department"), 100)
    mobile = text(_("Mobile"), 40)
    email = text(_("E-mail"), 200)
    wechat = text(_("WeChat"), 100)
    left_on = day(_("Left on"))
    do_not_contact = forms.BooleanField(label=_("Do not contact"), required=False)
    note = long_text(_("Note"))

    def details(self) -> dict[str, Any]:
        """What goes into the row beside the name."""
        return {name: self.cleaned_data[name] for name in PERSON if name != "name"}

    def points(self) -> list[tuple[str, str]]:
        """The numbers that were written down."""
        kinds = ((PointKind.MOBILE, "mobile"), (PointKind.EMAIL, "email"), (PointKind.WECHAT, "wechat"))
        return [(kind.value, self.cleaned_data[name]) for kind, name in kinds if self.cleaned_data[name]]


class NewContactForm(AsksOwnFields, ContactForm):
    """A person who is added, with the company's own fields."""

    @classmethod
    def empty(cls, data: Mapping[str, Any] | None) -> "NewContactForm":
        """The form of somebody nothing is known of yet."""
        return cls(data, rows=own_fields(Contact()))


class EditContactForm(OwnFieldsForm):
    """What is known of a person; its numbers have lines of their own."""

    name = text(_("Name of the person"), 100, required=True)
    job_title = text(_("Job"), 100)
    department = text(_("Department"), 100)
    left_on = day(_("Left on"))
    do_not_contact = forms.BooleanField(label=_("Do not contact"), required=False)
    note = long_text(_("Note"))

    @classmethod
    def of(cls, contact: Contact, data: Mapping[str, Any] | None, reader: User) -> "EditContactForm":
        """The form filled with what stands."""
        initial = {name: getattr(contact, name) for name in PERSON}
        return cls(data, initial=initial, stands=contact, reader=reader, rows=own_fields(contact))


class PointForm(forms.Form):
    """A number or address."""

    kind = forms.ChoiceField(label=_("Way"), choices=PointKind.choices)
    value = text(_("Number or address"), 200, required=True)


class OwnerForm(forms.Form):
    """Whose customer it becomes."""

    owner = forms.ModelChoiceField(User.objects.none(), label=_("New owner"))
    keep_previous = forms.BooleanField(label=_("The present owner goes on working on it"), required=False)

    def __init__(self, *args: Any, user: User, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["owner"].queryset = owner_choices(user).order_by("full_name", "pk")  # type: ignore[attr-defined]


class CollaboratorForm(forms.Form):
    """Who works on it, too."""

    user = forms.ModelChoiceField(User.objects.none(), label=_("Colleague"))

    def __init__(self, *args: Any, user: User, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["user"].queryset = colleagues(user)  # type: ignore[attr-defined]


class TagForm(forms.Form):
    """One tag."""

    tag = text(_("Tag"), 60, required=True)


class RestForm(forms.Form):
    """Out of pursuit: until a day, or for good."""

    kind = forms.ChoiceField(
        label=_("How"),
        choices=(("nurture", _("Rest until a day")), ("drop", _("Do not pursue"))),
        initial="nurture",
        widget=forms.RadioSelect,
    )
    reason = forms.ChoiceField(label=_("Why"), choices=NurtureReason.choices)
    wake_on = day(_("Wake on"))
    note = text(_("Note"), 300)


class OverrideForm(forms.Form):
    """Another class by one's own judgement."""

    value = forms.ChoiceField(label=_("Class as I see it"), choices=CLASSES, widget=forms.RadioSelect)
    reason = text(_("Why I see it differently"), 500)


class ReasonForm(forms.Form):
    """A reason in a few words."""

    reason = text(_("Why"), 300)


class QuietForm(forms.Form):
    """Days of silence."""

    starts_on = day(_("From"), required=True)
    ends_on = day(_("To"), required=True)
    reason = forms.ChoiceField(label=_("Why"), choices=QuietReason.choices)
    note = text(_("Note"), 200)


class TailForm(forms.Form):
    """A problem left open."""

    what = text(_("What is not solved"), 300)


class AnswersForm(forms.Form):
    """The ten questions, answered outside a touch."""

    def __init__(self, *args: Any, asked: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.asked = asked
        for row in asked:
            self.fields[f"q_{row.code}"] = forms.ChoiceField(
                label=row.question, required=False, choices=Answer.choices, widget=forms.RadioSelect
            )
            self.fields[f"e_{row.code}"] = text(_("What shows it"), 300)


def initial_of(customer: Customer) -> dict[str, Any]:
    """What stands about a customer."""
    return {"name": customer.name, **{name: getattr(customer, name) for name in DETAILS}}
