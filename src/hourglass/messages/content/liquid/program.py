"""A parsed template as a row of small functions: what is the same for everybody is joined and written at once.

The library walks its tree anew for each person, which costs three times as much. It stays in charge of parsing, of
analysis, and of every tag that has no function here; both answer the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any, cast

from liquid import BoundTemplate, Node, RenderContext, escape
from liquid.ast import BlockNode
from liquid.builtin.content import ContentNode
from liquid.builtin.output import OutputNode
from liquid.builtin.tags.assign_tag import AssignNode
from liquid.builtin.tags.for_tag import ForNode
from liquid.builtin.tags.if_tag import IfNode
from liquid.stringify import to_liquid_string

from hourglass.messages.content.liquid.asked import Ask, Fixed, Known, asked
from hourglass.messages.content.liquid.loops import loop
from hourglass.messages.content.liquid.meter import MeteredContext, Page, Step, follow
from hourglass.messages.content.liquid.scope import SnippetNode

_MARKED = re.compile("[&<>'\"]")


def program(template: BoundTemplate, constants: Mapping[str, Any]) -> tuple[Step, ...]:
    """What to do to fill the template in. `constants` are the facts that are the same at every filling."""
    context = RenderContext(template)
    bound = _bound(template.nodes, context)
    free = {name: value for name, value in constants.items() if name not in bound}
    return _joined(_pieces(template.nodes, Known(context=context, constants=free)))


def _pieces(nodes: Iterable[Node], known: Known) -> Iterator[Step]:
    for node in nodes:
        yield from _piece(node, known)


def _piece(node: Node, known: Known) -> Iterator[Step]:
    match node:
        case ContentNode():
            yield node.text
        case OutputNode():
            yield _output(asked(node.expression, known, or_none=True), known.context.autoescape)
        case AssignNode():
            yield _assignment(node, asked(node.expression, known))
        case IfNode():
            yield from _choice(node, known)
        case ForNode():
            block, default = (
                _joined(_piece(node.block, known)),
                _joined(_piece(node.default, known)) if node.default else (),
            )
            yield loop(node.expression, block, default, known)
        case SnippetNode():
            yield _snippet(node, known)
        case BlockNode() if not node.blank:
            yield from _pieces(node.nodes, known)
        case _:
            yield _left_to_the_library(node)


def _joined(pieces: Iterable[Step]) -> tuple[Step, ...]:
    """Texts that follow one another are one."""
    runs = groupby(pieces, key=lambda piece: isinstance(piece, str))
    return tuple(step for texts, run in runs for step in (["".join(cast("Any", run))] if texts else run))


def _output(found: Ask | Fixed, autoescape: bool) -> Step:
    if isinstance(found, Fixed):
        return str(to_liquid_string(found.value, autoescape))
    ask = found

    def write(context: MeteredContext, page: Page) -> None:
        value = ask(context)
        if type(value) is not str:
            page.write(to_liquid_string(value, autoescape))
        elif autoescape and _MARKED.search(value):
            page.write(escape(value))
        else:
            page.write(value)

    return write


def _assignment(node: AssignNode, found: Ask | Fixed) -> Step:
    name = str(node.name)
    if isinstance(found, Fixed):
        value = found.value
        return lambda context, _: context.assign(name, value)
    return lambda context, _: context.assign(name, found(context))


def _choice(node: IfNode, known: Known) -> Iterator[Step]:
    """One of several ways; what is decided for everybody is decided here."""
    ways: list[tuple[Ask, tuple[Step, ...]]] = []
    otherwise: list[Step] = []
    branches = [(node.condition, node.consequence), *((one.expression, one.block) for one in node.alternatives)]
    for condition, block in branches:
        found = asked(condition, known)
        if not isinstance(found, Fixed):
            ways.append((found, _joined(_piece(block, known))))
        elif found.value:
            otherwise = list(_piece(block, known))
            break
    else:
        otherwise = list(_piece(node.default, known)) if node.default else []
    if ways:
        yield _first_true(ways, _joined(otherwise))
    else:
        yield from otherwise


def _first_true(ways: Sequence[tuple[Ask, tuple[Step, ...]]], otherwise: tuple[Step, ...]) -> Step:
    (first, then), *others = ways
    if others:
        otherwise = (_first_true(others, otherwise),)

    def choose(context: MeteredContext, page: Page) -> None:
        follow(then if first(context) else otherwise, context, page)

    return choose


def _snippet(node: SnippetNode, known: Known) -> Step:
    args = [(one.name, asked(one.value, known)) for one in node.args]
    steps = _joined(_piece(node.block, known))

    def show(context: MeteredContext, page: Page) -> None:
        handed = {name: one.value if isinstance(one, Fixed) else one(context) for name, one in args}
        follow(steps, context.apart(handed), page)

    return show


def _left_to_the_library(node: Node) -> Step:
    def write(context: MeteredContext, page: Page) -> None:
        node.render(context, cast("Any", page))

    return write


def _bound(nodes: Iterable[Node], context: RenderContext) -> set[str]:
    """Names that the template itself gives a meaning to, somewhere."""
    names: set[str] = set()
    for node in nodes:
        names |= {str(one) for one in (*node.template_scope(), *node.block_scope())}
        scope = node.partial_scope()
        names |= set() if scope is None else {str(one) for one in scope.in_scope}
        names |= _bound(node.children(context, include_partials=False), context)
    return names
