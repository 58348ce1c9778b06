-- name: add_codes
INSERT INTO promo_codes (workspace_id, pool, code, added_at, valid_from, valid_until, valid_for)
SELECT :workspace_id, :pool, code, :now, :since, :until, :span
FROM unnest(:codes::text[]) WITH ORDINALITY AS new (code, place) ORDER BY place
ON CONFLICT DO NOTHING;

-- name: pools
SELECT pool,
  count(*) FILTER (WHERE given_at IS NULL AND revoked_at IS NULL AND redeemed_at IS NULL
    AND (valid_until IS NULL OR valid_until > :now)) AS "left",
  count(given_at) AS given,
  count(redeemed_at) AS redeemed,
  count(*) FILTER (WHERE given_at IS NULL AND revoked_at IS NULL AND redeemed_at IS NULL AND valid_until <= :now) AS expired,
  count(revoked_at) AS revoked
FROM promo_codes WHERE workspace_id = :workspace_id GROUP BY pool ORDER BY pool;

-- name: codes
SELECT code, given_at, coalesce(expires_at, valid_until) AS expires_at, redeemed_at, revoked_at, order_id
FROM promo_codes WHERE workspace_id = :workspace_id AND pool = :pool ORDER BY id;

-- name: strangers
-- Codes that the pool has not; one row of nothing where there is no such pool.
SELECT asked.code FROM unnest(:codes::text[]) AS asked (code)
WHERE NOT EXISTS (SELECT 1 FROM promo_codes c WHERE c.workspace_id = :workspace_id AND c.pool = :pool AND c.code = asked.code)
UNION ALL
SELECT NULL WHERE NOT EXISTS (SELECT 1 FROM promo_codes WHERE workspace_id = :workspace_id AND pool = :pool)
ORDER BY 1 NULLS FIRST LIMIT 1;

-- name: revoke
UPDATE promo_codes SET revoked_at = :now
WHERE workspace_id = :workspace_id AND pool = :pool AND revoked_at IS NULL AND redeemed_at IS NULL
  AND (:codes::text[] IS NULL OR code = ANY(:codes::text[]));
