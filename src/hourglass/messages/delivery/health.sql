-- name: note
INSERT INTO delivery_providers AS p (workspace_id, provider, channel, worker, state, since, until, why, seen_at)
SELECT workspace_id, provider, channel, :worker, state, :now, until, why, :now
FROM unnest(:workspace_ids::int[], :providers::text[], :channels::text[], :states::text[], :untils::timestamptz[],
  :whys::text[]) AS told (workspace_id, provider, channel, state, until, why)
ON CONFLICT (workspace_id, provider, channel, worker) DO UPDATE SET state = EXCLUDED.state, until = EXCLUDED.until,
  why = EXCLUDED.why, seen_at = EXCLUDED.seen_at,
  since = CASE WHEN p.state = EXCLUDED.state THEN p.since ELSE EXCLUDED.since END;

-- name: forget
-- all workspaces: what workers that are gone said, and what this one does not use any more.
DELETE FROM delivery_providers WHERE seen_at < :before AND worker <> :worker;

-- name: health
SELECT DISTINCT ON (provider, channel) provider, channel, state, since, until, why,
  count(*) OVER (PARTITION BY provider, channel)::int AS workers
FROM delivery_providers WHERE workspace_id IN (0, :workspace_id) AND seen_at >= :since
ORDER BY provider, channel, array_position(ARRAY['open', 'probing', 'closed'], state), since;
