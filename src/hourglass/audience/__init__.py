"""Who: the condition language, and segments that are live within a tick."""

from hourglass.audience import build, computed
from hourglass.audience.audit import AuditReport, Clause, Difference, audit, last_audit, mend_members, note_audit
from hourglass.audience.comparison.where import Where, read_where
from hourglass.audience.export.fields import read_fields
from hourglass.audience.export.files import Layout, export_members, format_of
from hourglass.audience.export.members import page
from hourglass.audience.export.webhook import Receiver, post_members
from hourglass.audience.leaves import Did, InSegment, Leaf
from hourglass.audience.lists.change import ListChange, changes_of
from hourglass.audience.lists.enlist import Enlisting, enlist
from hourglass.audience.lists.importing import ImportReport, import_list
from hourglass.audience.lists.members import Named, Whom, add_to_list, remove_from_list
from hourglass.audience.lists.reasons import REASONS, Miss
from hourglass.audience.lists.settle import mend_lists, settle_lists
from hourglass.audience.lists.undo import undo_change
from hourglass.audience.live.ask import Asker
from hourglass.audience.live.catalogue import CatalogueWatch
from hourglass.audience.live.match import matching
from hourglass.audience.live.segments import SEGMENT
from hourglass.audience.operators import OPERATORS, Operator
from hourglass.audience.preview import Preview, Previewer
from hourglass.audience.reading import meant
from hourglass.audience.segment_rows import SegmentRow, segment_rows
from hourglass.audience.sizes.overlap import overlap
from hourglass.audience.sizes.sizes import growth, measure_sizes, standing
from hourglass.audience.tree.compile import Compiled, compile_conditions
from hourglass.audience.tree.condition import Condition, leaves
from hourglass.audience.tree.parse import parse_condition
from hourglass.audience.tree.words import describe
from hourglass.audience.update import Audience, Moved
from hourglass.channels import read_secret

__all__ = [
    "OPERATORS",
    "REASONS",
    "SEGMENT",
    "Asker",
    "Audience",
    "AuditReport",
    "CatalogueWatch",
    "Clause",
    "Compiled",
    "Condition",
    "Did",
    "Difference",
    "Enlisting",
    "ImportReport",
    "InSegment",
    "Layout",
    "Leaf",
    "ListChange",
    "Miss",
    "Moved",
    "Named",
    "Operator",
    "Preview",
    "Previewer",
    "Receiver",
    "SegmentRow",
    "Where",
    "Whom",
    "add_to_list",
    "audit",
    "build",
    "changes_of",
    "compile_conditions",
    "computed",
    "describe",
    "enlist",
    "export_members",
    "format_of",
    "growth",
    "import_list",
    "last_audit",
    "leaves",
    "matching",
    "meant",
    "measure_sizes",
    "mend_lists",
    "mend_members",
    "note_audit",
    "overlap",
    "page",
    "parse_condition",
    "post_members",
    "read_fields",
    "read_secret",
    "read_where",
    "remove_from_list",
    "segment_rows",
    "settle_lists",
    "standing",
    "undo_change",
]
