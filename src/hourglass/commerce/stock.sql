-- name: shelves
-- Held in the order of ids, so that parallel workers wait for each other and never deadlock.
SELECT id, stock, available, stock_at, restocked_at, regions FROM products
WHERE workspace_id = :workspace_id AND id = ANY(:ids::text[]) ORDER BY id FOR UPDATE;

-- name: put
UPDATE products p SET stock = new.stock, available = new.available, stock_at = new.at, restocked_at = new.restocked_at,
  regions = CASE WHEN new.regions IS NULL THEN p.regions ELSE ARRAY(SELECT jsonb_array_elements_text(new.regions)) END
FROM unnest(:ids::text[], :stocks::int[], :availables::bool[], :ats::timestamptz[], :restocked::timestamptz[], :regions::jsonb[])
  AS new (id, stock, available, at, restocked_at, regions)
WHERE p.workspace_id = :workspace_id AND p.id = new.id;
