"""Everything a marketer defines, as versioned documents: one store, one history, one API for every kind."""

from hourglass.definitions.files import Change, apply_folder, diff_folder, export_folder, read_file
from hourglass.definitions.kinds import Document, Doubt, Kind, Kinds
from hourglass.definitions.reliance import in_use
from hourglass.definitions.store import (
    Definition,
    Version,
    at_versions,
    find,
    history,
    list_all,
    live,
    put,
    remove,
    set_state,
    stamp,
)

__all__ = [
    "Change",
    "Definition",
    "Document",
    "Doubt",
    "Kind",
    "Kinds",
    "Version",
    "apply_folder",
    "at_versions",
    "diff_folder",
    "export_folder",
    "find",
    "history",
    "in_use",
    "list_all",
    "live",
    "put",
    "read_file",
    "remove",
    "set_state",
    "stamp",
]
