"""`{% for %}` as a function: the library's loop, without what each round of it costs there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, cast

from liquid.builtin.expressions.loop import LoopExpression
from liquid.builtin.tags.for_tag import ForLoop
from liquid.exceptions import BreakLoop, ContextDepthError, ContinueLoop

from hourglass.messages.content.liquid.asked import Fixed, Known, asked
from hourglass.messages.content.liquid.meter import MeteredContext, Page, Step, follow


def loop(expression: LoopExpression, block: tuple[Step, ...], default: tuple[Step, ...], known: Known) -> Step:
    """The block for each thing, or the default where there is none."""
    name, label = str(expression.identifier), f"{expression.identifier}-{expression.iterable}"
    find = _items(expression, known)

    def repeat(context: MeteredContext, page: Page) -> None:
        it, length = find(context)
        if not length:
            follow(default, context, page)
            return
        rounds = ForLoop(name=label, it=it, length=length, parentloop=context.parentloop())
        namespace: dict[str, object] = {"forloop": rounds, name: None}
        with _inside(context, namespace, rounds):
            for namespace[name] in rounds:
                context.keep_time()
                try:
                    follow(block, context, page)
                except ContinueLoop:
                    continue
                except BreakLoop:
                    break

    return repeat


class _inside:  # noqa: N801 - read as a word after `with`
    """The names of a loop while it runs: as `RenderContext.loop`, without two generators for each."""

    __slots__ = ("_context", "_namespace", "_rounds")

    def __init__(self, context: MeteredContext, namespace: dict[str, object], rounds: ForLoop) -> None:
        self._context, self._namespace, self._rounds = context, namespace, rounds

    def __enter__(self) -> None:
        context = self._context
        context.raise_for_loop_limit(self._rounds.length)
        if context.scope.size() > context.env.context_depth_limit:
            raise ContextDepthError("maximum context depth reached", token=None)
        context.loops.append(self._rounds)
        context.scope.push(self._namespace)

    def __exit__(self, *_: object) -> None:
        self._context.scope.pop()
        self._context.loops.pop()


def _items(expression: LoopExpression, known: Known) -> Callable[[MeteredContext], tuple[Iterator[Any], int]]:
    """What is gone through, and how many. A list, from its start to a fixed limit, is taken as it is."""
    limit = None if expression.limit is None else asked(expression.limit, known)
    if expression.offset is not None or expression.cols is not None or not isinstance(limit, Fixed | None):
        return expression.evaluate
    most = None if limit is None else limit.value
    if most is not None and (type(most) is not int or most <= 0):
        return expression.evaluate
    ask, label = asked(expression.iterable, known), f"{expression.identifier}-{expression.iterable}"

    def find(context: MeteredContext) -> tuple[Iterator[Any], int]:
        value = ask.value if isinstance(ask, Fixed) else ask(context)
        if type(value) is not list:
            return expression.evaluate(context)
        everything = cast("list[Any]", value)
        items = everything if most is None else everything[:most]
        context.stopindex(label, len(items))
        return iter(items[::-1] if expression.reversed else items), len(items)

    return find
