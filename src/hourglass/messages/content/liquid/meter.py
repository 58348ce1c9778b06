"""The limits of one rendering: steps, computing time and size, so that no template can hold up the others."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sized
from decimal import Decimal
from functools import wraps
from typing import Any, TextIO

from liquid import BoundTemplate, RenderContext, Token
from liquid.exceptions import LiquidError, LiquidInterrupt, LiquidSyntaxError, StopRender

from hourglass.kernel import cpu_seconds

STEPS = 20_000
SECONDS = 2.0
OUTPUT = 1_000_000
LONGEST = 50_000
MOST = 5_000
_SMALL = (Decimal, int, float, bool, type(None))
_LOOK = 64  # steps between two looks at the clock


class TooMuch(LiquidError):
    """The template asks for more than it may have."""


class Page:
    """Takes what is written, up to a limit in characters."""

    __slots__ = ("_left", "_pieces", "put")

    def __init__(self, most: int) -> None:
        self._pieces: list[str] = []
        self._left = most
        self.put: Callable[[str], None] = self._pieces.append
        """Take a piece of the template itself, which is there already: it counts when all is put together."""

    def write(self, text: str) -> int:
        """Take a value, or raise TooMuch."""
        self._left -= len(text)
        if self._left < 0:
            raise TooMuch("the output limit is reached", token=None)
        self._pieces.append(text)
        return len(text)

    @property
    def left(self) -> int:
        """How many characters more."""
        return self._left

    def getvalue(self) -> str:
        """All of it, or raise TooMuch."""
        if sum(map(len, self._pieces)) > OUTPUT:
            raise TooMuch("the output limit is reached", token=None)
        return "".join(self._pieces)


Step = Callable[["MeteredContext", Page], None] | str
"""A piece of a template: one that looks at what is known and writes to the page, or a text as it stands."""


def follow(steps: tuple[Step, ...], context: MeteredContext, page: Page) -> None:
    """Do one after the other."""
    if len(steps) > _LOOK:
        for start in range(0, len(steps), _LOOK):
            context.keep_time()
            follow(steps[start : start + _LOOK], context, page)
        return
    put = page.put
    for step in steps:
        if isinstance(step, str):
            put(step)
        else:
            step(context, page)


class MeteredContext(RenderContext):
    """Counts filters and loop rounds of a rendering, snippets included, and looks at the clock now and then."""

    __slots__ = ("_meter",)

    def __init__(self, template: BoundTemplate, *, parent_context: RenderContext | None = None, **options: Any) -> None:
        super().__init__(template, parent_context=parent_context, **options)
        # Steps left, and when they were looked at; shared with the contexts of snippets.
        shared = parent_context._meter if isinstance(parent_context, MeteredContext) else None  # noqa: SLF001
        self._meter = shared or [float(STEPS), cpu_seconds() + SECONDS]

    def spend(self, steps: int) -> None:
        """Take so many steps, or raise TooMuch."""
        meter = self._meter
        before = meter[0]
        meter[0] = after = before - steps
        if after < 0:
            raise TooMuch("the loop and filter limit is reached", token=None)
        if before // _LOOK != after // _LOOK:
            self.keep_time()

    def keep_time(self) -> None:
        """Raise TooMuch when it took too long."""
        if cpu_seconds() > self._meter[1]:
            raise TooMuch("the time limit is reached", token=None)

    def apart(self, handed: Mapping[str, object]) -> MeteredContext:
        """A context for a snippet: the facts of the message and what is handed over, on the same meter."""
        if self._copy_depth > self.env.context_depth_limit:
            raise TooMuch("the limit of snippets in snippets is reached", token=None)
        rounds = self.loop_iteration_carry
        for loop in self.loops:
            rounds *= loop.length
        return MeteredContext(
            self.template,
            globals={**self.globals, **handed},
            copy_depth=self._copy_depth + 1,
            parent_context=self,
            loop_iteration_carry=rounds,
            local_namespace_size_carry=self.get_size_of_locals() if self.locals else 0,
        )

    def told(self, name: str) -> Any:
        """A fact of the message; None where nobody told it."""
        for names in self.scope._maps:  # noqa: SLF001  # pyright: ignore[reportPrivateUsage]
            if name in names:
                return names[name]
        return None

    def filter(self, name: str, token: Token | None) -> Callable[..., object]:
        self.spend(1)
        return super().filter(name, token)

    def raise_for_loop_limit(self, length: int = 1) -> None:
        super().raise_for_loop_limit(length)
        self.spend(length)

    def get_buffer(self, buf: TextIO | None = None) -> Any:
        return Page(buf.left if isinstance(buf, Page) else OUTPUT)


class MeteredTemplate(BoundTemplate):
    """A template that is rendered within its limits."""

    context_class = MeteredContext
    steps: tuple[Step, ...] = ()

    def fill(self, known: Mapping[str, object]) -> str:
        """The template filled in. Raises LiquidError."""
        page, context = Page(OUTPUT), MeteredContext(self, globals=known)
        try:
            follow(self.steps, context, page)
        except StopRender:
            pass
        except LiquidInterrupt as error:
            raise LiquidSyntaxError(f"unexpected '{error}'", token=None) from error
        return page.getvalue()

    def render(self, *args: Any, **kwargs: Any) -> str:
        return self.fill(dict(*args, **kwargs))


def limited(name: str, function: Callable[..., Any]) -> Callable[..., Any]:
    """The filter, refusing what is too large to be worked on; it stays marked for what it wants to be handed."""

    @wraps(function)
    def within(left: Any, *args: Any, **kwargs: Any) -> Any:
        if type(left) not in _SMALL and _too_long(left):
            raise TooMuch(f"over the size limit of the filter “{name}”", token=None)
        if args and _grows(name, left, args):
            raise TooMuch(f"over the size limit of the filter “{name}”", token=None)
        return function(left, *args, **kwargs)

    return within


def _too_long(value: Any) -> bool:
    return isinstance(value, Sized) and len(value) > (LONGEST if isinstance(value, str) else MOST)


def _grows(name: str, left: Any, args: tuple[Any, ...]) -> bool:
    """Whether a text would be repeated into something huge."""
    if name == "join":
        return isinstance(left, Sized) and len(left) * len(str(args[0])) > LONGEST
    if name == "replace" and isinstance(left, str):
        return left.count(str(args[0])) * len("".join(map(str, args[1:2]))) > LONGEST
    return any(isinstance(one, str) and len(one) > LONGEST for one in args)
