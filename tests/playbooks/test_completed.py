"""A playbook from before an upgrade stays readable: it takes the situations it does not know from the standard one."""

import copy

import pytest

from wendu.playbooks import completed, dump, parse, shipped

STANDARD = dump(shipped())


def without(*codes):
    """The standard playbook as an earlier version of the product had it."""
    old = copy.deepcopy(STANDARD)
    old["situations"] = {code: words for code, words in old["situations"].items() if code not in codes}
    old["plays"] = [play for play in old["plays"] if not set(play["when"]["situations"]) & set(codes)]
    old["strategy"]["urgency"] = [code for code in old["strategy"]["urgency"] if code not in codes]
    return old


@pytest.mark.parametrize(
    "codes",
    [
        ("quiet_over",),
        ("result_due",),
        ("quiet_period", "quiet_over", "result_due"),
        ("revisit_due",),
        ("nurture_reply",),
        ("payment_overdue", "renewal_due"),
        ("contract_ending",),
    ],
)
def test_what_is_missing_comes_in_its_standard_place(codes):
    found = completed(without(*codes), STANDARD)

    assert found["strategy"]["urgency"] == list(STANDARD["strategy"]["urgency"])
    assert set(found["situations"]) == set(STANDARD["situations"])
    assert [play["key"] for play in found["plays"]] == [play["key"] for play in STANDARD["plays"]]
    parse(found)


def test_a_playbook_from_before_the_rhythms_of_rare_orders_takes_the_standard_numbers():
    old = copy.deepcopy(STANDARD)
    for name in ("early_from_days", "rhythm_ends_after_missed"):
        del old["cadence"][name]

    cadence = parse(completed(old, STANDARD)).cadence

    assert (cadence.early_from_days, cadence.rhythm_ends_after_missed) == (31, 3)


def test_a_value_that_texts_may_name_since_has_its_standard_words():
    old = copy.deepcopy(STANDARD)
    del old["neutral"]["rep"]["amount"]
    old["neutral"]["rep"]["contact"] = {"zh": "那位", "en": "that person"}

    rep = completed(old, STANDARD)["neutral"]["rep"]

    assert rep == {**STANDARD["neutral"]["rep"], "contact": {"zh": "那位", "en": "that person"}}
    parse(completed(old, STANDARD))


def test_what_somebody_wrote_stays_as_it_is():
    old = without("quiet_over")
    old["strategy"]["urgency"].reverse()
    old["situations"]["strike"]["name"] = {"zh": "快签", "en": "Sign now"}

    found = completed(old, STANDARD)

    placed = list(found["strategy"]["urgency"])
    assert placed.index("quiet_over") == placed.index("quiet_period") + 1
    placed.remove("quiet_over")
    assert placed == old["strategy"]["urgency"]
    assert found["situations"]["strike"]["name"]["zh"] == "快签"


def test_a_whole_playbook_is_left_alone():
    assert completed(STANDARD, STANDARD) == STANDARD
