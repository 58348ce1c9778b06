-- name: people
-- Those who were absorbed by somebody else are answered with that person.
WITH RECURSIVE way (asked, id) AS (
  SELECT p, p FROM unnest(:ids::bigint[]) AS wanted (p)
  UNION
  SELECT w.asked, p.merged_into FROM way w
  JOIN profiles p ON p.workspace_id = :workspace_id AND p.id = w.id AND p.merged_into IS NOT NULL)
SELECT w.asked, p.id, p.email, p.phone, p.traits
FROM way w JOIN profiles p ON p.workspace_id = :workspace_id AND p.id = w.id AND p.merged_into IS NULL;

-- name: carts
-- Those that were named, and the open ones of people.
SELECT id, profile_id, lines, value, currency, state FROM carts
WHERE workspace_id = :workspace_id
  AND (id = ANY(:ids::text[]) OR (profile_id = ANY(:profile_ids::bigint[]) AND state = 'open'))
ORDER BY updated_at;

-- name: orders
-- Those that were named, and the last one of people.
SELECT id, profile_id, lines, revenue AS value, currency, state FROM orders
WHERE workspace_id = :workspace_id AND id = ANY(:ids::text[])
UNION ALL
SELECT last.id, last.profile_id, last.lines, last.revenue, last.currency, last.state
FROM unnest(:profile_ids::bigint[]) AS p (id)
CROSS JOIN LATERAL (SELECT * FROM orders o WHERE o.workspace_id = :workspace_id AND o.profile_id = p.id
  ORDER BY o.ordered_at DESC LIMIT 1) AS last;

-- name: products
SELECT id, name, category, price, currency, image_url, url, brand, stock, available FROM products
WHERE workspace_id = :workspace_id AND id = ANY(:ids::text[]);

-- name: workspace
SELECT id, key, name, currency, zone, locale, settings, definitions_stamp FROM workspaces WHERE id = :workspace_id;
