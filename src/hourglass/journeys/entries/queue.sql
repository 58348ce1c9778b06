-- name: position
-- The place in the log up to which everything has been read: what stands behind it may still end a run.
-- all workspaces: they share the log.
SELECT (coalesce((SELECT seq - 1 FROM event_log ORDER BY seq LIMIT 1),
  (SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM event_log_seq_seq)) * 100000 + 99999)::bigint;

-- name: free_at
-- When the next person may enter; held until those who come now have their moments.
INSERT INTO journey_throttles AS t (workspace_id, journey_id, free_at) VALUES (:workspace_id, :journey_id, :now)
ON CONFLICT (workspace_id, journey_id) DO UPDATE SET free_at = greatest(t.free_at, EXCLUDED.free_at) RETURNING free_at;

-- name: taken_until
UPDATE journey_throttles SET free_at = free_at + :count * :pace::interval
WHERE workspace_id = :workspace_id AND journey_id = :journey_id;

-- name: put
INSERT INTO journey_entrants (workspace_id, journey_id, profile_id, correlation, not_before, at, seq, source, facts)
SELECT :workspace_id, :journey_id, profile_id, correlation, :first + (place - 1) * :pace::interval, at, seq, :source, facts
FROM unnest(:profiles::bigint[], :correlations::text[], :ats::timestamptz[], :seqs::bigint[], :facts::jsonb[])
  WITH ORDINALITY AS come (profile_id, correlation, at, seq, facts, place);

-- name: take
-- Each journey has its share, so that a long queue before one delays nobody at another; each entrant to one worker only.
-- Who was merged while they were being queued enters as the person they are now; who is gone does not.
WITH doors AS MATERIALIZED (
  SELECT j.id FROM unnest(:journeys::int[]) AS j (id) CROSS JOIN LATERAL (
    SELECT FROM journey_entrants e
    WHERE e.workspace_id = :workspace_id AND e.journey_id = j.id AND e.not_before <= :due LIMIT 1) AS first),
gone AS (
  DELETE FROM journey_entrants WHERE workspace_id = :workspace_id AND id = ANY (ARRAY(
    SELECT next.id FROM doors CROSS JOIN LATERAL (
      SELECT e.id FROM journey_entrants e
      WHERE e.workspace_id = :workspace_id AND e.journey_id = doors.id AND e.not_before <= :due
      ORDER BY e.not_before, e.id LIMIT (SELECT ceil(:most::float8 / count(*))::bigint FROM doors)
      FOR UPDATE SKIP LOCKED) AS next))
  RETURNING id, journey_id, profile_id, correlation, not_before, seq, facts)
SELECT gone.journey_id, coalesce(p.merged_into, p.id), gone.correlation, gone.not_before, gone.seq, gone.facts
FROM gone JOIN profiles p ON p.workspace_id = :workspace_id AND p.id = gone.profile_id
ORDER BY gone.not_before, gone.id;

-- name: next_due
SELECT min(first.not_before) FROM unnest(:journeys::int[]) AS j (id) CROSS JOIN LATERAL (
  SELECT e.not_before FROM journey_entrants e WHERE e.workspace_id = :workspace_id AND e.journey_id = j.id
  ORDER BY e.not_before LIMIT 1) AS first;

-- name: follow
UPDATE journey_entrants e SET profile_id = moved.winner
FROM unnest(:losers::bigint[], :winners::bigint[]) AS moved (loser, winner)
WHERE e.workspace_id = :workspace_id AND e.profile_id = moved.loser;
