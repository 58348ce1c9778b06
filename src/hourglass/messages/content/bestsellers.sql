-- name: bestsellers
-- For each category (null: any) what sold most since a moment; only what can be shown and bought.
WITH asked AS (
  SELECT * FROM unnest(:numbers::int[], :categories::text[], :moments::timestamptz[]) AS a (number, category, since)),
sold AS (
  SELECT since, product_id, sum(quantity) AS pieces
  FROM (SELECT DISTINCT since FROM asked) s
  JOIN LATERAL (
    SELECT line->>'product_id' AS product_id,
      CASE WHEN line->>'quantity' ~ '^[0-9]{1,6}$' THEN (line->>'quantity')::bigint ELSE 1 END AS quantity
    FROM orders o
    CROSS JOIN LATERAL jsonb_array_elements(CASE jsonb_typeof(o.lines) WHEN 'array' THEN o.lines ELSE '[]' END) AS line
    WHERE o.workspace_id = :workspace_id AND o.ordered_at > s.since AND o.ordered_at <= :now
      AND o.state NOT IN ('cancelled', 'refunded')) l ON product_id IS NOT NULL
  GROUP BY since, product_id)
SELECT number, product_id FROM (
  SELECT a.number, s.product_id,
    row_number() OVER (PARTITION BY a.number ORDER BY s.pieces DESC, s.product_id) AS place
  FROM asked a
  JOIN sold s ON s.since = a.since
  JOIN products p ON p.workspace_id = :workspace_id AND p.id = s.product_id
    AND p.name IS NOT NULL AND p.available IS DISTINCT FROM false AND (a.category IS NULL OR p.category = a.category)) r
WHERE place <= :most ORDER BY number, place;
