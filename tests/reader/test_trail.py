from hypothesis import given
from hypothesis import strategies as st

from reader.trail import Place, Trail

PLACES = st.builds(Place, st.sampled_from("ab"), st.integers(0, 3))


def test_back_and_forward_go_the_same_way() -> None:
    trail = Trail()
    trail.jumped(Place("a", 1), Place("a", 9))
    trail.jumped(Place("a", 12), Place("b", 0))
    assert trail.back(Place("b", 5)) == Place("a", 12)
    assert trail.back(Place("a", 12)) == Place("a", 1)
    assert trail.back(Place("a", 1)) is None
    assert trail.forward(Place("a", 1)) == Place("a", 12)
    assert trail.forward(Place("a", 12)) == Place("b", 5)
    assert trail.forward(Place("b", 5)) is None


def test_jumping_on_and_on_is_one_way_back() -> None:
    trail = Trail()
    for here, there in ((1, 10), (10, 20), (20, 30)):
        trail.jumped(Place("a", here), Place("a", there))
    assert trail.back(Place("a", 30)) == Place("a", 1)


def test_a_jump_forgets_what_was_ahead() -> None:
    trail = Trail()
    trail.jumped(Place("a", 1), Place("a", 9))
    trail.back(Place("a", 9))
    trail.jumped(Place("a", 1), Place("a", 5))
    assert trail.forward(Place("a", 5)) is None


@given(st.lists(st.tuples(PLACES, PLACES), max_size=20))
def test_going_all_the_way_back_and_forward_ends_where_it_began(jumps: list[tuple[Place, Place]]) -> None:
    trail = Trail()
    for here, there in jumps:
        trail.jumped(here, there)
    start = here = Place("c", 0)
    while place := trail.back(here):
        here = place
    while place := trail.forward(here):
        here = place
    assert here == start
