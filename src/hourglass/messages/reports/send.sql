-- name: states
SELECT state, count(*)::int FROM messages WHERE workspace_id = :workspace_id AND send_id = :send_id GROUP BY state;
