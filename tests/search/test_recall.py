"""Nothing is missed and nothing made up: the index against reading every row, on random names and terms."""

from uuid import uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from pypinyin import lazy_pinyin

from tests.cast import call_the_cast
from tests.factories.customers import make_customer
from tests.laws import examples
from wendu.search import queries
from wendu.search.actions import index_many
from wendu.search.findable import Findable
from wendu.search.models import Entry
from wendu.search.queries import find
from wendu.search.tokens import INITIALS_WINDOW, PINYIN_WINDOW

SIGNS = "云天科技华东重庆长乐行ab1 "
names = st.text(alphabet=SIGNS, min_size=1, max_size=9).filter(lambda name: name.strip())
numbers = st.text(alphabet="0123", min_size=11, max_size=11)
things = st.lists(st.tuples(names, st.text(alphabet=SIGNS, max_size=9), numbers), min_size=1, max_size=12)


def runs(text, chinese):
    """The runs of a text, cut in the plainest way."""
    found, run = [], ""
    for sign in text + " ":
        if sign != " " and (not sign.isascii()) is chinese:
            run += sign
        elif run:
            found.append(run)
            run = ""
    return found


def answers(term, title, text, number):
    """Whether one term is in a thing, by reading it."""
    if not term.isascii():
        return term in title or term in text
    words = runs(title, chinese=False)
    if len(term) == 1:
        return (
            any(term in (word, word[0]) for word in words)
            or term in runs(text, chinese=False)
            or any(lazy_pinyin(run)[0][0] == term for run in runs(title, chinese=True))
            or term == number
        )
    if any(term in word for word in words) or any(word.startswith(term) for word in runs(text, chinese=False)):
        return True
    if term in number and len(number) - number.index(term) >= 4:
        return True
    return any(_spoken(term, run) for run in runs(title, chinese=True))


def _spoken(term, run):
    said = lazy_pinyin(run)
    for i in range(len(said)):
        window = said[i:] if i == 0 else said[i : i + PINYIN_WINDOW]
        letters = "".join(syllable[0] for syllable in said)
        initials = letters if i == 0 else letters[i : i + INITIALS_WINDOW]
        if "".join(window).startswith(term) or initials.startswith(term):
            return True
    return False


class Recall(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.cast = call_the_cast()
        cls.customer = make_customer(cls.cast.alice, "别处")
        Entry.objects.all().delete()

    @settings(max_examples=examples(60), deadline=None)
    @given(things, st.data())
    def test_what_is_found_is_what_is_there(self, rows, data):
        Entry.objects.all().delete()
        index_many(
            Findable("thing", n, uuid4(), self.customer.pk, title, text=text, secrets=(number,))
            for n, (title, text, number) in enumerate(rows)
        )
        title, text, number = data.draw(st.sampled_from(rows))
        said = "".join(lazy_pinyin(title.replace(" ", "")))
        source = data.draw(st.sampled_from([title, text or title, number, said or title]))
        start = data.draw(st.integers(0, len(source) - 1))
        typed = source[start : data.draw(st.integers(start + 1, len(source)))]
        wanted = runs(typed, chinese=True) + runs(typed, chinese=False)

        expected = {
            n for n, (title, text, number) in enumerate(rows)
            if wanted and all(answers(term, title, text, number) for term in wanted)
        }  # fmt: skip
        for narrow, middling in ((0, 0), (0, 10_000), (2_000, 10_000)):
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr(queries, "NARROW", narrow)
                patch.setattr(queries, "MIDDLING", middling)
                found = {entry.object_id for entry in find(typed, user=self.cast.alice, limit=100)}
            beginning = {
                n for n, row in enumerate(rows) if wanted and row[0].replace(" ", "").startswith(typed.replace(" ", ""))
            }
            assert found == expected | beginning, (typed, narrow, middling)
