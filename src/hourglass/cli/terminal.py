"""What is shown on a terminal: colours pass, everything else that would steer the terminal is shown as text.

Names and addresses come from strangers; a control sequence in one could rewrite the screen, or the clipboard.
"""

from __future__ import annotations

import re
import sys
from io import TextIOWrapper

# Concealed text (8) is no colour.
_COLOURS = r"\x1b\[(?!(?:[0-9]*;)*0*8[;m])[0-9;]{0,20}m"
_STEERING = re.compile(rf"({_COLOURS})|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


class Harmless(TextIOWrapper):
    """A terminal that strangers' text cannot steer."""

    def write(self, text: str, /) -> int:
        """Write it, control characters spelled out."""
        super().write(harmless(text))
        return len(text)


def harmless(text: str) -> str:
    r"""The text with colours as they are, and other control characters spelled out, as `\x1b`."""
    return _STEERING.sub(lambda found: found[1] or found[0].encode("unicode_escape").decode("ascii"), text)


def guard_terminal() -> None:
    """Wrap the streams that lead to a terminal; files and pipes get what was written, octet by octet."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is not None and stream.isatty():
            stream.flush()
            wrapped = Harmless(stream.detach(), stream.encoding, "backslashreplace", line_buffering=True)
            setattr(sys, name, wrapped)
