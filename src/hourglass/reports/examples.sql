-- name: runs
-- A few runs of each way to go: by the step where they ended, how and why.
SELECT id, profile_id, correlation, entered_at, state, ended_at FROM (
  SELECT *, row_number() OVER (PARTITION BY step, state, end_reason ORDER BY entered_at, id) AS number FROM journey_runs
  WHERE workspace_id = :workspace_id AND journey_id = :journey_id AND entered_at >= :since) each
WHERE number <= :each ORDER BY number, entered_at, id LIMIT :most;

-- name: steps
SELECT run_id, step, at, outcome, detail FROM run_steps
WHERE workspace_id = :workspace_id AND run_id = ANY(:runs::bigint[]) ORDER BY at, place;

-- name: messages
SELECT run_id, step, state, reason, detail, template, sent_at, answers FROM messages
WHERE workspace_id = :workspace_id AND run_id = ANY(:runs::bigint[]) ORDER BY created_at;
