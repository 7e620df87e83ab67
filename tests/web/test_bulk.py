"""Many customers at once through the web door: picked, counted, confirmed, done, taken back."""

import pytest

from tests.web.counts import counted
from wendu.bulk.models import Batch, Change
from wendu.customers.actions import define_field, untag_customer
from wendu.customers.choices import FieldType
from wendu.customers.models import Customer, Tag
from wendu.kernel.clock import now
from wendu.web.bulk import showing

pytestmark = pytest.mark.django_db


def picked(client, scene, *names, deed="tag", **more):
    uuids = [str(scene.customers[name].uuid) for name in names]
    return client.post("/customers/bulk/", {"deed": deed, "pick": uuids, "list": "sort=name", **more})


def test_rows_can_be_picked_by_whoever_may_change_them(cast, scene, enter):
    body = enter(cast.alice).get("/customers/").content.decode()
    assert body.count('name="pick" form="picked"') == len(enter(cast.alice).get("/customers/").context["list"].rows)
    assert 'name="pick"' not in enter(cast.eve).get("/customers/").content.decode()


def test_a_tag_is_counted_put_on_and_taken_off_again_without_a_script(cast, scene, enter):
    client = enter(cast.alice)
    to = picked(client, scene, "砚湖轴承", "桐溪注塑")["Location"]
    assert "tag" in client.get(to).content.decode()

    seen = client.get(to, {"tag": "展会"})
    assert seen.context["seen"].changes == 2
    done = client.post(to, {"tag": "展会", "expected": "2"})
    assert done["Location"] == "/customers/?sort=name"
    back = client.get(done["Location"]).content.decode()
    assert "给 2 家打了标签" in back
    assert f'action="{to}undoing/"' in back
    assert set(Customer.objects.filter(taggings__tag__name="展会").values_list("name", flat=True)) == {
        "砚湖轴承",
        "桐溪注塑",
    }
    assert client.get(to).context["may_undo"]
    again = client.post(to + "undoing/", follow=True)
    assert not Customer.objects.filter(taggings__isnull=False).exists()
    assert again.context["found"]["returned"] == 2


def test_deleting_everybody_of_a_list_wants_the_number_typed(cast, scene, enter):
    client = enter(cast.alice)
    to = picked(client, scene, deed="delete", all="1", list="class=B")["Location"]
    seen = client.get(to)
    number = seen.context["seen"].changes
    assert 'name="typed"' in seen.content.decode()

    refused = client.post(to, {"expected": number, "typed": "1"})
    assert refused.status_code == 422
    assert f"把要改的家数填上：{number}。" in refused.content.decode()
    assert Customer.objects.filter(deleted_at__isnull=False).count() == 0

    client.post(to, {"expected": number, "typed": str(number)})
    assert Customer.objects.filter(deleted_at__isnull=False).count() == number
    client.post(to + "undoing/")
    assert Customer.objects.filter(deleted_at__isnull=False).count() == 0


def test_the_toast_takes_it_back_and_has_the_page_loaded_again(cast, scene, enter):
    client = enter(cast.alice)
    to = picked(client, scene, "砚湖轴承", "桐溪注塑")["Location"]
    client.post(to, {"tag": "展会", "expected": "2"})
    untag_customer(customer=scene.customers["砚湖轴承"], tag=Tag.objects.get(), actor=cast.alice, at=now())

    answer = client.post(to + "undoing/", headers={"HX-Request": "true"})

    assert answer["HX-Refresh"] == "true"
    assert "1 家恢复原样，1 家后来改过，没动" in client.get("/customers/?sort=name").content.decode()
    twice = client.post(to + "undoing/", headers={"HX-Request": "true"})
    assert (twice.status_code, twice["HX-Retarget"]) == (422, "#toasts")


def test_what_was_done_at_once_is_found_again_and_taken_back_from_the_list(cast, scene, enter):
    client = enter(cast.alice)
    picked(client, scene, "云麓电子")  # looked at only
    assert "云麓" not in client.get("/customers/bulk/").content.decode()
    to = picked(client, scene, "砚湖轴承", "桐溪注塑")["Location"]
    client.post(to, {"tag": "展会", "expected": "2"})

    page = client.get("/customers/bulk/").content.decode()
    assert "打标签“展会”" in page
    assert "改了 2 家" in page
    client.post(to + "undoing/", {"next": "/customers/bulk/"})
    page = client.get("/customers/bulk/")
    assert "2 家恢复原样" in page.content.decode()
    assert not page.context["lines"][0].may_undo
    assert "砚湖轴承" in client.get(to).content.decode()


def test_an_administrator_finds_what_others_did_with_their_names_and_nobody_else(cast, scene, enter):
    to = picked(enter(cast.alice), scene, "砚湖轴承")["Location"]
    enter(cast.alice).post(to, {"tag": "展会", "expected": "1"})

    assert cast.alice.display_name in enter(cast.ada).get("/customers/bulk/").content.decode().split("<main")[1]
    for outsider in (cast.charlie, cast.bob, cast.mona):
        assert "展会" not in enter(outsider).get("/customers/bulk/").content.decode()
    assert enter(cast.eve).get("/customers/bulk/").status_code == 403


def test_a_deed_nobody_knows_is_refused_in_words(cast, scene, enter):
    answer = picked(enter(cast.alice), scene, "砚湖轴承", deed="merge")

    assert answer.status_code == 422
    assert "选要做什么" in answer.content.decode()
    assert not Batch.objects.exists()


