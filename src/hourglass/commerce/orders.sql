-- name: known
SELECT id, identity_id, profile_id, state, ordered_at, updated_at, state_at, content_at, revenue, refunded, currency,
       lines::text AS lines, historical
FROM orders WHERE workspace_id = :workspace_id AND id = ANY(:ids::text[]) ORDER BY id FOR UPDATE;

-- name: put
-- Sorted by the caller, so that parallel workers wait for each other and never deadlock.
INSERT INTO orders (workspace_id, id, identity_id, profile_id, state, ordered_at, updated_at, state_at, content_at, revenue,
                    refunded, currency, lines, historical)
SELECT :workspace_id, id, identity_id, profile_id, state, ordered_at, updated_at, state_at, content_at, revenue, refunded,
       currency, lines::jsonb, historical
FROM unnest(:ids::text[], :identities::bigint[], :profiles::bigint[], :states::text[], :ordered::timestamptz[],
            :updated::timestamptz[], :stated::timestamptz[], :told::timestamptz[], :revenues::bigint[],
            :refunds::bigint[], :currencies::text[], :lines::text[], :historical::bool[])
  AS new (id, identity_id, profile_id, state, ordered_at, updated_at, state_at, content_at, revenue, refunded, currency,
          lines, historical)
ON CONFLICT (workspace_id, id) DO UPDATE
SET identity_id = EXCLUDED.identity_id, profile_id = EXCLUDED.profile_id, state = EXCLUDED.state,
    ordered_at = EXCLUDED.ordered_at, updated_at = EXCLUDED.updated_at, state_at = EXCLUDED.state_at,
    content_at = EXCLUDED.content_at, revenue = EXCLUDED.revenue, refunded = EXCLUDED.refunded,
    currency = EXCLUDED.currency, lines = EXCLUDED.lines, historical = EXCLUDED.historical;
