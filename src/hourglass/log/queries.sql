-- name: append_chunk
-- Positional parameters: sent in libpq's own binary form, several in one round trip.
INSERT INTO event_log (workspace_id, partition, received_at, events, payload) VALUES ($1, $2, $3, $4, $5);

-- name: commit_durably
SET synchronous_commit = on;

-- name: wake_engine
SELECT pg_notify('hourglass_log', '');

-- name: copy_chunks
COPY event_log (workspace_id, partition, received_at, events, payload) FROM STDIN (FORMAT binary);

-- name: claim
-- The oldest few chunks of some partitions, until they hold enough events; gone when the transaction commits.
-- A worker that was killed may still hold some for a moment, until the server notices: they are waited for, since what
-- is behind them must not overtake them.
-- all workspaces: an engine worker serves all of them.
WITH oldest AS (
  SELECT seq, events FROM event_log WHERE partition % :of::smallint = ANY (:partitions::smallint[])
  ORDER BY seq LIMIT :at_once
), ahead AS (
  SELECT seq, sum(events) OVER (ORDER BY seq) - events AS before FROM oldest
), mine AS (
  SELECT seq FROM event_log
  WHERE seq = ANY (ARRAY(SELECT seq FROM ahead WHERE before < :max_events)) ORDER BY seq FOR UPDATE
), gone AS (
  DELETE FROM event_log WHERE seq = ANY (ARRAY(SELECT seq FROM mine))
  RETURNING seq, workspace_id, partition, received_at, events, payload
)
SELECT seq, workspace_id, partition, received_at, events, payload FROM gone ORDER BY seq;

-- name: oldest
-- all workspaces: while something older waits, time stands still for everybody.
-- Several doors number their chunks in turns, so the first is not always the one received first.
SELECT min(received_at) FROM (SELECT received_at FROM event_log ORDER BY seq LIMIT 100) AS first;

-- name: backlog
-- all workspaces: how far behind the whole server is, and what is processed but not in the lake's files yet.
SELECT coalesce(sum(events), 0)::bigint AS events, min(received_at) AS oldest,
  (SELECT coalesce(sum(rows), 0)::bigint FROM lake_queue) AS unflushed
FROM event_log;

-- name: bury
INSERT INTO dead_letters (workspace_id, received_at, failed_at, reason, detail, payload)
SELECT :workspace_id, received_at, :now, reason, detail, payload
FROM unnest(:received_at::timestamptz[], :reasons::text[], :details::text[], :payloads::bytea[])
  AS letter (received_at, reason, detail, payload);

-- name: letters
SELECT id, received_at, failed_at, reason, detail, payload, replayed_at FROM dead_letters
WHERE workspace_id = :workspace_id AND replayed_at IS NULL AND id < :before
ORDER BY id DESC LIMIT :limit;

-- name: count_letters
SELECT count(*) FROM dead_letters WHERE workspace_id = :workspace_id AND replayed_at IS NULL;

-- name: letters_to_replay
SELECT id, received_at, payload FROM dead_letters
WHERE workspace_id = :workspace_id AND replayed_at IS NULL AND (:everything OR id = ANY (:ids::bigint[]))
ORDER BY id LIMIT :limit FOR UPDATE;

-- name: mark_replayed
UPDATE dead_letters SET replayed_at = :now WHERE workspace_id = :workspace_id AND id = ANY (:ids::bigint[]);
