-- name: add_codes
INSERT INTO promo_codes (workspace_id, pool, code, added_at)
SELECT :workspace_id, :pool, code, :now FROM unnest(:codes::text[]) WITH ORDINALITY AS new (code, place) ORDER BY place
ON CONFLICT DO NOTHING;

-- name: pools
SELECT pool, count(*) FILTER (WHERE given_at IS NULL) AS "left", count(given_at) AS given FROM promo_codes
WHERE workspace_id = :workspace_id GROUP BY pool ORDER BY pool;

-- name: codes
SELECT code, given_at FROM promo_codes WHERE workspace_id = :workspace_id AND pool = :pool ORDER BY id;

-- name: free
-- The oldest codes that are free; another worker's are passed over.
SELECT code FROM promo_codes WHERE workspace_id = :workspace_id AND pool = :pool AND given_at IS NULL
ORDER BY id LIMIT :most FOR UPDATE SKIP LOCKED;

-- name: give
UPDATE promo_codes c SET given_at = :now, run_id = a.run_id, visit = a.visit, profile_id = a.profile_id
FROM unnest(:codes::text[], :runs::bigint[], :visits::text[], :people::bigint[]) AS a (code, run_id, visit, profile_id)
WHERE c.workspace_id = :workspace_id AND c.pool = :pool AND c.code = a.code;

-- name: give_back
-- Runs that never came to be.
UPDATE promo_codes SET given_at = NULL, run_id = NULL, visit = NULL, profile_id = NULL
WHERE workspace_id = :workspace_id AND run_id = ANY(:runs::bigint[]);
