"""Planning a step from the page of a customer and from anywhere; saying that it is done, and taking that back."""

from datetime import timedelta

import pytest

from tests.cast import MONDAY
from wendu.agenda.models import Notification, Step
from wendu.customers.actions import add_collaborator
from wendu.identity.models import Organisation
from wendu.journal.models import Entry
from wendu.kernel.clock import now

pytestmark = pytest.mark.django_db


@pytest.fixture
def customer(scene):
    return scene.customers["砚湖轴承"]


def soon(days=9):
    return Organisation.objects.current().today(now()) + timedelta(days=days)


def planned(client, customer, user, **more):
    said = {"do": "送样册", "on": soon().isoformat(), "objective": "约试机", "user": user.pk, **more}
    return client.post(f"/steps/new/?customer={customer.uuid}", said)


def test_a_step_is_planned_from_the_page_of_a_customer_stands_there_and_is_taken_back(cast, customer, enter):
    client = enter(cast.alice)
    assert f"/steps/new/?customer={customer.uuid}" in client.get(f"/customers/{customer.uuid}/").content.decode()
    form = client.get(f"/steps/new/?customer={customer.uuid}").context["form"]
    assert Organisation.objects.current().works_on(form.initial["on"])

    assert planned(client, customer, cast.alice).status_code == 302
    step = Step.objects.get(do="送样册")
    page = client.get(f"/customers/{customer.uuid}/").content.decode()

    assert (step.user, step.planned_on, step.objective, step.author) == (cast.alice, soon(), "约试机", cast.alice)
    assert "送样册" in page.split('class="two"', 1)[1]
    assert f"/steps/{step.uuid}/cancelling/" in page
    client.post(f"/steps/{step.uuid}/cancelling/")
    assert not Step.objects.open().filter(pk=step.pk).exists()
    assert f"/steps/{step.uuid}/completion/" not in client.get(f"/customers/{customer.uuid}/").content.decode()
    told = Entry.objects.filter(root_id=customer.pk, subject_kind="step").order_by("pk")
    assert list(told.values_list("verb", flat=True)) == ["step.planned", "step.cancelled"]


@pytest.mark.parametrize("ended", ["completion", "cancelling"])
def test_a_step_ended_by_mistake_is_to_be_done_again(cast, customer, enter, ended):
    client = enter(cast.alice)
    planned(client, customer, cast.alice)
    uuid = Step.objects.get().uuid

    client.post(f"/steps/{uuid}/{ended}/")
    assert client.post(f"/steps/{uuid}/{ended}/").status_code == 422
    back = client.post(f"/steps/{uuid}/reopening/", headers={"HX-Request": "true"})

    assert "还要做：送样册" in back.content.decode()
    assert Step.objects.open().get().uuid == uuid
    assert client.post(f"/steps/{uuid}/reopening/").status_code == 422


def test_a_step_for_somebody_who_works_on_it_is_told_to_them_and_for_nobody_else(cast, customer, enter):
    client = enter(cast.alice)
    assert planned(client, customer, cast.bob).status_code == 422
    add_collaborator(customer=customer, user=cast.bob, actor=cast.alice, at=MONDAY)

    assert planned(client, customer, cast.bob).status_code == 302

    assert Step.objects.get().user == cast.bob
    told = Notification.objects.get(user=cast.bob)
    assert (told.code, told.params["name"]) == ("replanned", cast.alice.display_name)
    assert not Notification.objects.filter(user=cast.alice, code="replanned").exists()


@pytest.mark.parametrize(
    ("more", "words"), [({"do": " "}, "必填"), ({"on": "2020-01-01"}, "这一天"), ({"on": "gestern"}, "日期")]
)
def test_what_cannot_be_planned_is_refused_in_words(cast, customer, enter, more, words):
    answer = planned(enter(cast.alice), customer, cast.alice, **more)

    assert (answer.status_code, words in answer.content.decode()) == (422, True)
    assert not Step.objects.exists()


