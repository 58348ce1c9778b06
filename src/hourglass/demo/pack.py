"""Makes the compact copy of the UCI Online Retail data: `python -m hourglass.demo.pack CSV OUT`."""

from __future__ import annotations

import sys
from pathlib import Path

import polars as pl

COLUMNS = ("InvoiceNo", "StockCode", "Description", "Quantity", "InvoiceDate", "UnitPrice", "CustomerID", "Country")


def read_original(source: Path) -> pl.DataFrame:
    """Every row of the published file in its own order; prices in thousandths of a pound, times as in London."""
    text = pl.read_csv(source, columns=list(COLUMNS), infer_schema=False)
    return text.select(
        invoice=pl.col("InvoiceNo"),
        stock_code=pl.col("StockCode"),
        description=pl.col("Description"),
        quantity=pl.col("Quantity").cast(pl.Int32),
        at=pl.col("InvoiceDate").str.to_datetime("%Y-%m-%d %H:%M:%S", time_unit="ms"),
        price=(pl.col("UnitPrice").cast(pl.Decimal(12, 3)) * 1000).cast(pl.Int32),
        customer=pl.col("CustomerID").cast(pl.Int32),
        country=pl.col("Country"),
    )


def pack(source: Path, target: Path) -> int:
    """Write the Parquet copy; returns its size in bytes. Nothing is dropped, merged or reordered."""
    frame = read_original(source)
    frame.write_parquet(target, compression="zstd", compression_level=22, row_group_size=frame.height, statistics=False)
    return target.stat().st_size


if __name__ == "__main__":
    sys.stdout.write(f"{pack(Path(sys.argv[1]), Path(sys.argv[2])):,} bytes\n")
