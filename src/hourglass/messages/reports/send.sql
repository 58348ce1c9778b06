-- name: states
SELECT state, count(*)::int FROM messages WHERE workspace_id = :workspace_id AND send_id = :send_id GROUP BY state;

-- name: progress
-- Of sends that go on: what is done, what waits and for what, and how much left lately.
SELECT send_id, state, CASE WHEN state = 'queued' THEN reason END AS reason, count(*)::int AS messages,
  (count(*) FILTER (WHERE sent_at > :since))::int AS lately
FROM messages WHERE workspace_id = :workspace_id AND send_id = ANY(:ids::bigint[]) GROUP BY 1, 2, 3;
