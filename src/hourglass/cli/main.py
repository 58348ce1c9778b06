"""The commands. Each is imported when it is called, so that neither a role process nor another command carries it."""

from __future__ import annotations

import signal
import sys
from typing import TYPE_CHECKING

from hourglass import __version__
from hourglass.cli.terminal import guard_terminal
from hourglass.kernel import keep_private

if TYPE_CHECKING:
    from cyclopts import App

_COMMANDS = {
    "serve": "serve:serve",
    "demo": "demo:demo",
    "import": "import_events:import_events",
    "apply": "marketing:apply",
    "diff": "marketing:diff",
    "export": "marketing:export",
    "backtest": "backtest:backtest",
    "audiences": "audiences:AUDIENCES",
    "campaigns": "campaigns:CAMPAIGNS",
    "experiments": "experiments:EXPERIMENTS",
    "journeys": "journeys:JOURNEYS",
    "promo": "promo:PROMO",
    "recipes": "recipes:RECIPES",
    "segments": "segments:SEGMENTS",
    "templates": "templates:TEMPLATES",
    "traits": "traits:TRAITS",
    "why": "why:why",
    "tasks": "tasks:TASKS",
    "suppressions": "suppressions:SUPPRESSIONS",
    "schema": "schema:schema",
    "query": "query:query",
    "keys": "keys:KEYS",
    "users": "users:USERS",
    "secrets": "secrets:SECRETS",
    "email": "mail:EMAIL",
    "login-link": "keys:login_link",
    "doctor": "doctor:DOCTOR",
    "bench": "bench:bench",
}


def main() -> None:
    """Entry point of `hourglass`."""
    keep_private()
    if sys.argv[1:2] == ["serve-role"]:
        from hourglass.cli.serve_role import serve_role

        serve_role(sys.argv[2])
        return
    if sys.argv[1:2] == ["serve-all"]:
        from hourglass.cli.serve_role import serve_all

        serve_all(sys.argv[2:])
        return
    signal.signal(signal.SIGTERM, _leave)
    guard_terminal()
    application()(sys.argv[1:])


def _leave(*_: object) -> None:
    """Asked to stop, a command leaves in order: the database that it started must not stay behind."""
    sys.exit(128 + signal.SIGTERM)


def application() -> App:
    """All commands."""
    from cyclopts import App

    from hourglass.cli.about import about

    app = App(
        name="hourglass", help="Self-hosted marketing automation for shops and marketplaces.", version=__version__
    )
    for name, place in _COMMANDS.items():
        app.command(f"hourglass.cli.{place}", name=name, help=about(place))
    return app
