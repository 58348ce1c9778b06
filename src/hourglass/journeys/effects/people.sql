-- name: add_tasks
INSERT INTO journey_tasks (workspace_id, run_id, visit, journey, profile_id, title, assignee, created_at, due_at)
SELECT :workspace_id, run_id, visit, journey, profile_id, title, assignee, :now, due_at
FROM unnest(:runs::bigint[], :visits::text[], :journeys::text[], :people::bigint[], :titles::text[], :assignees::text[],
            :dues::timestamptz[]) AS asked (run_id, visit, journey, profile_id, title, assignee, due_at)
ON CONFLICT DO NOTHING;

-- name: tasks
SELECT id, run_id, title, assignee, journey, profile_id, created_at, due_at, done_at, done_by,
  (SELECT coalesce(p.traits ->> 'name', nullif(concat_ws(' ', p.traits ->> 'firstName', p.traits ->> 'lastName'), ''),
    p.email, p.phone) FROM profiles p WHERE p.workspace_id = t.workspace_id AND p.id = t.profile_id) AS person
FROM journey_tasks t
WHERE workspace_id = :workspace_id AND (done_at IS NOT NULL) = :done
  AND (:profile_id::bigint IS NULL OR profile_id = :profile_id)
ORDER BY due_at NULLS LAST, id LIMIT :most;

-- name: task
SELECT id, run_id, title, assignee, journey, profile_id, created_at, due_at, done_at, done_by,
  (SELECT coalesce(p.traits ->> 'name', nullif(concat_ws(' ', p.traits ->> 'firstName', p.traits ->> 'lastName'), ''),
    p.email, p.phone) FROM profiles p WHERE p.workspace_id = t.workspace_id AND p.id = t.profile_id) AS person
FROM journey_tasks t
WHERE workspace_id = :workspace_id AND id = :id;

-- name: take_task
UPDATE journey_tasks SET assignee = :author WHERE workspace_id = :workspace_id AND id = :id AND done_at IS NULL;

-- name: finish_task
UPDATE journey_tasks SET done_at = :now, done_by = :author
WHERE workspace_id = :workspace_id AND id = :id AND done_at IS NULL;

-- name: add_alerts
INSERT INTO journey_alerts (workspace_id, journey, step, text, times, first_at, last_at, profile_id)
SELECT :workspace_id, journey, step, text, count(*), :now, :now, max(profile_id)
FROM unnest(:journeys::text[], :steps::text[], :texts::text[], :people::bigint[]) AS said (journey, step, text, profile_id)
GROUP BY journey, step, text ORDER BY journey, step, text
ON CONFLICT (workspace_id, journey, step, md5(text)) WHERE seen_at IS NULL DO UPDATE
SET times = journey_alerts.times + EXCLUDED.times, last_at = EXCLUDED.last_at, profile_id = EXCLUDED.profile_id;

-- name: alerts
SELECT id, journey, step, text, times, first_at, last_at, profile_id FROM journey_alerts
WHERE workspace_id = :workspace_id AND seen_at IS NULL ORDER BY last_at DESC, id DESC LIMIT :most;

-- name: see_alert
UPDATE journey_alerts SET seen_at = coalesce(seen_at, :now), seen_by = coalesce(seen_by, :author)
WHERE workspace_id = :workspace_id AND id = :id RETURNING id;
