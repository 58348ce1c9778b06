"""`hourglass promo`."""

from __future__ import annotations

from pathlib import Path

from hourglass.cli.promo import export_codes, import_codes, show


def test_codes_of_a_file_are_imported_once_and_counted(data: Path, tmp_path: Path, capsys) -> None:
    file = tmp_path / "codes.csv"
    file.write_text("SUN-1;10\nSUN-2;10\n", "utf-8")
    import_codes("summer", file, data=data)
    import_codes("summer", file, data=data)
    show(data=data)
    assert capsys.readouterr().out.splitlines() == [
        "2 added, 0 were there",
        "0 added, 2 were there",
        "summer\t2 left\t0 given away",
    ]
    export_codes("summer", data=data)
    assert capsys.readouterr().out.splitlines() == ["SUN-1", "SUN-2"]
