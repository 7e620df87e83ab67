import time

from wendu.kernel.entity import kind_of, new_uuid


def test_ids_made_later_sort_later():
    earlier = new_uuid()
    time.sleep(0.002)

    assert earlier.version == 7
    assert earlier < new_uuid()


def test_a_kind_is_the_bare_name_of_the_thing():
    from wendu.identity.models import Team, User

    assert kind_of(User) == "user"
    assert kind_of(Team(name="x")) == "team"
