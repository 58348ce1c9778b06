-- name: standing
-- What is already known of these (journey, person, correlation): is a run active, when did the last one begin, and which
-- version noted the person in its control group, which is no run at all.
SELECT asked.journey_id, asked.profile_id, asked.correlation, bool_or(r.state = 'waiting'),
  max(r.entered_at) FILTER (WHERE r.end_reason IS DISTINCT FROM 'control_group'),
  max(r.version) FILTER (WHERE r.end_reason = 'control_group')
FROM unnest(:journeys::int[], :profiles::bigint[], :correlations::text[]) AS asked (journey_id, profile_id, correlation)
JOIN journey_runs r ON r.workspace_id = :workspace_id AND r.profile_id = asked.profile_id
  AND r.journey_id = asked.journey_id AND r.correlation = asked.correlation
GROUP BY 1, 2, 3;

-- name: active
-- Runs that an event of these people can end or move on: those that wait, and those whose message has not gone out.
SELECT id, journey_id, version, profile_id, correlation, step, coalesce(wake_at, entered_at) AS moment,
       entered_at, entry_seq, entry, state = 'waiting' AS waiting, state = 'exited' AS exited
FROM journey_runs
WHERE workspace_id = :workspace_id AND profile_id = ANY(:profiles::bigint[]) AND journey_id = ANY(:journeys::int[])
  AND (state = 'waiting' OR id IN (
    SELECT run_id FROM messages
    WHERE workspace_id = :workspace_id AND profile_id = ANY(:profiles::bigint[]) AND state = 'queued'))
ORDER BY id FOR UPDATE;

-- name: due
-- The oldest first; each journey has its share, so that many who wake in one delay nobody in another. The LIMITs keep
-- each look to one journey, and so away from those that are not asked about.
WITH waking AS MATERIALIZED (
  SELECT j.id FROM unnest(:journeys::int[]) AS j (id) CROSS JOIN LATERAL (
    SELECT FROM journey_runs r
    WHERE r.workspace_id = :workspace_id AND r.journey_id = j.id AND r.state = 'waiting' AND r.wake_at <= :now
    LIMIT 1) AS first)
SELECT due.* FROM waking CROSS JOIN LATERAL (
  SELECT id, journey_id, version, profile_id, correlation, step, wake_at AS moment, entered_at, entry_seq, entry
  FROM journey_runs r
  WHERE r.workspace_id = :workspace_id AND r.journey_id = waking.id AND r.state = 'waiting' AND r.wake_at <= :now
  ORDER BY r.wake_at LIMIT (SELECT ceil(:most::float8 / count(*))::bigint FROM waking)
  FOR UPDATE SKIP LOCKED) AS due
ORDER BY due.moment;

-- name: next_due
SELECT min(first.wake_at) FROM unnest(:journeys::int[]) AS j (id) CROSS JOIN LATERAL (
  SELECT r.wake_at FROM journey_runs r
  WHERE r.workspace_id = :workspace_id AND r.journey_id = j.id AND r.state = 'waiting'
  ORDER BY r.wake_at LIMIT 1) AS first;

-- name: new_ids
-- all workspaces: a sequence
SELECT nextval('run_ids') FROM generate_series(1, :count);

-- name: insert_runs
INSERT INTO journey_runs (workspace_id, id, journey_id, version, profile_id, correlation, step, state, wake_at,
                          entered_at, ended_at, end_reason, entry_seq, entry)
SELECT :workspace_id, * FROM unnest(
  :ids::bigint[], :journeys::int[], :versions::int[], :profiles::bigint[], :correlations::text[], :steps::text[],
  :states::text[], :wakes::timestamptz[], :entered::timestamptz[], :ended::timestamptz[], :reasons::text[],
  :seqs::bigint[], :entries::jsonb[])
ON CONFLICT DO NOTHING RETURNING id;

-- name: move_runs
UPDATE journey_runs r
SET step = m.step, state = m.state, wake_at = m.wake_at, ended_at = m.ended_at, end_reason = m.reason
FROM unnest(:ids::bigint[], :steps::text[], :states::text[], :wakes::timestamptz[], :ended::timestamptz[], :reasons::text[])
  AS m (id, step, state, wake_at, ended_at, reason)
WHERE r.workspace_id = :workspace_id AND r.id = m.id;

-- name: remember
UPDATE journey_runs r SET entry = m.entry
FROM unnest(:ids::bigint[], :entries::jsonb[]) AS m (id, entry)
WHERE r.workspace_id = :workspace_id AND r.id = m.id;

-- name: people
SELECT id, phone, traits FROM profiles WHERE workspace_id = :workspace_id AND id = ANY(:ids::bigint[]);

-- name: note_steps
INSERT INTO run_steps (workspace_id, run_id, step, at, outcome, detail)
SELECT :workspace_id, run_id, step, :now, outcome, detail
FROM unnest(:runs::bigint[], :steps::text[], :outcomes::text[], :details::jsonb[]) AS n (run_id, step, outcome, detail);

-- name: follow
-- Waiting runs of an absorbed visitor go on with the person, unless that person is already in the same journey.
UPDATE journey_runs r SET profile_id = moved.winner
FROM unnest(:losers::bigint[], :winners::bigint[]) AS moved (loser, winner)
WHERE r.workspace_id = :workspace_id AND r.profile_id = moved.loser AND r.state = 'waiting'
  AND NOT EXISTS (SELECT 1 FROM journey_runs other WHERE other.workspace_id = r.workspace_id
    AND other.profile_id = moved.winner AND other.journey_id = r.journey_id
    AND other.correlation = r.correlation AND other.state = 'waiting');

-- name: end_rest
UPDATE journey_runs SET state = 'exited', ended_at = :now, end_reason = 'merged', wake_at = NULL
WHERE workspace_id = :workspace_id AND profile_id = ANY(:losers::bigint[]) AND state = 'waiting' RETURNING id;
