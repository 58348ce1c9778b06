"""`hourglass traits` and `hourglass segments ready`."""

from __future__ import annotations

from pathlib import Path

import pytest

from hourglass.cli.audience.ready_segments import ready
from hourglass.cli.audience.traits import compute, show_all


def test_traits_are_listed_and_computed_and_ready_made_segments_taken_over(data: Path, capsys) -> None:
    compute(data=data)
    show_all(data=data)
    shown = capsys.readouterr().out
    assert "rfm.cell" in shown
    assert "Computed for 0 people" in shown
    ready("rfm-champions", "stage-lapsing", data=data)
    ready("rfm-champions", data=data)
    assert capsys.readouterr().out.splitlines() == [
        "+ segment/rfm-champions: Champions",
        "+ segment/stage-lapsing: Lapsing",
        "= segment/rfm-champions is there already and stays as it is",
    ]
    with pytest.raises(SystemExit):
        ready("rfm-champion", data=data)
    assert "Did you mean “rfm-champions”?" in capsys.readouterr().err
