"""A database of its own for each backtest, filled with what was known when its period began."""
