-- name: add_codes
INSERT INTO promo_codes (workspace_id, pool, code, added_at)
SELECT :workspace_id, :pool, code, :now FROM unnest(:codes::text[]) WITH ORDINALITY AS new (code, place) ORDER BY place
ON CONFLICT DO NOTHING;

-- name: pools
SELECT pool, count(*) FILTER (WHERE given_at IS NULL) AS "left", count(given_at) AS given FROM promo_codes
WHERE workspace_id = :workspace_id GROUP BY pool ORDER BY pool;

-- name: draw
-- The oldest codes that are free, one for each run; another worker's are passed over.
WITH free AS MATERIALIZED (
  SELECT id, code FROM promo_codes WHERE workspace_id = :workspace_id AND pool = :pool AND given_at IS NULL
  ORDER BY id LIMIT cardinality(:runs::bigint[]) FOR UPDATE SKIP LOCKED),
dealt AS (SELECT code, row_number() OVER (ORDER BY id) AS place FROM free),
asked AS (
  SELECT * FROM unnest(:runs::bigint[], :visits::text[], :people::bigint[])
    WITH ORDINALITY AS asked (run_id, visit, profile_id, place))
UPDATE promo_codes c SET given_at = :now, run_id = a.run_id, visit = a.visit, profile_id = a.profile_id
FROM dealt d JOIN asked a USING (place)
WHERE c.workspace_id = :workspace_id AND c.pool = :pool AND c.code = d.code RETURNING a.place, c.code;

-- name: give_back
-- Runs that never came to be.
UPDATE promo_codes SET given_at = NULL, run_id = NULL, visit = NULL, profile_id = NULL
WHERE workspace_id = :workspace_id AND run_id = ANY(:runs::bigint[]);
