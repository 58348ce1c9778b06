"""Live membership held against a rebuild from the lake: any difference is a mistake of ours, and is named."""

from hourglass.audience.audit.audit import AuditReport, audit
from hourglass.audience.audit.explain import Clause, Difference
from hourglass.audience.audit.ledger import last_audit, mend_members, note_audit

__all__ = ["AuditReport", "Clause", "Difference", "audit", "last_audit", "mend_members", "note_audit"]
