"""The parts of a parsed template that are asked most often, by a shorter way to the same answer."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TextIO, cast

from liquid import BoundTemplate, Node, RenderContext, escape
from liquid.ast import BlockNode
from liquid.builtin.expressions import Path
from liquid.builtin.output import OutputNode
from liquid.expression import Expression
from liquid.stringify import to_liquid_string


class _QuickPath(Path):
    """A path of plain names, looked up in dictionaries; whatever else is met is left to the library."""

    __slots__ = ()

    def evaluate(self, context: RenderContext) -> object:
        path: list[Any] = self.path
        name = path[0]
        for names in context.scope._maps:  # noqa: SLF001  # pyright: ignore[reportPrivateUsage]
            if name in names:
                value: Any = names[name]
                break
        else:
            return super().evaluate(context)
        for segment in path[1:]:
            inner = cast("dict[str, Any]", value)
            if type(inner) is not dict or segment not in inner:
                return super().evaluate(context)
            value = inner[segment]
        return value


class _QuickOutput(OutputNode):
    """What is a text already needs no look at what else it could be."""

    __slots__ = ()

    def render_to_output(self, context: RenderContext, buffer: TextIO) -> int:
        value = self.expression.evaluate(context)
        if type(value) is str:
            return buffer.write(str(escape(value)) if context.autoescape else value)
        return buffer.write(to_liquid_string(value, context.autoescape))


class _QuickBlock(BlockNode):
    """A block that is never blank, so that nothing has to be thrown away."""

    __slots__ = ()

    def render_to_output(self, context: RenderContext, buffer: TextIO) -> int:
        written = 0
        for node in self.nodes:
            written += node.render_to_output(context, buffer)
        return written


def quicken(template: BoundTemplate) -> None:
    """Let the parts of a template take their shorter way; it answers the same."""
    context = RenderContext(template)
    for node in template.nodes:
        _node(node, context)


def _node(node: Node, context: RenderContext) -> None:
    if type(node) is OutputNode:
        node.__class__ = _QuickOutput
    elif type(node) is BlockNode and not node.blank:
        node.__class__ = _QuickBlock
    _expressions(node.expressions())
    for child in node.children(context, include_partials=False):
        _node(child, context)


def _expressions(expressions: Iterable[Expression]) -> None:
    for expression in expressions:
        if type(expression) is Path and all(isinstance(segment, str) for segment in expression.path):
            expression.__class__ = _QuickPath
        _expressions(expression.children())
