"""docs/reference/commands.md: the command line."""

from collections.abc import Iterator
from inspect import cleandoc
from typing import Any

from cyclopts import App

from hourglass.cli.main import application
from tests.architecture.pages.fields import page, table

_EVERYWHERE = "--data"


def commands_page() -> str:
    """Every command with its options, as `--help` says."""
    return page(
        "# Commands",
        "",
        "Every command but `bench` takes `--data DIR`, the folder of everything Hourglass keeps (`HOURGLASS_DATA`);",
        "all but `serve` work beside a running server, too. `--help` says the same. Written by `make docs`.",
        *(line for name, command in _commands(application(), "hourglass") for line in _section(name, command)),
    )


def _commands(app: App, name: str) -> Iterator[tuple[str, App]]:
    for word in app:
        if word.startswith("-"):
            continue
        inner = app[word]
        if inner.default_command is not None:
            yield f"{name} {word}", inner
        yield from _commands(inner, f"{name} {word}")


def _section(name: str, command: App) -> list[str]:
    arguments = [one for one in command.assemble_argument_collection() if _EVERYWHERE not in one.names]
    places = [one for one in arguments if one.index is not None]
    options = [one for one in arguments if one.index is None]
    usage = " ".join([name, *(_place(one) for one in places), *(["[OPTIONS]"] * bool(options))])
    rows = [(f"`{_place(one)}`", _meaning(one)) for one in places if _meaning(one)]
    rows += [(f"`{one.name}`", _meaning(one)) for one in options]
    return ["", f"## `{usage}`", "", _about(command), *(["", *table(("Option", "Meaning"), rows)] if rows else [])]


def _about(command: App) -> str:
    """Its docstring; what is said of parameters stands in the table."""
    return cleandoc(command.help).partition("\nParameters\n")[0].rstrip()


def _place(argument: Any) -> str:
    choices = argument.get_choices()
    return "|".join(choices) if choices else str(argument.name).removeprefix("--").upper()


def _meaning(argument: Any) -> str:
    default = argument.field_info.default
    choices = [] if argument.index is not None else argument.get_choices() or []
    parts = [
        argument.parameter.help or "",
        f"One of {', '.join(f'`{choice}`' for choice in choices)}." if choices else "",
        f"Default: `{default:g}`." if isinstance(default, float) else "",
        f"Default: `{default}`." if isinstance(default, str) else "",
    ]
    return " ".join(part for part in parts if part)
