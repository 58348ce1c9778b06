"""Documents to condition trees. Whatever cannot be right is refused with its path and what would be right."""

from __future__ import annotations

from hourglass.audience.leaves import LEAVES
from hourglass.audience.reading import Node, meant
from hourglass.audience.tree.condition import AllOf, AnyOf, Condition, Not
from hourglass.kernel import Malformed

_DEPTH = 20
_FORMS = ("all", "any", "not", *LEAVES)
_OF_RUNS = {"run", "entry"}
_WHAT = f"a condition: {', '.join(_FORMS)}"


def parse_condition(document: object, path: str = "condition", depth: int = 0) -> Condition:
    """Read one node and everything below it. Raises Malformed with the path."""
    if depth > _DEPTH:
        raise Malformed(f"Conditions nest deeper than {_DEPTH} levels.", path=path)
    node = Node(document, path, _WHAT)
    form = _form(node)
    if form in LEAVES:
        node.only(LEAVES[form].fields)
        return LEAVES[form].read(node)
    node.only({form})
    if form == "not":
        return Not(parse_condition(node.get("not"), node.at("not"), depth + 1))
    children = tuple(parse_condition(item, where, depth + 1) for item, where in node.items(form, "conditions"))
    return AllOf(children) if form == "all" else AnyOf(children)


def _form(node: Node) -> str:
    """By which field the node says what it is."""
    named = [form for form in _FORMS if form in node]
    # A field of one leaf may be the name of another: the leaf that knows all fields is meant.
    forms = [form for form in named if form not in LEAVES or node.fields.keys() <= LEAVES[form].fields] or named
    if not named and node.fields.keys() & _OF_RUNS:
        raise Malformed(
            "`run` and `entry` ask what one run of a journey knows: only its branches and loops can.", path=node.path
        )
    if len(forms) != 1:
        there = ", ".join(sorted(node.fields)) or "nothing"
        near = meant(next(iter(sorted(node.fields))), _FORMS) if node.fields and not named else ""
        raise Malformed(
            f"A condition is exactly one of {', '.join(_FORMS)}; this one has {there}.{near}", path=node.path
        )
    return forms[0]
