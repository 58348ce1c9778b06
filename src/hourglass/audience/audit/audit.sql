-- name: members
SELECT profile_id, segment_id FROM segment_members WHERE workspace_id = :workspace_id AND segment_id = ANY(:ids::int[]);

-- name: pending
-- Whom the next ticks will ask anyway.
SELECT profile_id FROM rechecks WHERE workspace_id = :workspace_id AND due_at <= :now
UNION SELECT unnest(people) FROM segment_asked WHERE workspace_id = :workspace_id;

-- name: note
WITH old AS (DELETE FROM segment_audits WHERE workspace_id = :workspace_id AND at < :at::timestamptz - interval '1 year')
INSERT INTO segment_audits (workspace_id, at, wrong, report) VALUES (:workspace_id, :at, :wrong, :report)
ON CONFLICT (workspace_id, at) DO UPDATE SET wrong = EXCLUDED.wrong, report = EXCLUDED.report;

-- name: last
SELECT report FROM segment_audits WHERE workspace_id = :workspace_id ORDER BY at DESC LIMIT 1;

-- name: recheck
INSERT INTO rechecks (workspace_id, profile_id, due_at)
SELECT :workspace_id, id, :now FROM profiles
WHERE workspace_id = :workspace_id AND id = ANY(:people::bigint[]) AND merged_into IS NULL ORDER BY 2
ON CONFLICT (workspace_id, profile_id) DO UPDATE SET due_at = LEAST(rechecks.due_at, EXCLUDED.due_at);
