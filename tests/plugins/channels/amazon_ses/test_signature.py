"""AWS's own examples: the signing guide's ListUsers, and two vectors of its test suite."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from hourglass.kernel import Secret
from hourglass.plugins.channels.amazon_ses.signature import Credentials, sign

THEN = datetime(2015, 8, 30, 12, 36, tzinfo=UTC)
LIST_USERS = "https://iam.amazonaws.com/?Version=2010-05-08&Action=ListUsers"
FORM = {"Content-Type": "application/x-www-form-urlencoded; charset=utf-8"}


def credentials(service: str, **more: Secret) -> Credentials:
    secret = Secret("wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY")
    return Credentials(access_key_id="AKIDEXAMPLE", secret=secret, region="us-east-1", service=service, **more)


@pytest.mark.parametrize(
    ("service", "method", "url", "headers", "signature"),
    [
        ("iam", "GET", LIST_USERS, FORM, "5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7"),
        ("service", "GET", "https://example.amazonaws.com/", {},
         "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31"),
        ("service", "POST", "https://example.amazonaws.com/", {},
         "5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b"),
    ],
)  # fmt: skip
def test_the_examples_of_aws(service: str, method: str, url: str, headers: dict[str, str], signature: str) -> None:
    told = sign(credentials(service), method, url, headers, b"", THEN)
    assert told["authorization"].endswith(f"Signature={signature}")


def test_a_session_token_is_signed_too() -> None:
    told = sign(credentials("ses", session_token=Secret("token")), "POST", "https://x.example/y", {}, b"{}", THEN)
    assert told["x-amz-security-token"] == "token"
    assert "SignedHeaders=host;x-amz-date;x-amz-security-token" in told["authorization"]


def test_another_body_is_another_signature() -> None:
    one, two = (sign(credentials("ses"), "POST", "https://x.example/y", {}, body, THEN) for body in (b"1", b"2"))
    assert one["authorization"] != two["authorization"]
