-- name: enqueue_mass
-- Whoever was absorbed by somebody else since is that person; who is drawn into the control group follows from the person
-- and the campaign alone.
WITH RECURSIVE way (id) AS (
  SELECT unnest(:people::bigint[])
  UNION
  SELECT p.merged_into FROM way w
  JOIN profiles p ON p.workspace_id = :workspace_id AND p.id = w.id AND p.merged_into IS NOT NULL),
today AS (
  SELECT w.id, (hashint8extended(w.id, :campaign_id::bigint) & 9007199254740991) * 100.0 < 9007199254740992 * :control::float8
    AS control
  FROM way w
  WHERE NOT EXISTS (SELECT FROM profiles p
    WHERE p.workspace_id = :workspace_id AND p.id = w.id AND p.merged_into IS NOT NULL)),
put AS (
  INSERT INTO messages (workspace_id, profile_id, run_id, journey_id, step, channel, template, topic, class, state, reason,
    facts, created_at, not_before, lane, send_id)
  SELECT :workspace_id, id, nextval('run_ids'), :campaign_id::int, :step, :channel, :template, :topic, :message_class,
    CASE WHEN control OR :withheld::text IS NOT NULL THEN 'withheld' ELSE 'queued' END,
    CASE WHEN control THEN 'control_group' ELSE :withheld::text END, :facts::jsonb, :now, :now, 1, :send_id
  FROM today
  ON CONFLICT (send_id, profile_id) WHERE send_id IS NOT NULL DO NOTHING RETURNING 1)
SELECT count(*) FROM put;

-- name: waiting_of_send
SELECT count(*) FROM messages WHERE workspace_id = :workspace_id AND send_id = :send_id AND state IN ('queued', 'claimed');

-- name: park
UPDATE messages SET lane = 2
WHERE workspace_id = :workspace_id AND send_id = :send_id AND state IN ('queued', 'claimed') AND lane = 1;

-- name: unpark
UPDATE messages SET lane = 1 WHERE workspace_id = :workspace_id AND send_id = :send_id AND lane = 2;

-- name: withhold_send
UPDATE messages SET state = 'withheld', reason = :reason
WHERE workspace_id = :workspace_id AND send_id = :send_id AND state IN ('queued', 'claimed');

-- name: notify_outbox
SELECT pg_notify('hourglass_outbox', '');

-- name: notify_withheld
SELECT pg_notify('hourglass_withheld', '');
