-- name: open
INSERT INTO journey_turns (workspace_id, journey_id, step) VALUES (:workspace_id, :journey_id, :step) ON CONFLICT DO NOTHING;

-- name: counted
SELECT given_at, given, passed_at, passed FROM journey_turns
WHERE workspace_id = :workspace_id AND journey_id = :journey_id AND step = :step FOR UPDATE;

-- name: keep
UPDATE journey_turns SET given_at = :given_at::timestamptz[], given = :given::integer[],
  passed_at = :passed_at::timestamptz[], passed = :passed::integer[]
WHERE workspace_id = :workspace_id AND journey_id = :journey_id AND step = :step;
