"""A measure from its document: `{count: true}`, `{sum: revenue}`, `{first: true}`, `{share: {where: [...]}}`."""

from __future__ import annotations

from hourglass.audience.columns.needs import LINES
from hourglass.audience.comparison.where import read_property, read_where
from hourglass.audience.measures.measure import Measured
from hourglass.audience.measures.registry import MEASURES
from hourglass.audience.reading import Node, meant
from hourglass.kernel import Malformed


def read_measure(node: Node) -> Measured:
    """Raises Malformed with the path and what would be right."""
    names = list(node.fields)
    if len(names) != 1 or names[0] not in MEASURES:
        near = meant(names[0], MEASURES) if names else ""
        raise Malformed(f"A measure is exactly one of {', '.join(MEASURES)}.{near}", path=node.path)
    name = names[0]
    match MEASURES[name].takes:
        case "nothing":
            return Measured(name, _flag(node, name))
        case "property":
            return Measured(name, read_property(node, name))
        case "either":
            return Measured(name, _flag(node, name) if node.get(name) is True else read_property(node, name))
        case "share":
            asked = node.node(name, "{where: [...]} and, for a share of a sum, {of: property}")
            asked.only({"where", "of"})
            where = read_where(asked.get("where"), asked.at("where"), moving=True)
            if not where:
                raise Malformed("A share needs `where`: which part it is of.", path=asked.at("where"))
            found = Measured(name, read_property(asked, "of") if "of" in asked else None, where)
            if found.by_line and found.of and not found.of.startswith(LINES):
                raise Malformed(
                    f"“{found.of}” belongs to the whole order; of its lines, write products.amount.",
                    path=asked.at("of"),
                )
            return found


def _flag(node: Node, name: str) -> None:
    if node.get(name) is not True:
        raise Malformed(f"Write {{{name}: true}}.", path=node.at(name))
