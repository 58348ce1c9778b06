-- name: open
INSERT INTO journey_turns (workspace_id, journey_id, step) VALUES (:workspace_id, :journey_id, :step) ON CONFLICT DO NOTHING;

-- name: counted
SELECT last_period, given, this_period, passed FROM journey_turns
WHERE workspace_id = :workspace_id AND journey_id = :journey_id AND step = :step FOR UPDATE;

-- name: keep
UPDATE journey_turns SET last_period = :last, given = :given, this_period = :this, passed = :passed
WHERE workspace_id = :workspace_id AND journey_id = :journey_id AND step = :step;
