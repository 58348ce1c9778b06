"""From claimed to handed over: rates, retries, and a journal that survives a crash."""
