"""Which message an order is credited to, and what messages earned by that."""
