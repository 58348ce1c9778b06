-- name: report
SELECT d.key, coalesce(v.body->>'name', d.key) AS name, d.state, d.version,
  coalesce(sum(r.n) FILTER (WHERE r.state <> 'kept_out'), 0)::bigint AS entered,
  coalesce(sum(r.n) FILTER (WHERE r.state = 'waiting'), 0)::bigint AS waiting,
  coalesce(sum(r.n) FILTER (WHERE r.state = 'finished'), 0)::bigint AS finished,
  coalesce(sum(r.n) FILTER (WHERE r.state = 'goal'), 0)::bigint AS goal,
  coalesce(sum(r.n) FILTER (WHERE r.state = 'exited'), 0)::bigint AS exited,
  coalesce(sum(r.n) FILTER (WHERE r.state = 'kept_out'), 0)::bigint AS kept_out,
  coalesce(max(m.sent), 0) AS sent, coalesce(max(m.withheld), 0) AS withheld
FROM definitions d
JOIN definition_versions v ON (v.workspace_id, v.kind, v.key, v.version) = (d.workspace_id, d.kind, d.key, d.version)
LEFT JOIN (SELECT journey_id, count(*) AS n,
                  CASE end_reason WHEN 'control_group' THEN 'kept_out' WHEN 'goal' THEN 'goal' ELSE state END AS state
           FROM journey_runs WHERE workspace_id = :workspace_id GROUP BY 1, 3) r
  ON r.journey_id = d.id
LEFT JOIN (SELECT journey_id, count(*) FILTER (WHERE state = 'sent') AS sent,
                  count(*) FILTER (WHERE state = 'withheld') AS withheld
           FROM messages WHERE workspace_id = :workspace_id GROUP BY 1) m ON m.journey_id = d.id
WHERE d.workspace_id = :workspace_id AND d.kind = 'journey' GROUP BY d.key, v.body, d.state, d.version ORDER BY d.key;

-- name: step_came
SELECT s.step, count(DISTINCT s.run_id) FROM run_steps s JOIN journey_runs r ON r.id = s.run_id
WHERE s.workspace_id = :workspace_id AND r.workspace_id = :workspace_id AND r.journey_id = :journey_id
  AND r.entered_at >= :since GROUP BY 1;

-- name: step_standing
-- Where runs wait, and where they left, whether for a reason or for the goal.
SELECT step, count(*) FILTER (WHERE state = 'waiting'), count(*) FILTER (WHERE state = 'exited' OR end_reason = 'goal')
FROM journey_runs
WHERE workspace_id = :workspace_id AND journey_id = :journey_id AND entered_at >= :since GROUP BY 1;
