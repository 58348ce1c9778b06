"""Posts who is to be in an audience and who is not, as JSON, signed; one answer is the answer about everybody."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import httpx
import msgspec

from hourglass.channels import read_secret, resolve, signed
from hourglass.connectors import AudienceConnector, Membership, Outcome, Taken
from hourglass.kernel import HourglassError, Unavailable
from hourglass.plugins.connectors.webhook.settings import WebhookSettings

_AGAIN = frozenset((408, 425, 429, 500, 502, 503, 504))
_SECONDS = 30.0


class WebhookAudience:
    """Open and ready to post."""

    def __init__(self, settings: WebhookSettings) -> None:
        self.batch = settings.batch
        self._url = settings.url
        self._secret = read_secret(settings.signing_secret.reveal())
        self._private = settings.private
        self._client = httpx.Client(timeout=_SECONDS, trust_env=False, follow_redirects=False)

    def keep(self, audience: str, memberships: Sequence[Membership], mark: str, now: datetime) -> list[Taken]:
        """One call for all of them."""
        told = {"type": "audience", "id": mark, "audience": audience, "at": now, "members": memberships}
        taken = self._post(msgspec.json.encode(told), mark, now)
        return [taken for _ in memberships]

    def close(self) -> None:
        """Hang up."""
        self._client.close()

    def _post(self, body: bytes, mark: str, now: datetime) -> Taken:
        try:
            place = resolve(self._url, private=self._private)
            headers = {**signed(self._secret, mark, body, now), "host": place.host, "content-type": "application/json"}
            # Only the status counts: a receiver that answers without end is not listened to.
            with self._client.stream(
                "POST", place.url, content=body, headers=headers, extensions={"sni_hostname": place.name}
            ) as answer:
                status = answer.status_code
        except Unavailable as error:
            return Taken(outcome=Outcome.LATER, detail=error.sentence)
        except HourglassError as error:
            return Taken(outcome=Outcome.REFUSED, detail=error.sentence)
        except httpx.InvalidURL as error:
            return Taken(outcome=Outcome.REFUSED, detail=f"This cannot be asked like that ({error}).")
        except httpx.HTTPError as error:
            return Taken(outcome=Outcome.LATER, detail=f"It cannot be reached ({type(error).__name__}).")
        if 200 <= status < 300:
            return Taken(outcome=Outcome.DONE)
        return Taken(outcome=Outcome.LATER if status in _AGAIN else Outcome.REFUSED, detail=f"It answered {status}.")


def open_webhook(settings: WebhookSettings) -> AudienceConnector:
    """The connector with these settings. Raises Malformed for a weak secret."""
    return WebhookAudience(settings)
