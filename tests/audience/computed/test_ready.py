"""The catalogue of ready-made segments is right in itself, in both languages."""

from __future__ import annotations

import pytest

from hourglass.audience import SEGMENT
from hourglass.audience.computed import FAMILIES, is_computed, ready_segment, ready_segments
from hourglass.audience.computed.engagement import LEVELS
from hourglass.audience.computed.sources import Circumstances
from hourglass.audience.computed.store import named_traits
from hourglass.kernel import NotFound

HERE = Circumstances(now=0, channels=("email",))


@pytest.mark.parametrize("ready", ready_segments(), ids=lambda one: one.key)
def test_each_can_be_saved(ready) -> None:
    for locale in ("en", "ru-RU"):
        SEGMENT.read(ready.document(locale))
    assert ready.name["en"] != ready.name["ru"]


def test_keys_are_there_once() -> None:
    keys = [one.key for one in ready_segments()]
    assert len(keys) == len(set(keys)) > 30


def test_they_name_traits_and_values_that_exist() -> None:
    values = {
        f"{family.name}.{trait.name}": set(trait.values) for family in FAMILIES for trait in family.all_traits(HERE)
    }
    assert values["engagement.email"] == set(LEVELS)
    for ready in ready_segments():
        for leaf in _comparisons(ready.when):
            assert is_computed(leaf["trait"])
            known = values[leaf["trait"]]
            told = leaf["value"] if isinstance(leaf["value"], list) else [leaf["value"]]
            assert not known or set(told) <= known, ready.key


def test_every_cell_stage_and_band_has_one() -> None:
    told = {(leaf["trait"], str(leaf["value"])) for ready in ready_segments() for leaf in _comparisons(ready.when)}
    rfm, lifecycle = (next(f for f in FAMILIES if f.name == name) for name in ("rfm", "lifecycle"))
    cells = next(trait for trait in rfm.traits if trait.name == "cell").values
    stages = next(trait for trait in lifecycle.traits if trait.name == "stage").values
    assert {("rfm.cell", cell) for cell in cells} | {("lifecycle.stage", stage) for stage in stages} <= told


def test_a_key_that_is_nearly_right_is_named() -> None:
    with pytest.raises(NotFound, match="rfm-champions"):
        ready_segment("rfm-champion")


def test_a_document_tells_the_traits_it_names() -> None:
    assert named_traits(ready_segment("second-order-due").when) == {"lifecycle.stage"}


def _comparisons(node: object) -> list[dict]:
    if isinstance(node, dict):
        return ([node] if "trait" in node else []) + [leaf for child in node.values() for leaf in _comparisons(child)]
    return [leaf for child in node for leaf in _comparisons(child)] if isinstance(node, list) else []
