"""Long lists of whole numbers in PostgreSQL's own binary form: neither side spells them out in digits."""

from __future__ import annotations

import sys
from array import array
from struct import pack
from typing import Any

import psycopg
from psycopg.adapt import Dumper
from psycopg.postgres import types
from psycopg.pq import Format

_BIGINT = types["int8"]
_BYTES = 8
_LENGTH = int.from_bytes(_BYTES.to_bytes(4, "big"), sys.byteorder)


class Numbers:
    """Whole numbers of up to 64 bits, sent as `bigint[]`. Raises OverflowError for a larger one."""

    def __init__(self, values: list[Any]) -> None:
        self.values = array("q", values)


def packed(numbers: array[int]) -> bytes:
    """One dimension, nothing missing; then each number behind its length, the first byte first."""
    count = len(numbers)
    ordered = array("q", numbers)
    if sys.byteorder == "little":
        ordered.byteswap()
    halves = array("i", ordered.tobytes())
    items = array("i", bytes(12 * count))
    items[0::3] = array("i", [_LENGTH]) * count
    items[1::3], items[2::3] = halves[0::2], halves[1::2]
    return pack(">iiIii", 1, 0, _BIGINT.oid, count, 1) + items.tobytes()


class _NumbersDumper(Dumper):
    format = Format.BINARY
    oid = _BIGINT.array_oid

    def dump(self, obj: Numbers) -> bytes:
        return packed(obj.values)


psycopg.adapters.register_dumper(Numbers, _NumbersDumper)
