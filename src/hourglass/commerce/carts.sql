-- name: concerned
-- The carts a batch names, and all that its buyers have not bought yet.
SELECT id, identity_id, profile_id, state, lines::text AS lines, value, currency, opened_at, updated_at, reset_at
FROM carts WHERE workspace_id = :workspace_id AND id IN (
  SELECT unnest(:ids::text[])
  UNION
  SELECT id FROM carts WHERE workspace_id = :workspace_id AND profile_id = ANY(:buyers::bigint[]) AND state = 'open')
ORDER BY id FOR UPDATE;

-- name: put
-- Sorted by the caller, so that parallel workers wait for each other and never deadlock.
INSERT INTO carts (workspace_id, id, identity_id, profile_id, state, lines, value, currency, opened_at, updated_at, reset_at)
SELECT :workspace_id, id, identity_id, profile_id, state, lines::jsonb, value, currency, opened_at, updated_at, reset_at
FROM unnest(:ids::text[], :identities::bigint[], :profiles::bigint[], :states::text[], :lines::text[], :amounts::bigint[],
            :currencies::text[], :opened::timestamptz[], :updated::timestamptz[], :reset::timestamptz[])
  AS new (id, identity_id, profile_id, state, lines, value, currency, opened_at, updated_at, reset_at)
ON CONFLICT (workspace_id, id) DO UPDATE
SET identity_id = EXCLUDED.identity_id, profile_id = EXCLUDED.profile_id, state = EXCLUDED.state, lines = EXCLUDED.lines,
    value = EXCLUDED.value, currency = EXCLUDED.currency, opened_at = EXCLUDED.opened_at,
    updated_at = EXCLUDED.updated_at, reset_at = EXCLUDED.reset_at;
