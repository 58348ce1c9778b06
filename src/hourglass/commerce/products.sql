-- name: known
SELECT id, name, category, brand, price, currency, image_url, url, updated_at FROM products
WHERE workspace_id = :workspace_id AND id = ANY(:ids::text[]);

-- name: put
-- Sorted by the caller, so that parallel workers wait for each other and never deadlock.
INSERT INTO products (workspace_id, id, name, category, brand, price, currency, image_url, url, updated_at)
SELECT :workspace_id, * FROM unnest(:ids::text[], :names::text[], :categories::text[], :brands::text[], :prices::bigint[],
                                    :currencies::text[], :images::text[], :urls::text[], :ats::timestamptz[])
ON CONFLICT (workspace_id, id) DO UPDATE
SET name = EXCLUDED.name, category = EXCLUDED.category, brand = EXCLUDED.brand, price = EXCLUDED.price,
    currency = EXCLUDED.currency, image_url = EXCLUDED.image_url, url = EXCLUDED.url, updated_at = EXCLUDED.updated_at;
