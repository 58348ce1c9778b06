"""The port of connectors: what other systems keep about our customers, such as an audience of an advertiser."""

from hourglass.connectors.audience import AudienceConnector, Member, Membership, Outcome, Taken
from hourglass.connectors.discover import discover_connectors, open_connector
from hourglass.connectors.document import CONNECTOR, Connector, read_connector
from hourglass.connectors.manifest import ConnectorManifest, Identifier

__all__ = [
    "CONNECTOR",
    "AudienceConnector",
    "Connector",
    "ConnectorManifest",
    "Identifier",
    "Member",
    "Membership",
    "Outcome",
    "Taken",
    "discover_connectors",
    "open_connector",
    "read_connector",
]
