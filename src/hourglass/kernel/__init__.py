"""Clock, ids, money, durations, errors and settings: pure, no I/O."""

from hourglass.kernel.access import ACCESS_ROLES, AccessRole, Permission, Rights, access_role, who_may
from hourglass.kernel.clock import Anchor, Clock, DemoClock, FixedClock, SystemClock, cpu_seconds, monotonic
from hourglass.kernel.collector import calm_collector
from hourglass.kernel.doors import look_up
from hourglass.kernel.durations import parse_duration
from hourglass.kernel.errors import (
    Conflict,
    Forbidden,
    HourglassError,
    Malformed,
    NotFound,
    TooLarge,
    TooMany,
    Unauthorised,
    Unavailable,
)
from hourglass.kernel.fields import field_of
from hourglass.kernel.folder import ensure_folder, keep_private
from hourglass.kernel.ids import IdentityId, MessageRowId, ProfileId, RunId, WorkspaceId, digest, fingerprint
from hourglass.kernel.local import local_moment
from hourglass.kernel.money import exponent, to_major, to_minor, unusual_exponents
from hourglass.kernel.secret import Secret, secret_names
from hourglass.kernel.settings import Settings, read_settings, share_cores
from hourglass.kernel.workspace import Workspace

__all__ = [
    "ACCESS_ROLES",
    "AccessRole",
    "Anchor",
    "Clock",
    "Conflict",
    "DemoClock",
    "FixedClock",
    "Forbidden",
    "HourglassError",
    "IdentityId",
    "Malformed",
    "MessageRowId",
    "NotFound",
    "Permission",
    "ProfileId",
    "Rights",
    "RunId",
    "Secret",
    "Settings",
    "SystemClock",
    "TooLarge",
    "TooMany",
    "Unauthorised",
    "Unavailable",
    "Workspace",
    "WorkspaceId",
    "access_role",
    "calm_collector",
    "cpu_seconds",
    "digest",
    "ensure_folder",
    "exponent",
    "field_of",
    "fingerprint",
    "keep_private",
    "local_moment",
    "look_up",
    "monotonic",
    "parse_duration",
    "read_settings",
    "secret_names",
    "share_cores",
    "to_major",
    "to_minor",
    "unusual_exponents",
    "who_may",
]