def test_charlie_plans_nothing_with_customers_of_alice_and_ends_none_of_her_steps(cast, customer, enter):
    planned(enter(cast.alice), customer, cast.alice)
    uuid, charlie = Step.objects.get().uuid, enter(cast.charlie)

    assert planned(charlie, customer, cast.charlie).status_code == 404
    for name in ("completion", "cancelling", "reopening"):
        assert charlie.post(f"/steps/{uuid}/{name}/").status_code == 404
    assert planned(enter(cast.eve), customer, cast.eve).status_code == 403
    assert Step.objects.open().count() == 1


def test_a_form_sent_twice_plans_once(cast, customer, enter):
    client = enter(cast.alice)
    for _ in range(2):
        planned(client, customer, cast.alice, form_key="once")

    assert Step.objects.count() == 1


def test_from_anywhere_one_is_asked_with_whom(cast, scene, enter):
    client = enter(cast.alice)

    assert "/steps/whom/" in client.get("/today/").content.decode()
    assert "/steps/new/?customer=" in client.get("/steps/whom/", {"q": "砚湖"}).content.decode()
    assert enter(cast.charlie).get("/steps/whom/", {"q": "砚湖"}).context["rows"] == []
    assert "/steps/whom/" not in enter(cast.eve).get("/today/").content.decode()


def test_a_planned_step_is_changed_from_the_page_of_its_customer_and_set_back(cast, customer, enter):
    client = enter(cast.alice)
    planned(client, customer, cast.alice)
    step = Step.objects.get()
    assert f'href="/steps/{step.uuid}/"' in client.get(f"/customers/{customer.uuid}/").content.decode()
    assert client.get(f"/steps/{step.uuid}/").context["form"].initial["do"] == "送样册"

    said = {"do": "送样机", "on": soon(12).isoformat(), "objective": "", "user": cast.alice.pk}
    answer = client.post(f"/steps/{step.uuid}/", said, headers={"HX-Request": "true"})
    step.refresh_from_db()
    assert (step.do, step.planned_on, step.objective) == ("送样机", soon(12), "")
    assert f"/steps/{step.uuid}/unchanging/" in answer.content.decode()

    client.post(f"/steps/{step.uuid}/unchanging/")
    step.refresh_from_db()
    assert (step.do, step.planned_on, step.objective) == ("送样册", soon(), "约试机")


def test_a_step_that_has_ended_has_no_form(cast, customer, enter):
    client = enter(cast.alice)
    planned(client, customer, cast.alice)
    uuid = Step.objects.get().uuid
    client.post(f"/steps/{uuid}/completion/")

    assert client.get(f"/steps/{uuid}/").status_code == 422
    assert enter(cast.charlie).get(f"/steps/{uuid}/").status_code == 404


def test_a_notice_leads_to_what_it_tells(cast, customer, enter):
    day = {"on": "2026-12-04", "n": 2, "do": "发样册", "name": "莫娜"}
    leads = {
        "steps_planned": (day, "/calendar/?on=2026-12-04"),
        "customers_given": ({"n": 2, "name": "莫娜"}, "/customers/"),
        "customers_deleted": ({"n": 2, "name": "莫娜"}, "/recycle/"),
        "customers_taken": ({"n": 2, "name": "莫娜", "taker": "鲍勃"}, "/notifications/"),
    }
    for code, (params, where) in leads.items():
        notice = Notification.objects.create(user=cast.alice, code=code, params=params, at=MONDAY)
        assert enter(cast.alice).post(f"/notifications/{notice.uuid}/reading/")["Location"] == where
    about = Notification.objects.create(
        user=cast.alice, code="customer_given", params={"n": 1}, at=MONDAY, customer_uuid=customer.uuid
    )
    assert enter(cast.alice).post(f"/notifications/{about.uuid}/reading/")["Location"] == f"/customers/{customer.uuid}/"
