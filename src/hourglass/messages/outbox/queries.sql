-- name: enqueue
-- A (run, step) is written once, however often the same tick is tried.
INSERT INTO messages (workspace_id, profile_id, run_id, journey_id, step, channel, template, topic, class, state, facts,
  created_at, not_before, others)
SELECT r.workspace_id, r.profile_id, r.run_id, r.journey_id, r.step, r.channel, r.template, r.topic, r.class, 'queued',
  r.facts, r.created_at, r.not_before, r.others
FROM unnest(:workspace_ids::int[], :profile_ids::bigint[], :run_ids::bigint[], :journey_ids::int[], :steps::text[],
  :channels::text[], :templates::text[], :topics::text[], :classes::text[], :facts::jsonb[],
  :created_at::timestamptz[], :not_before::timestamptz[], :others::jsonb[])
  AS r (workspace_id, profile_id, run_id, journey_id, step, channel, template, topic, class, facts, created_at, not_before,
    others)
ON CONFLICT (run_id, step) DO NOTHING;

-- name: cancel
-- Also what a worker holds and has not handed over yet; it is told, and the truth wins when it was quicker.
UPDATE messages SET state = 'withheld', reason = :reason
WHERE workspace_id = :workspace_id AND run_id = ANY(:run_ids::bigint[]) AND state IN ('queued', 'claimed');

-- name: notify_outbox
SELECT pg_notify('hourglass_outbox', '');

-- name: notify_withheld
SELECT pg_notify('hourglass_withheld', '');

-- name: claim
-- Due messages of a lane, oldest first, each to one worker only.
-- all workspaces: one queue is served for everybody.
WITH due AS (
  SELECT id FROM messages WHERE state = 'queued' AND lane = :lane AND not_before <= :now AND channel = ANY(:channels::text[])
  ORDER BY not_before LIMIT :limit FOR UPDATE SKIP LOCKED)
UPDATE messages m SET state = 'claimed', claimed_at = :now, claimed_by = :worker, attempts = m.attempts + 1
FROM due WHERE m.id = due.id
RETURNING m.workspace_id, m.id, m.profile_id, m.channel, m.template, m.topic, m.class AS message_class, m.facts,
  m.created_at, m.attempts, m.lane,
  (SELECT d.key FROM definitions d WHERE d.workspace_id = m.workspace_id AND d.id = m.journey_id) AS source;

-- name: next_due
-- all workspaces: the worker sleeps until anything falls due.
SELECT min(not_before) FROM messages WHERE state = 'queued' AND lane = :lane AND channel = ANY(:channels::text[]);

-- name: withheld_meanwhile
-- Withheld, or parked with its campaign.
SELECT id FROM messages WHERE workspace_id = ANY(:workspace_ids::int[]) AND id = ANY(:ids::bigint[])
  AND (state = 'withheld' OR lane = 2);
