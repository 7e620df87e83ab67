"""Own fields of customers, set up in the browser."""

import pytest

from tests.cast import MONDAY
from tests.factories import make_customer
from wendu.customers.actions import define_field, set_custom_value
from wendu.customers.choices import FieldType
from wendu.customers.models import CustomField

pytestmark = pytest.mark.django_db
PAGE = "/settings/fields/"


def options(*pairs, codes=()):
    sent = {"options-TOTAL_FORMS": str(len(pairs)), "options-INITIAL_FORMS": "0"}
    for place, (zh, en) in enumerate(pairs):
        code = codes[place] if place < len(codes) else ""
        sent |= {f"options-{place}-zh": zh, f"options-{place}-en": en, f"options-{place}-code": code}
    return sent


def rows(client, about="customer"):
    return next(found for code, _name, found in client.get(PAGE).context["piles"] if code == about)


def shifts(cast):
    words = [{"code": "one", "zh": "一班", "en": "One"}, {"code": "two", "zh": "两班", "en": "Two"}]
    return define_field(
        code="shifts",
        label_zh="班次",
        label_en="Shifts",
        type=FieldType.CHOICE,
        options=words,
        actor=cast.ada,
        at=MONDAY,
    )


def test_a_choice_is_defined_with_words_in_both_languages(cast, enter):
    named = {"label_zh": "班次", "label_en": "Work shifts", "type": "choice", "code": ""}

    page = enter(cast.ada).post(
        f"{PAGE}new/", {**named, **options(("一班", "One shift"), ("两班", ""), ("", ""))}, follow=True
    )

    field = CustomField.objects.get()
    assert field.code == "work_shifts"
    assert field.options == [
        {"code": "one_shift", "zh": "一班", "en": "One shift"},
        {"code": "两班", "zh": "两班", "en": "两班"},
    ]
    assert "一班、两班" in page.content.decode()


def test_a_choice_of_one_is_no_choice(cast, enter):
    named = {"label_zh": "班次", "label_en": "Shifts", "type": "choice"}

    answer = enter(cast.ada).post(f"{PAGE}new/", {**named, **options(("一班", "One"))})

    assert answer.status_code == 422
    assert not CustomField.objects.exists()


def test_words_of_an_option_change_and_its_customers_keep_it(cast, enter):
    field, customer = shifts(cast), make_customer(cast.alice)
    set_custom_value(customer=customer, field=field, value="two", actor=cast.alice, at=MONDAY)
    client, named = enter(cast.ada), {"label_zh": "班次", "label_en": "Shifts"}

    refused = client.post(
        f"{PAGE}{field.uuid}/", {**named, **options(("一班", "One"), ("三班", "Three"), codes=["one"])}
    )
    client.post(f"{PAGE}{field.uuid}/", {**named, **options(("一班", "One"), ("双班", "Double"), codes=["one", "two"])})

    field.refresh_from_db()
    assert refused.status_code == 422
    assert "还有 1 个客户选着“两班”" in str(refused.context["form"].errors)
    assert field.options[1] == {"code": "two", "zh": "双班", "en": "Double"}


def test_a_field_goes_out_of_use_and_back_and_moves(cast, enter):
    field, client = shifts(cast), enter(cast.ada)
    define_field(code="fleet", label_zh="车队", label_en="Fleet", actor=cast.ada, at=MONDAY, position=1)

    client.post(f"{PAGE}{field.uuid}/moves/down/")
    names = [row["name"] for row in rows(client)]
    page = client.post(f"{PAGE}{field.uuid}/retirement/", follow=True)

    assert names == ["车队", "班次"]
    assert [row["name"] for row in page.context["retired"]] == ["班次"]
    assert client.post(f"{PAGE}{field.uuid}/moves/sideways/").status_code == 404
    client.post(f"{PAGE}{field.uuid}/return/")
    assert len(rows(client)) == 2
