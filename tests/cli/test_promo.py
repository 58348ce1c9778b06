"""`hourglass promo`."""

from __future__ import annotations

from pathlib import Path

import pytest

from hourglass.cli.journeys.promo import export_codes, import_codes, revoke, show


def test_codes_of_a_file_are_imported_once_and_counted(data: Path, tmp_path: Path, capsys) -> None:
    file = tmp_path / "codes.csv"
    file.write_text("SUN-1;10\nSUN-2;10\n", "utf-8")
    import_codes("summer", file, data=data)
    import_codes("summer", file, data=data)
    show(data=data)
    assert capsys.readouterr().out.splitlines() == [
        "2 added, 0 were there",
        "0 added, 2 were there",
        "summer\t2 left\t0 given away\t0 used",
    ]
    export_codes("summer", data=data)
    assert capsys.readouterr().out.splitlines() == ["SUN-1", "SUN-2"]


def test_codes_are_withdrawn_one_by_one_or_all(data: Path, tmp_path: Path, capsys) -> None:
    file = tmp_path / "codes.txt"
    file.write_text("A\nB\nC\n", "utf-8")
    import_codes("spring", file, until="2099-12-31", good_for="14d", data=data)
    revoke("spring", "A", data=data)
    revoke("spring", data=data)
    show(data=data)
    assert capsys.readouterr().out.splitlines()[1:] == [
        "1 withdrawn",
        "2 withdrawn",
        "spring\t0 left\t0 given away\t0 used\t3 withdrawn",
    ]


def test_a_day_that_is_none_is_refused_with_its_place(data: Path, tmp_path: Path, capsys) -> None:
    file = tmp_path / "codes.txt"
    file.write_text("A\n", "utf-8")
    with pytest.raises(SystemExit):
        import_codes("spring", file, until="31.12.2099", data=data)
    assert "write it like 2026-12-31" in capsys.readouterr().err
