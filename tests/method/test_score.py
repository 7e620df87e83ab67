"""The bare score that ranks a book is the priority a screen tells with its parts."""

from hypothesis import given
from hypothesis import strategies as st

from tests.method.build import standard
from wendu.method.codes import Quadrant
from wendu.method.priority import Worth, priority, rank, score, value_scale

PARTS = st.one_of(st.none(), st.floats(0, 1))
WORTHS = st.builds(
    Worth,
    quadrant=st.sampled_from(Quadrant),
    heat=st.floats(0, 100),
    value=st.one_of(st.none(), st.floats(0, 1e9)),
    elapsed_share=PARTS,
)


@given(st.lists(WORTHS, min_size=1, max_size=8))
def test_ranking_by_the_bare_score_is_ranking_by_the_priority(worths):
    among, scale = value_scale([worth.value for worth in worths]), standard().plan
    told = [priority(worth, among, scale) for worth in worths]
    bare = [score(worth, among, scale) for worth in worths]

    assert [(each.value, each.provisional) for each in told] == [(each.value, each.provisional) for each in bare]
    assert rank(enumerate(told)) == rank(enumerate(bare))
