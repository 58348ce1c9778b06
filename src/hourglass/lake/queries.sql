-- name: enqueue
INSERT INTO lake_queue (tab, rows, payload) VALUES (:tab, :rows, :payload);

-- name: anything_waiting
SELECT EXISTS (SELECT FROM lake_queue WHERE tab = :tab);

-- name: unfinished_batch
-- A crash left it between its claim and its end.
SELECT min(batch) FROM lake_queue WHERE tab = :tab AND batch IS NOT NULL;

-- name: claim
-- Rows that commit later may carry a lower seq, so what an append holds is written down here and not concluded from seq.
WITH waiting AS (
  SELECT seq, rows, octet_length(payload) AS bytes FROM lake_queue WHERE tab = :tab AND batch IS NULL
  ORDER BY seq LIMIT :max_frames
), sums AS (
  SELECT seq, sum(rows) OVER so_far - rows AS rows, sum(bytes) OVER so_far - bytes AS bytes
  FROM waiting WINDOW so_far AS (ORDER BY seq)
)
UPDATE lake_queue SET batch = :batch FROM sums
WHERE lake_queue.seq = sums.seq AND sums.rows < :max_rows AND sums.bytes < :max_bytes;

-- name: frames_of_batch
SELECT payload FROM lake_queue WHERE tab = :tab AND batch = :batch ORDER BY seq;

-- name: frames_not_in
-- Processed, and not in the Delta table that ends with this batch.
SELECT payload FROM lake_queue WHERE tab = :tab AND (batch IS NULL OR batch > :written) ORDER BY seq;

-- name: forget_written
DELETE FROM lake_queue WHERE tab = :tab AND batch <= :written;

-- name: try_lock
-- Held by the session: whoever dies leaves it to the others. The first number is only ours.
SELECT pg_try_advisory_lock(7263, :lock::int);

-- name: wait_for_lock
SELECT pg_advisory_lock(7263, :lock::int);

-- name: release_locks
SELECT pg_advisory_unlock_all();

-- name: be_patient
SELECT set_config('lock_timeout', :milliseconds::text, false);

-- name: same_moment
-- All that this transaction reads is from one moment.
SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY;

-- name: moved_identities
-- Identifiers that changed their person at least once, with the person they belong to now. Only `id`, which is unique
-- everywhere, joins them: by workspace, too, a planner without statistics goes through all identities for each move.
SELECT identities.id, identities.profile_id
FROM (SELECT DISTINCT identity_id AS id FROM identity_moves WHERE workspace_id = :workspace_id) AS moved
JOIN identities ON identities.id = moved.id
UNION ALL
-- Erased, and still in the files: nobody's, though the person they began as may live on under other names.
SELECT DISTINCT unnest(identity_ids), 0::bigint FROM erasures WHERE workspace_id = :workspace_id AND lake_done_at IS NULL;

-- name: profiles
SELECT id, known, email, phone, traits::text, first_seen_at, last_seen_at, events FROM profiles
WHERE workspace_id = :workspace_id AND merged_into IS NULL;

-- name: orders
-- Whose they are follows the identity they came under.
SELECT orders.id, coalesce(identities.profile_id, orders.profile_id), state, ordered_at, updated_at, revenue, net, currency,
       lines::text, historical
FROM orders LEFT JOIN identities ON identities.id = orders.identity_id
WHERE orders.workspace_id = :workspace_id;

-- name: messages
-- A message to somebody who was merged since is one to the person of today.
WITH RECURSIVE way AS (
  SELECT id AS once, merged_into AS id FROM profiles WHERE workspace_id = :workspace_id AND merged_into IS NOT NULL
  UNION
  SELECT once, profiles.merged_into FROM way JOIN profiles ON profiles.workspace_id = :workspace_id
    AND profiles.id = way.id AND profiles.merged_into IS NOT NULL
), today AS (
  SELECT once, way.id FROM way JOIN profiles ON profiles.workspace_id = :workspace_id AND profiles.id = way.id
    AND profiles.merged_into IS NULL
)
SELECT messages.id, coalesce(today.id, messages.profile_id), run_id, definitions.key, step, channel, topic, template,
       class, messages.state, reason, detail, address, subject, created_at, not_before, sent_at, delivered_at, opened_at,
       clicked_at, bounced_at
FROM messages LEFT JOIN today ON today.once = messages.profile_id
LEFT JOIN definitions ON definitions.workspace_id = messages.workspace_id AND definitions.id = journey_id
WHERE messages.workspace_id = :workspace_id;

-- name: identities
SELECT id, kind, value, profile_id, first_seen_at FROM identities WHERE workspace_id = :workspace_id;

-- name: open_erasures
-- all workspaces: the lake is rewritten once for all of them, and identity ids are unique across workspaces
SELECT id, profile_id, identity_ids FROM erasures WHERE lake_done_at IS NULL ORDER BY id;

-- name: finish_erasures
-- all workspaces: as above
UPDATE erasures SET lake_done_at = :now WHERE id = ANY(:ids);

-- name: living_identities
-- all workspaces: identity ids are unique across workspaces
SELECT id FROM identities WHERE id = ANY(:ids) AND profile_id <> ALL(:profile_ids);
