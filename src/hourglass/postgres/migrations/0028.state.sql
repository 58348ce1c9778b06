-- Decisions of one moment stand in the order in which they were made; room on a page may be used again in any order.
ALTER TABLE run_steps ADD COLUMN place bigint GENERATED ALWAYS AS IDENTITY;
