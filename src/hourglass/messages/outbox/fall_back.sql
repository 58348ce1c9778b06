-- name: unfit
-- Those of these that their channel could not bring.
SELECT id FROM messages
WHERE workspace_id = ANY(:workspace_ids::int[]) AND id = ANY(:ids::bigint[]) AND others IS NOT NULL
  AND state IN ('withheld', 'failed', 'queued') AND reason = ANY(:reasons::text[]);

-- name: bounced
-- all workspaces: a message is named by its proof, which nobody outside knows.
-- Who reached the goal meanwhile, or left, is not written to again.
SELECT m.id FROM unnest(:ids::bigint[], :proofs::uuid[], :channels::text[]) AS b (id, proof, channel)
JOIN messages m ON m.id = b.id AND m.proof = b.proof AND m.channel = b.channel
WHERE m.state = 'sent' AND m.others IS NOT NULL
  AND NOT EXISTS (SELECT FROM journey_runs r WHERE r.workspace_id = m.workspace_id AND r.id = m.run_id
    AND r.end_reason IN ('goal', 'exit_condition', 'journey_archived'));

-- name: stuck
-- all workspaces: one queue is served for everybody.
SELECT id FROM messages
WHERE state = 'queued' AND others IS NOT NULL AND not_before <= :now
  AND (reason = 'no_provider' OR (reason = 'provider_unreachable' AND claimed_at <= :before));

-- name: fall_back
-- all workspaces: those that were just found.
-- What was written about this try goes where the tries before stand; the address stays for news that is on its way.
UPDATE messages m SET
  tried = coalesce(m.tried, '[]') || jsonb_build_array(jsonb_strip_nulls(jsonb_build_object('channel', m.channel,
    'template', m.template, 'at', :now::timestamptz, 'reason', CASE m.state WHEN 'sent' THEN 'bounced' ELSE m.reason END,
    'detail', CASE m.state WHEN 'sent' THEN m.bounce_said ELSE m.detail END, 'address', m.address))),
  channel = m.others->0->>'channel', template = m.others->0->>'template', others = nullif(m.others - 0, '[]'),
  state = 'queued', reason = NULL, detail = NULL, not_before = :now, attempts = 0, subject = NULL, provider = NULL,
  provider_id = NULL, sent_at = NULL, delivered_at = NULL, bounced_at = NULL, bounce = NULL, bounce_said = NULL
WHERE m.id = ANY(:ids::bigint[]) AND m.others IS NOT NULL AND m.state IN ('withheld', 'failed', 'queued', 'sent');

-- name: wake
SELECT pg_notify('hourglass_outbox', '');
