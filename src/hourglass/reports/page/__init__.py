"""A backtest, or the report of a journey, as one page that needs nothing else."""
