"""What an operator sets for Amazon SES."""

from __future__ import annotations

import re
from typing import Annotated

from msgspec import Meta, Struct

from hourglass.channels import read_sender
from hourglass.kernel import Secret

_REGION = re.compile(r"[a-z]{2}(?:-[a-z]+)+-[0-9]")
_TOPIC = re.compile(r"arn:aws[a-z-]*:sns:[a-z0-9-]+:[0-9]{12}:[A-Za-z0-9_.-]{1,256}")


class AmazonSesSettings(Struct, frozen=True, kw_only=True):
    """Settings of the channel; the struct is also its form."""

    access_key_id: str
    """Access key of a user or role that may do ses:SendEmail, and nothing else."""
    secret_access_key: Secret
    """The secret that belongs to it."""
    session_token: Secret | None = None
    """For temporary credentials only."""
    region: str
    """Such as eu-central-1."""
    sender: str
    """From: a name and an address that SES has verified."""
    configuration_set: str = ""
    """Configuration set whose events SNS brings back; without one nobody hears of bounces."""
    topic: str = ""
    """ARN of the SNS topic that posts the events; a webhook of any other topic is not believed."""
    connections: Annotated[int, Meta(ge=1, le=64)] = 16
    """Calls at the same time."""
    timeout: Annotated[float, Meta(gt=0, le=120)] = 30.0
    """Seconds until an answer is no longer waited for."""

    def __post_init__(self) -> None:
        read_sender(self.sender)
        if not _REGION.fullmatch(self.region):
            raise ValueError("`region` is a region of AWS, such as eu-central-1")
        if self.topic and not _TOPIC.fullmatch(self.topic):
            raise ValueError("`topic` is the ARN of an SNS topic, such as arn:aws:sns:eu-central-1:123456789012:mail")
