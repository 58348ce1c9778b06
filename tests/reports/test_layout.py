"""Where the steps of a graph stand."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from hourglass.reports.page.layout import layout

NAMES = [f"s{i}" for i in range(9)]
WAYS = st.lists(st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES)), max_size=20)


@given(WAYS)
def test_no_two_things_stand_in_one_place_and_ways_lead_down(ways):
    found = layout(NAMES, ways)
    rank = {name: i for i, name in enumerate(NAMES)}
    for origin, to in ways:
        if rank[origin] < rank[to]:
            assert found.layers[origin] < found.layers[to]
    standing = [(found.columns[name], found.layers[name]) for name in NAMES]
    standing += [bend for bends in found.bends.values() for bend in bends]
    for (x, layer), (other, its) in combinations(standing, 2):
        assert layer != its or abs(x - other) > 0.99
    assert min(x for x, _ in standing) > -0.01
    assert max(x for x, _ in standing) < found.width - 0.99


def test_a_way_that_passes_a_step_by_goes_round_it():
    found = layout(["a", "b", "c"], [("a", "b"), ("b", "c"), ("a", "c")])
    ((x, layer),) = found.bends["a", "c"]
    assert (layer, abs(x - found.columns["b"]) > 0.99) == (1, True)


def test_a_way_back_up_is_drawn_and_moves_nothing():
    found = layout(["a", "b"], [("a", "b"), ("b", "a")])
    assert found.layers == {"a": 0, "b": 1}
    assert found.bends["b", "a"] == []
