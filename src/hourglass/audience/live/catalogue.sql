-- name: any_changed
SELECT EXISTS (SELECT FROM product_changes WHERE workspace_id = :workspace_id);

-- name: take_changed
DELETE FROM product_changes WHERE workspace_id = :workspace_id RETURNING product_id;

-- name: recheck_interested
-- In the order of people, like everybody who writes here.
INSERT INTO rechecks (workspace_id, profile_id, due_at)
SELECT DISTINCT i.workspace_id, i.profile_id, :now::timestamptz
FROM events e JOIN identities i ON i.id = e.identity_id AND i.workspace_id = e.workspace_id
WHERE e.workspace_id = :workspace_id AND e.at >= :since AND e.product_id = ANY(:products::text[]) AND e.name_id = (
  SELECT n.id FROM event_names n WHERE n.workspace_id = :workspace_id AND n.name = :event)
ORDER BY 2
ON CONFLICT (workspace_id, profile_id) DO UPDATE SET due_at = LEAST(rechecks.due_at, EXCLUDED.due_at);

-- name: recheck_buyers
INSERT INTO rechecks (workspace_id, profile_id, due_at)
SELECT DISTINCT o.workspace_id, o.profile_id, :now::timestamptz
FROM orders o CROSS JOIN LATERAL jsonb_array_elements(o.lines) AS line
WHERE o.workspace_id = :workspace_id AND o.ordered_at >= :since AND line->>'product_id' = ANY(:products::text[])
ORDER BY 2
ON CONFLICT (workspace_id, profile_id) DO UPDATE SET due_at = LEAST(rechecks.due_at, EXCLUDED.due_at);
