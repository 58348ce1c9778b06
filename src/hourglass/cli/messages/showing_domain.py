"""A report about a sending domain on a terminal."""

from __future__ import annotations

from rich.console import Console
from rich.markup import escape

from hourglass.messages import DomainReport

_SIGNS = {"good": "[green]✓[/]", "advice": "[yellow]•[/]", "unknown": "[yellow]?[/]", "wrong": "[red]✗[/]"}


def show_domain(report: DomainReport, language: str, console: Console) -> None:
    """A line for each finding; below it what to do, and the records to copy."""
    for one in report.findings:
        console.print(f"{_SIGNS[one.state]} {one.check:<11} {escape(one.words[language])}", soft_wrap=True)
        if one.advice:
            console.print(f"    {escape(one.advice[language])}", soft_wrap=True)
        for record in one.records:
            console.print(f"      {record.type}  {escape(record.name)}\n      {escape(record.value)}", soft_wrap=True)
