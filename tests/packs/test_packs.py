"""Publishing a playbook of one's own."""

import pytest

from tests.cast import MONDAY
from tests.jobs.twice import together
from wendu.journal.models import Entry
from wendu.kernel.errors import Denied
from wendu.packs.actions import PackRefused, VersionTaken, publish
from wendu.packs.models import Pack
from wendu.packs.queries import current_playbook, playbook_of_version, publications, version_name
from wendu.playbooks import dump, shipped


def content(version="9.1", **changes):
    return {**dump(shipped()), "version": version, **changes}


@pytest.mark.django_db
def test_without_a_publication_the_shipped_playbook_counts():
    assert current_playbook() is shipped("standard")


@pytest.mark.django_db
def test_the_latest_publication_counts_for_every_process_at_once(cast, django_assert_num_queries):
    publish(content=content(), actor=cast.ada, at=MONDAY, base="standard 1", note="试行")
    assert current_playbook().version == "9.1"
    with django_assert_num_queries(1):
        current_playbook()

    # As another process does it: nothing here is told.
    Pack.objects.create(
        key="standard", version="9.2", content=content("9.2"), created_at=MONDAY, published_at=MONDAY, author=cast.ada
    )
    Pack.objects.create(key="standard", version="9.3", content=content("9.3"), created_at=MONDAY, author=cast.ada)
    assert current_playbook().version == "9.2"
    assert [pack.version for pack in publications()] == ["9.2", "9.1"]


@pytest.mark.django_db
def test_a_publication_is_journaled(cast):
    pack = publish(content=content(), actor=cast.ada, at=MONDAY)

    entry = Entry.objects.get(verb="pack.published")
    assert (entry.subject_id, entry.after["pack"]) == (pack.pk, "standard 9.1")
    assert entry.before["pack"] == version_name(shipped())


@pytest.mark.django_db
def test_old_readings_find_the_playbook_they_were_made_with(cast):
    publish(content=content(), actor=cast.ada, at=MONDAY)

    assert playbook_of_version("standard 9.1").version == "9.1"
    assert playbook_of_version(version_name(shipped())) == shipped()
    assert playbook_of_version("standard 77") is None


@pytest.mark.django_db
def test_only_an_administrator_publishes(cast):
    for person in cast.everyone:
        if person != cast.ada:
            with pytest.raises(Denied):
                publish(content=content(), actor=person, at=MONDAY)

    assert not Pack.objects.exists()


@pytest.mark.django_db
def test_a_broken_playbook_is_refused_with_the_place_and_the_cure(cast):
    broken = content()
    del broken["plan"]

    with pytest.raises(PackRefused) as refused:
        publish(content=broken, actor=cast.ada, at=MONDAY)

    assert "plan" in refused.value.text()
    assert refused.value.problems
    assert not Pack.objects.exists()


@pytest.mark.django_db
def test_a_version_never_changes(cast):
    publish(content=content(), actor=cast.ada, at=MONDAY)

    for version in ("9.1", shipped().version):
        with pytest.raises(VersionTaken):
            publish(content=content(version, about={"zh": "另", "en": "other"}), actor=cast.ada, at=MONDAY)
    assert Pack.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_version_published_twice_at_once_is_published_once():
    results = together(*[lambda: publish(content=content(), actor=None, at=MONDAY)] * 3)

    assert Pack.objects.count() == 1
    assert sum(isinstance(result, VersionTaken) for result in results) == 2
