-- name: anchor
-- all workspaces: one demo runs on one clock
SELECT state->'anchor' FROM demo_progress ORDER BY workspace_id LIMIT 1;

-- name: progress
-- all workspaces: one demo runs on one clock
SELECT state FROM demo_progress ORDER BY workspace_id LIMIT 1;
