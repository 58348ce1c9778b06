"""The shipped copy is the published data, row by row."""

from pathlib import Path

import polars as pl
import pytest

from hourglass.demo.pack import pack, read_original
from hourglass.demo.retail import PACKED
from tests.demo.facts import customers_in_file, facts, rows

ORIGINAL = Path(__file__).parents[3] / "shared/data/online_retail/online_retail.csv.gz"
needs_original = pytest.mark.skipif(not ORIGINAL.exists(), reason="the original data is not beside this repository")


@needs_original
def test_every_row_of_the_original_is_there_in_its_place() -> None:
    assert read_original(ORIGINAL).equals(pl.read_parquet(PACKED), null_equal=True)


@needs_original
def test_prices_keep_their_last_digit() -> None:
    original = pl.read_csv(ORIGINAL, columns=["UnitPrice"], infer_schema=False)["UnitPrice"].cast(pl.Decimal(12, 3))
    assert (pl.read_parquet(PACKED)["price"].cast(pl.Decimal(12, 3)) / 1000).cast(pl.Decimal(12, 3)).equals(original)


@needs_original
def test_packing_again_gives_the_same_rows(tmp_path: Path) -> None:
    size = pack(ORIGINAL, tmp_path / "again.parquet")
    assert size < 4_000_000
    assert pl.read_parquet(tmp_path / "again.parquet").equals(pl.read_parquet(PACKED), null_equal=True)


def test_the_copy_has_the_known_figures_of_the_data() -> None:
    assert (rows(), customers_in_file(), facts().cancellations) == (541_909, 4_372, 3_836)
    assert PACKED.with_name("ATTRIBUTION.md").read_text(encoding="utf-8").count("CC BY 4.0") == 1
