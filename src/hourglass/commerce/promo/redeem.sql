-- name: tickets
-- In one order everywhere, so that parallel workers wait for each other and never deadlock.
SELECT pool, code, profile_id, given_at, valid_from, coalesce(expires_at, valid_until) AS expires_at, revoked_at,
       redeemed_at, order_id
FROM promo_codes WHERE workspace_id = :workspace_id AND lower(code) = ANY(:words::text[])
ORDER BY pool, code FOR UPDATE;

-- name: use_up
UPDATE promo_codes c SET redeemed_at = u.redeemed_at, order_id = u.order_id
FROM unnest(:pools::text[], :codes::text[], :moments::timestamptz[], :orders::text[]) AS u (pool, code, redeemed_at, order_id)
WHERE c.workspace_id = :workspace_id AND c.pool = u.pool AND c.code = u.code;
