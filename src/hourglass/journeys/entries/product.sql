-- name: any_news
SELECT EXISTS (SELECT FROM product_news WHERE workspace_id = :workspace_id);

-- name: take_news
DELETE FROM product_news WHERE workspace_id = :workspace_id AND id IN (
  SELECT id FROM product_news WHERE workspace_id = :workspace_id ORDER BY id LIMIT :most FOR UPDATE SKIP LOCKED)
RETURNING id, product_id, at, is_new, old_price, price, currency, old_stock, stock, was_available, available,
  old_regions, regions;

-- name: products
SELECT id, name, category, brand, image_url, url FROM products
WHERE workspace_id = :workspace_id AND id = ANY(:ids::text[]);

-- name: interested
-- Whoever looked at one of these products, or put it somewhere, lately enough, and did not buy it meanwhile; where asked,
-- whoever buys it most. Each with each product once; of what came back in some regions, only who is known to live there.
WITH news AS (SELECT * FROM unnest(:products::text[], :facts::jsonb[], :regions::jsonb[]) AS n (product_id, facts, regions)),
signs AS (
  SELECT n.id, s.since FROM unnest(:events::text[], :sinces::timestamptz[]) AS s (name, since)
  JOIN event_names n ON n.workspace_id = :workspace_id AND n.name = s.name),
people AS (
  SELECT DISTINCT i.profile_id, e.product_id FROM events e
  JOIN signs ON signs.id = e.name_id AND e.at >= signs.since
  JOIN identities i ON i.id = e.identity_id AND i.workspace_id = e.workspace_id
  WHERE e.workspace_id = :workspace_id AND e.at >= :earliest AND e.product_id = ANY(:products::text[])
  UNION
  SELECT c.profile_id, c.traits->>'favourite.product' FROM computed_traits c
  WHERE :favourite AND c.workspace_id = :workspace_id AND c.traits->>'favourite.product' = ANY(:products::text[]))
INSERT INTO journey_entrants (workspace_id, journey_id, profile_id, correlation, not_before, at, seq, source, facts)
SELECT :workspace_id, :journey_id, people.profile_id, people.product_id,
  :first + (row_number() OVER (ORDER BY people.profile_id, people.product_id) - 1) * :pace::interval,
  :now, :seq, 'product', news.facts
FROM people JOIN news USING (product_id)
WHERE (news.regions IS NULL OR EXISTS (
    SELECT FROM profiles p WHERE p.workspace_id = :workspace_id AND p.id = people.profile_id
      AND news.regions ? lower(btrim(p.traits->>:region))))
  AND NOT EXISTS (
  SELECT FROM orders o CROSS JOIN LATERAL jsonb_array_elements(o.lines) AS line
  WHERE o.workspace_id = :workspace_id AND o.profile_id = people.profile_id AND o.ordered_at >= :earliest
    AND o.state NOT IN ('cancelled', 'refunded') AND line->>'product_id' = people.product_id);

-- name: interested_in_category
-- Nobody has seen what is new: its category counts. One product a person, whatever else arrived.
WITH news AS (
  SELECT n.product_id, n.facts, p.category FROM unnest(:products::text[], :facts::jsonb[]) AS n (product_id, facts)
  JOIN products p ON p.workspace_id = :workspace_id AND p.id = n.product_id AND p.category IS NOT NULL),
signs AS (
  SELECT n.id, s.since FROM unnest(:events::text[], :sinces::timestamptz[]) AS s (name, since)
  JOIN event_names n ON n.workspace_id = :workspace_id AND n.name = s.name),
people AS (
  SELECT DISTINCT i.profile_id, e.category FROM events e
  JOIN signs ON signs.id = e.name_id AND e.at >= signs.since
  JOIN identities i ON i.id = e.identity_id AND i.workspace_id = e.workspace_id
  WHERE e.workspace_id = :workspace_id AND e.at >= :earliest AND e.category IN (SELECT category FROM news)),
one AS (
  SELECT DISTINCT ON (people.profile_id) people.profile_id, news.product_id, news.facts
  FROM people JOIN news USING (category) ORDER BY people.profile_id, news.product_id)
INSERT INTO journey_entrants (workspace_id, journey_id, profile_id, correlation, not_before, at, seq, source, facts)
SELECT :workspace_id, :journey_id, profile_id, product_id,
  :first + (row_number() OVER (ORDER BY profile_id) - 1) * :pace::interval, :now, :seq, 'product', facts
FROM one;
