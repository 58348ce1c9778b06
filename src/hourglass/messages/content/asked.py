"""What an expression of a template is worth: the commonest kinds as plain functions, the rest asked of the library.

A function answers as the library does; where it meets anything unusual it lets the library answer.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, cast

from liquid import RenderContext
from liquid.builtin.expressions import BooleanExpression, Filter, FilteredExpression, KeywordArgument, Path
from liquid.builtin.expressions.logical import (
    LogicalAndExpression,
    LogicalOrExpression,
    is_truthy,
)
from liquid.builtin.expressions.primitive import (
    FalseLiteral,
    FloatLiteral,
    IntegerLiteral,
    Nil,
    StringLiteral,
    TrueLiteral,
)
from liquid.exceptions import FilterArgumentError, LiquidTypeError
from liquid.expression import Expression
from msgspec import Struct

from hourglass.messages.content.meter import MeteredContext

Ask = Callable[[MeteredContext], Any]
_LITERALS = (FalseLiteral, FloatLiteral, IntegerLiteral, Nil, StringLiteral, TrueLiteral)
_PLAIN = (str, int, dict, list, bool)


class Fixed(Struct, frozen=True):
    """A value that is the same for everybody."""

    value: Any


class Known(Struct, frozen=True, kw_only=True):
    """Where a template is rendered, and what it is told that never changes: `brand`."""

    context: RenderContext
    """Of nobody; literals are read in it."""
    constants: Mapping[str, Any] = {}


def asked(expression: Expression, known: Known) -> Ask | Fixed:
    """The value of an expression: fixed, or a function of the context."""
    match expression:
        case Path():
            return _path(expression, known)
        case FilteredExpression() if type(expression) is FilteredExpression:
            return _filtered(expression, known)
        case BooleanExpression():
            return _truth(expression.expression, known)
        case LogicalAndExpression() | LogicalOrExpression():
            return _truth(expression, known)
        case _ if isinstance(expression, _LITERALS):
            return Fixed(expression.evaluate(known.context))
        case _:
            return cast("Ask", expression.evaluate)


def _path(path: Path, known: Known) -> Ask | Fixed:
    names = [one for one in path.path if isinstance(one, str)]
    if len(names) < len(path.path):
        return cast("Ask", path.evaluate)
    fixed = _constant(names, known.constants)
    if fixed is not None:
        return fixed
    root, rest, library = names[0], tuple(names[1:]), path.evaluate

    def ask(context: MeteredContext) -> Any:
        for scope in context.scope._maps:  # noqa: SLF001  # pyright: ignore[reportPrivateUsage]
            if root in scope:
                value: Any = scope[root]
                break
        else:
            return library(context)
        for name in rest:
            if type(value) is not dict or name not in value:
                return library(context)
            value = cast("dict[str, Any]", value)[name]
        return value

    return ask


def _constant(names: list[str], constants: Mapping[str, Any]) -> Fixed | None:
    value: Any = constants
    for name in names:
        if not isinstance(value, dict) or name not in value:
            return None
        value = cast("dict[str, Any]", value)[name]
    return Fixed(value) if value is None or type(value) in _PLAIN else None


def _filtered(expression: FilteredExpression, known: Known) -> Ask | Fixed:
    found = asked(expression.left, known)
    for one in expression.filters or ():
        found = _applied(_function(found), one, known)
    return found


def _applied(ask: Ask, one: Filter, known: Known) -> Ask:
    """A filter on a value. Raises what the library raises."""
    function: Any = known.context.env.filters.get(one.name)
    named = any(isinstance(argument, KeywordArgument) for argument in one.args)
    if function is None or named or getattr(function, "with_environment", False):
        return lambda context: one.evaluate(ask(context), context)
    arguments = [asked(argument.value, known) for argument in one.args]
    wants_context = bool(getattr(function, "with_context", False))

    def apply(context: MeteredContext) -> Any:
        value = ask(context)
        context.spend(1)
        handed = [it.value if isinstance(it, Fixed) else it(context) for it in arguments] if arguments else ()
        try:
            return function(value, *handed, context=context) if wants_context else function(value, *handed)
        except TypeError as error:
            raise LiquidTypeError(f"{one.name}: {error}", token=one.token) from error
        except (LiquidTypeError, FilterArgumentError) as error:
            error.token = one.token
            raise

    return apply


def _truth(expression: Expression, known: Known) -> Ask | Fixed:
    """Whether it counts as true; `and` and `or` ask the right side only when it matters, as the library does."""
    if isinstance(expression, LogicalAndExpression | LogicalOrExpression):
        return _either(expression, known)
    value = asked(expression, known)
    return Fixed(is_truthy(value.value)) if isinstance(value, Fixed) else lambda context: _counts(value(context))


def _either(expression: LogicalAndExpression | LogicalOrExpression, known: Known) -> Ask | Fixed:
    left, right = _truth(expression.left, known), _truth(expression.right, known)
    one_is_enough = isinstance(expression, LogicalOrExpression)
    if isinstance(left, Fixed):
        return left if left.value is one_is_enough else right
    then = _function(right)
    if one_is_enough:
        return lambda context: left(context) or then(context)
    return lambda context: left(context) and then(context)


def _counts(value: Any) -> bool:
    if value is None or value is False:
        return False
    return type(value) in _PLAIN or is_truthy(value)


def _function(found: Ask | Fixed) -> Ask:
    if isinstance(found, Fixed):
        value = found.value
        return lambda _: value
    return found
