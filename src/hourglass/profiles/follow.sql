-- name: consents
UPDATE consents c SET profile_id = m.target
FROM unnest(:ids::bigint[], :origins::bigint[], :targets::bigint[]) AS m (id, origin, target)
WHERE c.workspace_id = :workspace_id AND c.profile_id = m.origin AND c.identity_id = m.id;

-- name: leave_segments
DELETE FROM segment_members WHERE workspace_id = :workspace_id AND profile_id = ANY(:losers::bigint[]);

-- name: recheck
-- Who was regrouped by hand is asked again which segments they are in.
INSERT INTO rechecks (workspace_id, profile_id, due_at)
SELECT :workspace_id, id, :now FROM unnest(:ids::bigint[]) AS changed (id) ORDER BY id
ON CONFLICT (workspace_id, profile_id) DO UPDATE SET due_at = least(rechecks.due_at, EXCLUDED.due_at);

-- name: drop_rechecks
DELETE FROM rechecks WHERE workspace_id = :workspace_id AND profile_id = ANY(:losers::bigint[]);
