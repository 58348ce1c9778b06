-- name: inside
-- Who waits where, by version.
SELECT version, step, count(*) FROM journey_runs
WHERE workspace_id = :workspace_id AND journey_id = :journey_id AND state = 'waiting' GROUP BY 1, 2 ORDER BY 1, 2;

-- name: take_over
-- All at once. A path says nothing about what stood there before, and a message leaves once for each visit of a step: so the
-- steps that a run has taken by now count as visited, and loops that go on keep their count.
WITH held AS (
  SELECT r.id, m.came, m.goes, m.how, m.shift
  FROM unnest(:steps::text[], :goes::text[], :hows::text[], :shifts::interval[]) AS m (came, goes, how, shift)
  JOIN journey_runs r ON r.workspace_id = :workspace_id AND r.journey_id = :journey_id AND r.version = :old
    AND r.state = 'waiting' AND r.step = m.came
  ORDER BY r.id FOR UPDATE OF r),
moved AS (
  UPDATE journey_runs r
  SET version = :new, step = held.goes,
    wake_at = CASE WHEN held.how = 'waits_on' THEN r.wake_at + held.shift WHEN :anew::bool THEN :now::timestamptz ELSE r.wake_at END,
    entry = r.entry || jsonb_build_object('flow', coalesce(r.entry->'flow', '{}') || jsonb_build_object(
      'begins', held.how = 'begins',
      'visits', coalesce((
        SELECT jsonb_object_agg(path, coalesce((r.entry->'flow'->'visits'->>path)::int, 1) + CASE WHEN again THEN 0 ELSE 1 END)
        FROM unnest(:paths::text[], :agains::bool[]) AS p (path, again)
        WHERE EXISTS (SELECT FROM run_steps s WHERE s.workspace_id = :workspace_id AND s.run_id = r.id AND s.step = path)), '{}'),
      'passes', coalesce((
        SELECT jsonb_object_agg(goes_on, r.entry->'flow'->'passes'->looped)
        FROM unnest(:looped::text[], :goes_on::text[]) AS l (looped, goes_on)
        WHERE r.entry->'flow'->'passes' ? looped), '{}')))
  FROM held WHERE r.workspace_id = :workspace_id AND r.id = held.id
  RETURNING r.id, held.came, held.goes, held.how)
INSERT INTO run_steps (workspace_id, run_id, step, at, outcome, detail)
SELECT :workspace_id, id, came, :now::timestamptz, 'taken_over',
  jsonb_build_object('from', :old::int, 'version', :new::int, 'to', goes, 'how', how, 'by', :author::text)
FROM moved;

-- name: let_go
-- Those who have no place in the other version leave.
WITH held AS (
  SELECT id FROM journey_runs
  WHERE workspace_id = :workspace_id AND journey_id = :journey_id AND version = :old AND state = 'waiting'
    AND step = ANY(:steps::text[])
  ORDER BY id FOR UPDATE),
gone AS (
  UPDATE journey_runs r SET state = 'exited', ended_at = :now, end_reason = 'version_ended', wake_at = NULL
  FROM held WHERE r.workspace_id = :workspace_id AND r.id = held.id RETURNING r.id, r.step),
noted AS (
  INSERT INTO run_steps (workspace_id, run_id, step, at, outcome, detail)
  SELECT :workspace_id, id, step, :now, 'exited', jsonb_build_object('reason', 'version_ended', 'by', :author::text) FROM gone)
SELECT id FROM gone;
