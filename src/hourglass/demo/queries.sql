-- name: progress
SELECT state FROM demo_progress WHERE workspace_id = :workspace_id;

-- name: keep
INSERT INTO demo_progress (workspace_id, state) VALUES (:workspace_id, :state)
ON CONFLICT (workspace_id) DO UPDATE SET state = EXCLUDED.state;

-- name: strangers
-- Whether somebody else's data is here already.
SELECT EXISTS (SELECT FROM profiles WHERE workspace_id = :workspace_id)
    OR EXISTS (SELECT FROM event_log WHERE workspace_id = :workspace_id);

-- name: furnish
UPDATE workspaces SET name = :name, currency = :currency, zone = :zone, locale = :locale WHERE id = :workspace_id;
