-- name: learn
-- Written only where the batch says something else than what is known, or the same again after a day: else every view of
-- a product would be a write. Of each field the later word counts, and any word more than none. In the order of ids, so
-- that parallel workers wait for each other and never deadlock. What is known is read by one walk along the index.
WITH old AS MATERIALIZED (SELECT * FROM products WHERE workspace_id = :workspace_id AND id = ANY(:ids::text[]))
INSERT INTO products AS p (workspace_id, id, name, category, brand, price, currency, image_url, url, updated_at)
SELECT :workspace_id, new.*
FROM (SELECT id, name, category, brand, price, currency, image_url, url, to_timestamp(at_us * 1e-6::float8) AS at
      FROM unnest(:ids::text[], :names::text[], :categories::text[], :brands::text[], :prices::bigint[],
                  :currencies::text[], :images::text[], :urls::text[], :moments::bigint[])
        AS told (id, name, category, brand, price, currency, image_url, url, at_us)) new
LEFT JOIN old USING (id)
WHERE old.id IS NULL OR new.at > old.updated_at + interval '1 day'
  OR CASE WHEN new.at >= old.updated_at
     THEN (coalesce(new.name, old.name), coalesce(new.category, old.category), coalesce(new.brand, old.brand),
           coalesce(new.price, old.price), coalesce(new.currency, old.currency),
           coalesce(new.image_url, old.image_url), coalesce(new.url, old.url))
     ELSE (coalesce(old.name, new.name), coalesce(old.category, new.category), coalesce(old.brand, new.brand),
           coalesce(old.price, new.price), coalesce(old.currency, new.currency),
           coalesce(old.image_url, new.image_url), coalesce(old.url, new.url)) END
     IS DISTINCT FROM (old.name, old.category, old.brand, old.price, old.currency, old.image_url, old.url)
ORDER BY new.id
ON CONFLICT (workspace_id, id) DO UPDATE SET
  name = CASE WHEN EXCLUDED.updated_at >= p.updated_at THEN coalesce(EXCLUDED.name, p.name) ELSE coalesce(p.name, EXCLUDED.name) END,
  category = CASE WHEN EXCLUDED.updated_at >= p.updated_at THEN coalesce(EXCLUDED.category, p.category) ELSE coalesce(p.category, EXCLUDED.category) END,
  brand = CASE WHEN EXCLUDED.updated_at >= p.updated_at THEN coalesce(EXCLUDED.brand, p.brand) ELSE coalesce(p.brand, EXCLUDED.brand) END,
  image_url = CASE WHEN EXCLUDED.updated_at >= p.updated_at THEN coalesce(EXCLUDED.image_url, p.image_url) ELSE coalesce(p.image_url, EXCLUDED.image_url) END,
  url = CASE WHEN EXCLUDED.updated_at >= p.updated_at THEN coalesce(EXCLUDED.url, p.url) ELSE coalesce(p.url, EXCLUDED.url) END,
  price = CASE WHEN EXCLUDED.updated_at >= p.updated_at THEN coalesce(EXCLUDED.price, p.price)
               ELSE coalesce(p.price, EXCLUDED.price) END,
  currency = CASE WHEN EXCLUDED.updated_at >= p.updated_at THEN coalesce(EXCLUDED.currency, p.currency)
                  ELSE coalesce(p.currency, EXCLUDED.currency) END,
  updated_at = greatest(EXCLUDED.updated_at, p.updated_at);
