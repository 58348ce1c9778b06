-- name: products
-- What the catalogue says now about what each person last showed interest in. An amount that no shop would write is none.
WITH last (profile_id, at, product_id, was, currency) AS ({last})
SELECT l.profile_id, (extract(epoch FROM l.at) * 1000000)::bigint,
  CASE WHEN l.currency = p.currency THEN l.was END,
  CASE WHEN l.currency = p.currency THEN p.price END,
  CASE WHEN p.currency = w.currency THEN p.price END,
  p.stock, p.available, (extract(epoch FROM p.restocked_at) * 1000000)::bigint, p.category, p.brand, p.name
FROM last l
JOIN products p ON p.workspace_id = :workspace_id AND p.id = l.product_id
JOIN workspaces w ON w.id = p.workspace_id;

-- name: seen
-- Each identity's latest by the index, then the latest of the person.
SELECT DISTINCT ON (i.profile_id) i.profile_id, e.at, e.product_id,
  CASE WHEN e.properties->>'price' ~ '^[0-9]{1,12}([.][0-9]{1,6})?$'
    THEN round((e.properties->>'price')::numeric * 10 ^ coalesce(odd.exponent, 2))::bigint END,
  c.currency
FROM identities i
JOIN LATERAL (
  SELECT e.at, e.seq, e.product_id, e.properties FROM events e
  WHERE e.identity_id = i.id AND e.workspace_id = :workspace_id AND e.product_id IS NOT NULL AND e.name_id = (
    SELECT n.id FROM event_names n WHERE n.workspace_id = :workspace_id AND n.name = :event)
  ORDER BY e.at DESC, e.seq DESC LIMIT 1) e ON true
JOIN workspaces w ON w.id = i.workspace_id
CROSS JOIN LATERAL (
  SELECT CASE WHEN e.properties->>'currency' ~ '^[A-Za-z]{3}$'
    THEN upper(e.properties->>'currency') ELSE w.currency END AS currency) c
LEFT JOIN unnest(:currencies::text[], :exponents::int[]) AS odd (currency, exponent) ON odd.currency = c.currency
WHERE i.workspace_id = :workspace_id AND i.profile_id = ANY(:ids::bigint[])
ORDER BY i.profile_id, e.at DESC, e.seq DESC;

-- name: bought
-- Of the last order that still stands, the product that most was paid for.
SELECT o.profile_id, o.ordered_at, l.line->>'product_id', (l.line->>'price')::bigint, o.currency
FROM unnest(:ids::bigint[]) AS person (id)
JOIN LATERAL (
  SELECT * FROM orders o WHERE o.workspace_id = :workspace_id AND o.profile_id = person.id
    AND o.state NOT IN ('cancelled', 'refunded') AND o.lines <> '[]'
  ORDER BY o.ordered_at DESC, o.id DESC LIMIT 1) o ON true
JOIN LATERAL (
  SELECT line FROM jsonb_array_elements(o.lines) AS line
  ORDER BY (line->>'price')::bigint * coalesce((line->>'quantity')::bigint, 1) DESC NULLS LAST, line->>'product_id'
  LIMIT 1) l ON true;
