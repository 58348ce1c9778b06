"""What an operator states, and what follows from it."""

from __future__ import annotations

import pytest

from hourglass.kernel import Malformed, read_settings


def test_mail_goes_into_the_inbox_where_nothing_else_is_said() -> None:
    assert read_settings({"HOURGLASS_INBOX_PORT": "2525"}).smtp_url == "smtp://127.0.0.1:2525"
    told = read_settings({"HOURGLASS_INBOX_PORT": "2525", "HOURGLASS_SMTP_URL": "smtp://mail.example"})
    assert told.smtp_url == "smtp://mail.example"
    assert read_settings({}).smtp_url == ""


def test_a_wrong_setting_is_refused() -> None:
    with pytest.raises(Malformed, match="HOURGLASS_"):
        read_settings({"HOURGLASS_PORT": "many"})