@pytest.mark.parametrize("number", [1, 60])
def test_query_counts_of_the_list_of_batches_do_not_grow_with_it(cast, scene, enter, number):
    was = {"actor": cast.alice, "deed": "owner", "told": {"owner": cast.bob.pk}, "made_at": now(), "begun_at": now()}
    for _ in range(number):
        row = Batch.objects.create(**was, done_at=now())
        Change.objects.create(batch=row, customer=scene.customers["砚湖轴承"], outcome="done")
    client = enter(cast.alice)
    client.get("/customers/bulk/")

    with counted("rep: batches"):
        page = client.get("/customers/bulk/")
    assert len(page.context["lines"]) == min(number, 50)
    if number > 50:
        rest = client.get(f"/customers/bulk/{page.context['earlier_url']}")
        assert (len(rest.context["lines"]), rest.context["earlier_url"]) == (number - 50, "")


def test_nobody_picked_says_how_to_go_on(cast, scene, enter):
    answer = enter(cast.alice).post("/customers/bulk/", {"deed": "tag"})

    assert answer.status_code == 422
    assert "先勾选客户" in answer.content.decode()


@pytest.mark.parametrize("act", ["", "undoing/", "stop/", "resumption/"])
def test_charlie_finds_no_batch_of_alice_and_picks_none_of_hers(cast, scene, enter, act):
    to = picked(enter(cast.alice), scene, "砚湖轴承")["Location"]
    charlie = enter(cast.charlie)

    assert charlie.post(to + act, {"tag": "展会", "expected": "1"}).status_code == 404
    assert charlie.get(to).status_code == 404
    assert picked(charlie, scene, "砚湖轴承").status_code == 422
    assert picked(enter(cast.eve), scene, "砚湖轴承").status_code == 403


def test_an_own_field_is_chosen_then_asked_as_its_kind_is_and_set(cast, scene, enter):
    client, names = enter(cast.alice), ("砚湖轴承", "桐溪注塑")
    assert picked(client, scene, *names, deed="field").status_code == 422, "there is no field yet"
    words = [{"code": "one", "zh": "一班", "en": "One"}, {"code": "two", "zh": "两班", "en": "Two"}]
    told = {"label_zh": "班次", "label_en": "Shifts", "type": FieldType.CHOICE, "options": words}
    define_field(code="shift", actor=cast.ada, at=now(), **told)
    define_field(code="kw", label_zh="功率", label_en="Power", type=FieldType.NUMBER, actor=cast.ada, at=now())
    to = picked(client, scene, *names, deed="field")["Location"]

    assert "value" not in client.get(to).context["form"].fields
    asked = client.get(to, {"field": "shift"})
    assert ("two", "两班") in asked.context["form"].fields["value"].choices
    assert asked.context["seen"] is None
    assert client.get(to, {"field": "shift", "value": "two"}).context["seen"].changes == 2
    wrong = client.get(to, {"field": "kw", "value": "很大"})
    assert (wrong.context["seen"], set(wrong.context["form"].errors)) == (None, {"value"})
    assert client.get(to, {"field": "none", "value": "x"}).context["seen"] is None
    page = client.post(to, {"field": "shift", "value": "two", "expected": 2}, follow=True).content.decode()

    assert "改了 2 家" in page
    assert [Customer.objects.get(name=name).custom for name in names] == [{"shift": "two"}] * 2
    assert "把“班次”改成“两班”" in client.get("/customers/bulk/").content.decode()
    log = enter(cast.ada).get("/settings/audit/").content.decode()
    assert "两班" in log
    client.post(f"{to}undoing/")
    assert Customer.objects.get(name="砚湖轴承").custom == {}


@pytest.mark.parametrize("deed", ["owner", "tag", "step", "field", "delete"])
def test_query_counts_of_a_batch_do_not_grow_with_it(cast, scene, enter, deed):
    client = enter(cast.alice)
    define_field(code="words", label_zh="话", label_en="Words", actor=cast.ada, at=now())
    says = {"owner": {"owner": cast.bob.pk}, "tag": {"tag": "展会"}, "step": {"do": "发样册", "on": "2099-01-01"}}
    says["field"] = {"field": "words", "value": "爱喝茶"}
    for names in (("砚湖轴承",), ("桐溪注塑", "赤岭建材", "云麓电子")):
        to = picked(client, scene, *names, deed=deed)["Location"]
        client.get(to, says.get(deed, {}))
        with counted(f"rep: batch, {deed}, what would change"):
            client.get(to, says.get(deed, {}))
        client.post(to, {**says.get(deed, {}), "expected": len(names), "typed": len(names)})
        assert Batch.objects.latest("pk").done_at is not None
        with counted(f"rep: batch, {deed}, done"):
            client.get(to)


def test_every_customer_of_a_batch_is_found_page_by_page(cast, scene, enter, monkeypatch):
    monkeypatch.setattr(showing, "PAGE", 2)
    monkeypatch.setattr("wendu.bulk.queries.NAMED", 1)
    client, names = enter(cast.alice), ("砚湖轴承", "桐溪注塑", "赤岭建材")
    to = picked(client, scene, *names)["Location"]
    client.post(to, {"tag": "展会", "expected": 3})

    first = client.get(f"{to}?of=done")
    second = client.get(f"{to}{first.context['next_url']}")

    listed = [each.name for page in (first, second) for each in page.context["customers"]]
    assert sorted(listed) == sorted(names)
    assert (second.context["next_url"], second.context["earlier_url"]) == ("", "?of=done&page=1")
    assert client.get(f"{to}?of=done&page=x").context["customers"] == first.context["customers"]
    assert "row" in client.get(f"{to}?of=nothing").context
    assert enter(cast.charlie).get(f"{to}?of=done").status_code == 404
