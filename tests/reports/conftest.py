"""The small shop, with a history to replay."""

from tests.lived import lived

__all__ = ["lived"]
