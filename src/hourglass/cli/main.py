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
    "serve": "server.serve:serve",
    "demo": "server.demo:demo",
    "import": "data.import_events:import_events",
    "apply": "data.documents:apply",
    "diff": "data.documents:diff",
    "export": "data.documents:export",
    "backtest": "journeys.backtest:backtest",
    "audiences": "journeys.audiences:AUDIENCES",
    "campaigns": "campaigns.campaigns:CAMPAIGNS",
    "experiments": "journeys.experiments:EXPERIMENTS",
    "journeys": "journeys.journeys:JOURNEYS",
    "promo": "journeys.promo:PROMO",
    "recipes": "journeys.recipes:RECIPES",
    "segments": "audience.segments:SEGMENTS",
    "templates": "messages.templates:TEMPLATES",
    "traits": "audience.traits:TRAITS",
    "why": "journeys.why:why",
    "tasks": "journeys.tasks:TASKS",
    "suppressions": "messages.suppressions:SUPPRESSIONS",
    "schema": "data.schema:schema",
    "query": "data.query:query",
    "keys": "access.keys:KEYS",
    "users": "access.users:USERS",
    "secrets": "access.secrets:SECRETS",
    "email": "messages.mail:EMAIL",
    "login-link": "access.keys:login_link",
    "doctor": "server.doctor:DOCTOR",
    "bench": "server.bench:bench",
}


def main() -> None:
    """Entry point of `hourglass`."""
    keep_private()
    if sys.argv[1:2] == ["serve-role"]:
        from hourglass.cli.server.serve_role import serve_role

        serve_role(sys.argv[2])
        return
    if sys.argv[1:2] == ["serve-all"]:
        from hourglass.cli.server.serve_role import serve_all

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
