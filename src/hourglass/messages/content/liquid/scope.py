"""The tag that a snippet becomes: what stands in it sees the facts of the message and what it was handed, no more."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TextIO

from liquid import Environment, Node, RenderContext, Tag, Token, TokenStream
from liquid.ast import BlockNode, Partial, PartialScope
from liquid.builtin.expressions import Identifier, KeywordArgument
from liquid.expression import Expression
from liquid.parser import get_parser
from liquid.token import TOKEN_EOF, TOKEN_TAG

from hourglass.messages.content.liquid.meter import MeteredContext

NAME, END = "snippet", "endsnippet"
_ENDS = frozenset((END, TOKEN_EOF))


class SnippetNode(Node):
    """A snippet where it was put in."""

    __slots__ = ("args", "block")

    def __init__(self, token: Token, args: list[KeywordArgument], block: BlockNode) -> None:
        super().__init__(token)
        self.args = args
        self.block = block
        self.blank = False

    def render_to_output(self, context: RenderContext, buffer: TextIO) -> int:
        handed = {one.name: one.value.evaluate(context) for one in self.args}
        assert isinstance(context, MeteredContext)
        return self.block.render_to_output(context.apart(handed), buffer)

    def children(
        self,
        static_context: RenderContext,  # noqa: ARG002
        *,
        include_partials: bool = True,  # noqa: ARG002
    ) -> Iterable[Node]:
        return [self.block]

    def expressions(self) -> Iterable[Expression]:
        return [one.value for one in self.args]

    def partial_scope(self) -> Partial | None:
        handed = [Identifier(one.name, token=one.token) for one in self.args]
        return Partial(name="", scope=PartialScope.ISOLATED, in_scope=handed, key=id(self))


class SnippetTag(Tag):
    """`{% snippet line: item %} … {% endsnippet %}`; nobody writes it, `expand` does."""

    name = NAME
    end = END

    def parse(self, stream: TokenStream) -> Node:
        """Read the arguments and the block."""
        token = stream.eat(TOKEN_TAG)
        args = KeywordArgument.parse(self.env, stream.into_inner(tag=token))
        block = get_parser(self.env).parse_block(stream, _ENDS)
        stream.expect(TOKEN_TAG, value=END)
        return SnippetNode(token, args, block)


def register(environment: Environment) -> None:
    """Make the tag known."""
    environment.add_tag(SnippetTag)
