-- name: viewed
-- What people looked at last, each product once, the newest first. OFFSET 0: each identity's events by their index.
SELECT profile_id, product_id FROM (
  SELECT profile_id, product_id, max(at) AS at,
    row_number() OVER (PARTITION BY profile_id ORDER BY max(at) DESC, product_id) AS place
  FROM (
    SELECT i.profile_id, e.product_id, e.at
    FROM identities i
    JOIN LATERAL (
      SELECT e.product_id, e.at FROM events e
      WHERE e.identity_id = i.id AND e.workspace_id = :workspace_id AND e.at > :since AND e.product_id IS NOT NULL
        AND e.name_id = (SELECT id FROM event_names WHERE workspace_id = :workspace_id AND name = 'Product Viewed')
      ORDER BY e.at DESC LIMIT 200 OFFSET 0) e ON true
    WHERE i.workspace_id = :workspace_id AND i.profile_id = ANY(:profile_ids::bigint[])) seen
  GROUP BY profile_id, product_id) ranked
WHERE place <= :most ORDER BY profile_id, place;

-- name: bought
SELECT DISTINCT o.profile_id, line->>'product_id' AS product_id
FROM orders o
CROSS JOIN LATERAL jsonb_array_elements(CASE jsonb_typeof(o.lines) WHEN 'array' THEN o.lines ELSE '[]' END) AS line
WHERE o.workspace_id = :workspace_id AND o.profile_id = ANY(:profile_ids::bigint[]) AND o.ordered_at > :since
  AND o.state <> 'cancelled' AND line ? 'product_id';
