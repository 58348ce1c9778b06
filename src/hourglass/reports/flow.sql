-- name: states
-- With whoever was kept out by lot, who counts in nothing else.
SELECT state, coalesce(end_reason, '') AS reason, count(*) FROM journey_runs
WHERE workspace_id = :workspace_id AND journey_id = :journey_id AND entered_at >= :since GROUP BY 1, 2 ORDER BY 3 DESC, 2;

-- name: people
SELECT count(DISTINCT profile_id) FROM journey_runs
WHERE workspace_id = :workspace_id AND journey_id = :journey_id AND entered_at >= :since
  AND end_reason IS DISTINCT FROM 'control_group';

-- name: went
-- Runs by the step they left and the path they were sent to.
SELECT s.step, s.detail ->> 'to', count(DISTINCT s.run_id) FROM run_steps s JOIN journey_runs r ON r.id = s.run_id
WHERE s.workspace_id = :workspace_id AND r.workspace_id = :workspace_id AND r.journey_id = :journey_id
  AND r.entered_at >= :since AND s.outcome = 'went_on' GROUP BY 1, 2;

-- name: messages
SELECT step, state, coalesce(reason, ''), count(*) FROM messages
WHERE workspace_id = :workspace_id AND journey_id = :journey_id AND created_at >= :since GROUP BY 1, 2, 3;

-- name: days
SELECT day::date, sum(entered)::bigint, sum(sent)::bigint, sum(withheld)::bigint FROM (
  SELECT date_trunc('day', entered_at AT TIME ZONE :zone) AS day, 1 AS entered, 0 AS sent, 0 AS withheld FROM journey_runs
  WHERE workspace_id = :workspace_id AND journey_id = :journey_id AND entered_at >= :since
    AND end_reason IS DISTINCT FROM 'control_group'
  UNION ALL
  SELECT date_trunc('day', created_at AT TIME ZONE :zone), 0, (state = 'sent')::int, (state = 'withheld')::int FROM messages
  WHERE workspace_id = :workspace_id AND journey_id = :journey_id AND created_at >= :since) counted
GROUP BY 1 ORDER BY 1;

-- name: entries
SELECT id AS subject, profile_id, entry_seq AS after_seq FROM journey_runs
WHERE workspace_id = :workspace_id AND journey_id = :journey_id AND entered_at >= :since
  AND end_reason IS DISTINCT FROM 'control_group';
