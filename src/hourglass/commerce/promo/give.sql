-- name: free
-- Those that end first, then the oldest; another worker's are passed over.
SELECT code FROM promo_codes
WHERE workspace_id = :workspace_id AND pool = :pool AND given_at IS NULL AND revoked_at IS NULL AND redeemed_at IS NULL
  AND coalesce(valid_until, 'infinity'::timestamptz) > :now AND (valid_from IS NULL OR valid_from <= :now)
ORDER BY coalesce(valid_until, 'infinity'::timestamptz), id LIMIT :most FOR UPDATE SKIP LOCKED;

-- name: give
-- What is good for whole days is good until the last of them is over where the shop is.
UPDATE promo_codes c
SET given_at = :now, run_id = a.run_id, visit = a.visit, profile_id = a.profile_id,
    expires_at = least(c.valid_until, (
      SELECT min(CASE WHEN extract(epoch FROM span)::bigint % 86400 = 0
        THEN (date_trunc('day', (:now::timestamptz + span) AT TIME ZONE :zone) + interval '1 day' - interval '1 second') AT TIME ZONE :zone
        ELSE :now::timestamptz + span END)
      FROM unnest(ARRAY[c.valid_for, :span::interval]) AS spans (span) WHERE span IS NOT NULL))
FROM unnest(:codes::text[], :runs::bigint[], :visits::text[], :people::bigint[]) AS a (code, run_id, visit, profile_id)
WHERE c.workspace_id = :workspace_id AND c.pool = :pool AND c.code = a.code
RETURNING c.code, c.expires_at;

-- name: count_left
SELECT count(*) FROM (
  SELECT FROM promo_codes
  WHERE workspace_id = :workspace_id AND pool = :pool AND given_at IS NULL AND revoked_at IS NULL AND redeemed_at IS NULL
    AND coalesce(valid_until, 'infinity'::timestamptz) > :now LIMIT :most) AS counted;

-- name: count_given
SELECT count(*) FROM (
  SELECT FROM promo_codes WHERE workspace_id = :workspace_id AND pool = :pool AND given_at IS NOT NULL LIMIT :most) AS counted;

-- name: give_back
-- Runs that never came to be.
UPDATE promo_codes SET given_at = NULL, expires_at = NULL, run_id = NULL, visit = NULL, profile_id = NULL
WHERE workspace_id = :workspace_id AND run_id = ANY(:runs::bigint[]);
