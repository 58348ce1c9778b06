-- name: ask
INSERT INTO audience_syncs (workspace_id, connector, audience, profile_id, added, run_id, visit, asked_at, not_before)
SELECT :workspace_id, connector, audience, profile_id, added, run_id, visit, :now, :now
FROM unnest(:connectors::text[], :audiences::text[], :people::bigint[], :adds::boolean[], :runs::bigint[], :visits::text[])
  AS a (connector, audience, profile_id, added, run_id, visit)
ON CONFLICT DO NOTHING;

-- name: wake
SELECT pg_notify('hourglass_audiences', '');
