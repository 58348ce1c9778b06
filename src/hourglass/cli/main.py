"""The commands. Each is imported when it is called, so that a role process does not carry the others."""

from __future__ import annotations

import sys
from importlib import import_module

from cyclopts import App

from hourglass import __version__

_COMMANDS = {
    "serve": "serve:serve",
    "demo": "demo:demo",
    "import": "import_events:import_events",
    "apply": "marketing:apply",
    "diff": "marketing:diff",
    "export": "marketing:export",
    "backtest": "backtest:backtest",
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
    "secrets": "secrets:SECRETS",
    "email": "mail:EMAIL",
    "login-link": "keys:login_link",
    "doctor": "doctor:DOCTOR",
    "bench": "bench:bench",
}


def main() -> None:
    """Entry point of `hourglass`."""
    if sys.argv[1:2] == ["serve-role"]:
        from hourglass.cli.serve_role import serve_role

        serve_role(sys.argv[2])
        return
    if sys.argv[1:2] == ["serve-all"]:
        from hourglass.cli.serve_role import serve_all

        serve_all(sys.argv[2:])
        return
    application()(sys.argv[1:])


def application() -> App:
    """All commands."""
    app = App(
        name="hourglass", help="Self-hosted marketing automation for shops and marketplaces.", version=__version__
    )
    for name, place in _COMMANDS.items():
        module, _, function = place.partition(":")
        command = getattr(import_module(f"hourglass.cli.{module}"), function)
        app.command(command, name=None if isinstance(command, App) else name)
    return app
