"""`email`: signing keys of sending domains, and the DNS records that go with them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from cyclopts import App, Parameter

from hourglass.channels import SigningKey, create_keys, signing_keys, use_keys
from hourglass.cli.opening import DataFolder, plainly
from hourglass.kernel import SystemClock, read_settings

EMAIL = App(name="email", help="Mail of this installation: who it is from, and how that is proven.")
KEYS = App(name="keys", help="Signing keys (DKIM). They stay in a folder of this machine and never enter the database.")
EMAIL.command(KEYS)
Domain = Annotated[str, Parameter(help="The domain that mail is from, like shop.example.")]


@KEYS.command
def create(domain: Domain, *, data: DataFolder = None) -> None:
    """Make an RSA and an Ed25519 key for a domain, and print the DNS records to set.

    The first pair signs from now on; a later one waits until `hourglass email keys use`.
    """
    with plainly():
        made = create_keys(_folder(data), domain, SystemClock().now())
        print(f"Keys of {made[0].domain} are in {made[0].path.parent}. Set these TXT records:\n")
        for key in made:
            print(f"{key.record_name}\n    {key.record}\n")
        if made[0].in_use:
            print("Mail is signed by them within half a minute.")
        else:
            print(f"When DNS has them: hourglass email keys use {made[0].domain} {made[0].selector}")
        print(f"Look whether all is well: hourglass doctor email {made[0].domain}")


@KEYS.command(name="list")
def show(domain: Domain, *, data: DataFolder = None) -> None:
    """The keys of a domain, and which of them sign."""
    with plainly():
        for key in signing_keys(_folder(data), domain):
            print(_line(key))


@KEYS.command
def use(
    domain: Domain,
    selector: Annotated[str, Parameter(help="As `hourglass email keys list` shows it.")],
    *,
    data: DataFolder = None,
) -> None:
    """Sign with another pair from now on; leave the old records in DNS for a week, for mail under way."""
    with plainly():
        for key in use_keys(_folder(data), domain, selector):
            print(_line(key))


def _folder(data: Path | None) -> Path:
    return read_settings(data=data).mail_folder()


def _line(key: SigningKey) -> str:
    return f"{key.record_name}  {key.algorithm}  {'signs' if key.in_use else 'waits'}"
