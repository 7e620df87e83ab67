from django.utils.translation import override

from wendu.kernel.errors import ActionError, Denied, Stale


def test_a_refusal_says_who_may_do_it():
    with override("en"):
        assert "an admin" in Denied(who="an admin", verb="user.create").text()


def test_a_refusal_without_values_is_said_as_it_stands():
    with override("en"):
        assert Stale().text().startswith("Someone else has changed this")
        assert str(ActionError()) == ActionError().text()


def test_a_percent_sign_in_a_value_is_harmless():
    assert "100 % (s)" in Denied(who="100 % (s)").text()
