-- name: open
INSERT INTO journey_batches (workspace_id, journey_id, step) VALUES (:workspace_id, :journey_id, :step)
ON CONFLICT DO NOTHING;

-- name: standing
SELECT deadline, gathered FROM journey_batches
WHERE workspace_id = :workspace_id AND journey_id = :journey_id AND step = :step FOR UPDATE;

-- name: keep
UPDATE journey_batches SET deadline = :deadline, gathered = :gathered
WHERE workspace_id = :workspace_id AND journey_id = :journey_id AND step = :step;

-- name: let_go
UPDATE journey_runs r SET wake_at = :now
FROM unnest(:journeys::int[], :steps::text[], :deadlines::timestamptz[]) AS c (journey_id, step, deadline)
WHERE r.workspace_id = :workspace_id AND r.journey_id = c.journey_id AND r.step = c.step AND r.state = 'waiting'
  AND r.wake_at = c.deadline;
