-- name: consents
UPDATE consents c SET profile_id = m.target
FROM unnest(:ids::bigint[], :origins::bigint[], :targets::bigint[]) AS m (id, origin, target)
WHERE c.workspace_id = :workspace_id AND c.profile_id = m.origin AND c.identity_id = m.id;

-- name: leave_segments
DELETE FROM segment_members WHERE workspace_id = :workspace_id AND profile_id = ANY(:losers::bigint[]);

-- name: drop_rechecks
DELETE FROM rechecks WHERE workspace_id = :workspace_id AND profile_id = ANY(:losers::bigint[]);
