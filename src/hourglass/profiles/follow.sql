-- name: consents
UPDATE consents c SET profile_id = m.target
FROM unnest(:ids::bigint[], :origins::bigint[], :targets::bigint[]) AS m (id, origin, target)
WHERE c.workspace_id = :workspace_id AND c.profile_id = m.origin AND c.identity_id = m.id;

-- name: lists
-- Whoever has an identity that is on a list is on the list. That an absorbed one left tells nobody anything.
WITH concerned AS (
  SELECT DISTINCT l.list_id, side.profile_id
  FROM unnest(:ids::bigint[], :origins::bigint[], :targets::bigint[]) AS m (id, origin, target)
  JOIN list_identities l ON l.workspace_id = :workspace_id AND l.identity_id = m.id
  CROSS JOIN LATERAL (VALUES (m.origin), (m.target)) AS side (profile_id)),
listed AS (
  SELECT c.list_id, c.profile_id, EXISTS (
    SELECT FROM identities i WHERE i.workspace_id = :workspace_id AND i.profile_id = c.profile_id AND EXISTS (
      SELECT FROM list_identities l
      WHERE l.workspace_id = :workspace_id AND l.list_id = c.list_id AND l.identity_id = i.id OFFSET 0)
    OFFSET 0) AS on_it
  FROM concerned c),
gone AS (
  DELETE FROM segment_members m USING listed
  WHERE m.workspace_id = :workspace_id AND m.segment_id = listed.list_id AND m.profile_id = listed.profile_id
    AND NOT listed.on_it
  RETURNING m.segment_id, m.profile_id),
come AS (
  INSERT INTO segment_members (workspace_id, segment_id, profile_id, entered_at)
  SELECT :workspace_id, list_id, profile_id, :now FROM listed WHERE on_it ORDER BY 3, 2
  ON CONFLICT DO NOTHING RETURNING segment_id, profile_id)
INSERT INTO segment_moves (workspace_id, segment_id, profile_id, entered)
SELECT :workspace_id, segment_id, profile_id, true FROM come
UNION ALL
SELECT :workspace_id, segment_id, profile_id, false FROM gone WHERE NOT profile_id = ANY(:losers::bigint[]);

-- name: leave_segments
DELETE FROM segment_members WHERE workspace_id = :workspace_id AND profile_id = ANY(:losers::bigint[]);

-- name: recheck
-- Who was regrouped by hand is asked again which segments they are in.
INSERT INTO rechecks (workspace_id, profile_id, due_at)
SELECT :workspace_id, id, :now FROM unnest(:ids::bigint[]) AS changed (id) ORDER BY id
ON CONFLICT (workspace_id, profile_id) DO UPDATE SET due_at = least(rechecks.due_at, EXCLUDED.due_at);

-- name: drop_rechecks
DELETE FROM rechecks WHERE workspace_id = :workspace_id AND profile_id = ANY(:losers::bigint[]);
