-- name: claim_due
-- People whom time alone may have moved; each to one worker only.
DELETE FROM rechecks WHERE (workspace_id, profile_id) IN (
  SELECT workspace_id, profile_id FROM rechecks WHERE workspace_id = :workspace_id AND due_at <= :now
  ORDER BY due_at LIMIT :most FOR UPDATE SKIP LOCKED) RETURNING profile_id;

-- name: next_due
SELECT min(due_at) FROM rechecks WHERE workspace_id = :workspace_id;

-- name: memberships
-- Of all segments: naming them too would make the index probe every pair.
SELECT profile_id, segment_id FROM segment_members
WHERE workspace_id = :workspace_id AND profile_id = ANY(:ids::bigint[]);

-- name: enter
INSERT INTO segment_members (workspace_id, profile_id, segment_id, entered_at)
SELECT :workspace_id, profile_id, segment_id, :now
FROM unnest(:profiles::bigint[], :segments::int[]) AS new (profile_id, segment_id)
ORDER BY 2, 3 ON CONFLICT DO NOTHING;

-- name: leave
DELETE FROM segment_members m USING unnest(:profiles::bigint[], :segments::int[]) AS gone (profile_id, segment_id)
WHERE m.workspace_id = :workspace_id AND m.profile_id = gone.profile_id AND m.segment_id = gone.segment_id;

-- name: counts
SELECT d.key, v.body->>'name' AS name, v.body->'when' AS condition, d.state,
  (SELECT count(*) FROM segment_members m WHERE m.workspace_id = d.workspace_id AND m.segment_id = d.id) AS members,
  CASE WHEN d.state <> 'live' OR v.body->'list' = 'true' THEN NULL
       WHEN b.version = d.version THEN 'built' ELSE coalesce(nullif(b.state, 'built'), 'waiting') END AS build,
  coalesce(b.done, 0) AS done, coalesce(b.total, 0) AS total, b.started_at, b.built_at, b.problem
FROM definitions d
JOIN definition_versions v ON (v.workspace_id, v.kind, v.key, v.version) = (d.workspace_id, d.kind, d.key, d.version)
LEFT JOIN segment_builds b ON b.workspace_id = d.workspace_id AND b.segment_id = d.id
WHERE d.workspace_id = :workspace_id AND d.kind = 'segment' ORDER BY d.key;

-- name: sample
SELECT id, coalesce(traits->>'name', nullif(concat_ws(' ', traits->>'firstName', traits->>'lastName'), ''), email, phone) AS name, email
FROM profiles WHERE workspace_id = :workspace_id AND id = ANY(:ids::bigint[])
ORDER BY known DESC, last_seen_at DESC;
