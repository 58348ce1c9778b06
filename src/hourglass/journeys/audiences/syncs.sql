-- name: one_claims
-- all workspaces: one worker serves them all
SELECT pg_advisory_xact_lock(7267, 0);

-- name: claim
-- all workspaces: one worker serves them all
-- The oldest of one audience, while nobody else is telling its connector something: so nothing overtakes what was asked before.
WITH open AS (SELECT * FROM audience_syncs WHERE state IN ('queued', 'telling')),
next AS (
  SELECT o.workspace_id, o.connector, o.audience FROM open o
  WHERE o.not_before <= :now AND NOT EXISTS (
    SELECT FROM open busy WHERE busy.workspace_id = o.workspace_id AND busy.connector = o.connector
      AND busy.state = 'telling' AND busy.not_before > :now)
  ORDER BY o.id LIMIT 1),
due AS (
  SELECT o.id FROM open o JOIN next USING (workspace_id, connector, audience)
  WHERE o.not_before <= :now AND NOT EXISTS (
    SELECT FROM open before WHERE before.workspace_id = o.workspace_id AND before.connector = o.connector
      AND before.audience = o.audience AND before.profile_id = o.profile_id AND before.id < o.id
      AND before.not_before > :now)
  ORDER BY o.id LIMIT :most)
UPDATE audience_syncs s SET state = 'telling', not_before = :lease, tries = s.tries + 1
FROM due WHERE s.id = due.id
RETURNING s.workspace_id, s.id, s.connector, s.audience, s.profile_id, s.added, s.tries;

-- name: people
-- As they are now; whoever was absorbed by somebody else is that person.
WITH RECURSIVE way (asked, id) AS (
  SELECT p, p FROM unnest(:ids::bigint[]) AS wanted (p)
  UNION
  SELECT w.asked, p.merged_into FROM way w
  JOIN profiles p ON p.workspace_id = :workspace_id AND p.id = w.id AND p.merged_into IS NOT NULL)
SELECT w.asked, p.id, p.email, p.phone,
  (SELECT i.value FROM identities i WHERE i.workspace_id = :workspace_id AND i.profile_id = p.id AND i.kind = 'user_id'
   ORDER BY i.id LIMIT 1) AS user_id
FROM way w JOIN profiles p ON p.workspace_id = :workspace_id AND p.id = w.id AND p.merged_into IS NULL;

-- name: settle
-- all workspaces: the caller holds these lines.
UPDATE audience_syncs s SET state = o.state, reason = o.reason, detail = o.detail, not_before = o.not_before,
  ended_at = CASE WHEN o.state = 'queued' THEN NULL ELSE :now::timestamptz END
FROM unnest(:ids::bigint[], :states::text[], :reasons::text[], :details::text[], :moments::timestamptz[])
  AS o (id, state, reason, detail, not_before)
WHERE s.id = o.id AND s.state = 'telling';

-- name: next
-- all workspaces: one worker serves them all
SELECT min(not_before) FROM audience_syncs WHERE state IN ('queued', 'telling');

-- name: forget
-- all workspaces: one worker serves them all
DELETE FROM audience_syncs WHERE state NOT IN ('queued', 'telling') AND ended_at < :before;

-- name: report
SELECT connector, audience, count(*) FILTER (WHERE state IN ('queued', 'telling')) AS waiting,
  count(*) FILTER (WHERE state = 'done' AND added) AS added, count(*) FILTER (WHERE state = 'done' AND NOT added) AS removed,
  count(*) FILTER (WHERE state = 'refused') AS refused, count(*) FILTER (WHERE state = 'failed') AS failed,
  max(ended_at) AS last_at,
  (array_agg(reason ORDER BY id DESC) FILTER (WHERE reason IS NOT NULL))[1] AS last_reason,
  (array_agg(detail ORDER BY id DESC) FILTER (WHERE reason IS NOT NULL))[1] AS last_detail
FROM audience_syncs WHERE workspace_id = :workspace_id GROUP BY connector, audience ORDER BY connector, audience;
