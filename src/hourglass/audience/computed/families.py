"""All families, in the order in which people read them."""

from __future__ import annotations

from hourglass.audience.computed.clusters import CLUSTERS
from hourglass.audience.computed.engagement import ENGAGEMENT
from hourglass.audience.computed.family import Family
from hourglass.audience.computed.favourites import FAVOURITES
from hourglass.audience.computed.lifecycle import LIFECYCLE
from hourglass.audience.computed.price import PRICE
from hourglass.audience.computed.rfm import RFM
from hourglass.audience.computed.value import VALUE

FAMILIES: tuple[Family, ...] = (RFM, VALUE, LIFECYCLE, FAVOURITES, PRICE, ENGAGEMENT, CLUSTERS)
