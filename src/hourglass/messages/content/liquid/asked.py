"""What an expression of a template is worth: the commonest kinds as plain functions, the rest asked of the library.

A function answers as the library does; where it meets anything unusual it lets the library answer.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any, cast

from liquid import Markup, RenderContext
from liquid.builtin.expressions import BooleanExpression, Filter, FilteredExpression, KeywordArgument, Path
from liquid.builtin.expressions.logical import (
    EqExpression,
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
from liquid.undefined import Undefined
from msgspec import Struct

from hourglass.messages.content.liquid.meter import MeteredContext

Ask = Callable[[MeteredContext], Any]
_LITERALS = (FalseLiteral, FloatLiteral, IntegerLiteral, Nil, StringLiteral, TrueLiteral)
_PLAIN = (str, int, dict, list, bool)
_COMPARED = (str, Markup, int, float, Decimal)
_WORDS = {"size", "first", "last"}
"""What may be asked of a list without it being there."""


class Fixed(Struct, frozen=True):
    """A value that is the same for everybody."""

    value: Any


class Known(Struct, frozen=True, kw_only=True):
    """Where a template is rendered, and what it is told that never changes: `brand`."""

    context: RenderContext
    """Of nobody; literals are read in it."""
    constants: Mapping[str, Any] = {}


def asked(expression: Expression, known: Known, *, or_none: bool = False) -> Ask | Fixed:
    """The value of an expression: fixed, or a function of the context.

    `or_none`: whoever asks treats what is missing as None, so that nothing need be made to stand for it.
    """
    if isinstance(expression, _LITERALS):
        return Fixed(expression.evaluate(known.context))
    match expression:
        case Path():
            return _path(expression, known, or_none=or_none and known.context.env.undefined is Undefined)
        case FilteredExpression() if type(expression) is FilteredExpression:
            return _filtered(expression, known, or_none=or_none)
        case EqExpression():
            return _equal(expression, known)
        case BooleanExpression() | LogicalAndExpression() | LogicalOrExpression():
            return _truth(expression, known)
        case _:
            return cast("Ask", expression.evaluate)


def _path(path: Path, known: Known, *, or_none: bool) -> Ask | Fixed:
    # The library's own names are compared by a method of theirs, plain ones ten times faster.
    names = [str(one) for one in path.path if isinstance(one, str)]
    if len(names) < len(path.path):
        return cast("Ask", path.evaluate)
    fixed = _constant(names, known.constants)
    if fixed is not None:
        return fixed
    root, rest = names[0], tuple(names[1:])
    missing: Ask = _none if or_none and _WORDS.isdisjoint(names) else cast("Ask", path.evaluate)
    library: Ask = cast("Ask", path.evaluate)

    def ask(context: MeteredContext) -> Any:
        for scope in context.scope._maps:  # noqa: SLF001  # pyright: ignore[reportPrivateUsage]
            if root in scope:
                value: Any = scope[root]
                break
        else:
            return missing(context)
        for name in rest:
            if type(value) is not dict:  # pyright: ignore[reportUnknownArgumentType]
                return library(context)
            if name not in value:
                return missing(context)
            value = value[name]  # pyright: ignore[reportUnknownVariableType]
        return value  # pyright: ignore[reportUnknownVariableType]

    return ask


def _none(_: MeteredContext) -> None:
    return None


def _constant(names: list[str], constants: Mapping[str, Any]) -> Fixed | None:
    value: Any = constants
    for name in names:
        if not isinstance(value, dict) or name not in value:
            return None
        value = cast("dict[str, Any]", value)[name]
    return Fixed(value) if value is None or type(value) in _PLAIN else None


def _filtered(expression: FilteredExpression, known: Known, *, or_none: bool) -> Ask | Fixed:
    found = asked(expression.left, known, or_none=or_none and not expression.filters)
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
    if isinstance(expression, BooleanExpression):
        return _truth(expression.expression, known)
    if isinstance(expression, LogicalAndExpression | LogicalOrExpression):
        return _either(expression, known)
    value = asked(expression, known, or_none=True)
    return Fixed(is_truthy(value.value)) if isinstance(value, Fixed) else lambda context: _counts(value(context))


def _equal(expression: EqExpression, known: Known) -> Ask:
    """Texts and numbers are compared as they are; what else can be equal, the library knows."""
    left, right = _function(asked(expression.left, known)), _function(asked(expression.right, known))

    def compare(context: MeteredContext) -> object:
        one, other = left(context), right(context)
        if type(one) in _COMPARED and type(other) in _COMPARED:
            return one == other
        return expression.evaluate(context)

    return compare


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
