-- name: record
-- What became of messages a worker held. A message that was withheld or given up meanwhile is only corrected by
-- news that it did leave.
UPDATE messages m SET state = o.state, reason = o.reason, detail = o.detail, address = coalesce(o.address, m.address),
  subject = coalesce(o.subject, m.subject), provider = coalesce(o.provider, m.provider), provider_id = coalesce(o.provider_id, m.provider_id),
  sent_at = CASE WHEN o.state IN ('sent', 'unknown') THEN o.at ELSE m.sent_at END,
  not_before = coalesce(o.not_before, m.not_before), attempts = m.attempts - o.forgiven
FROM unnest(:workspace_ids::int[], :ids::bigint[], :states::text[], :reasons::text[], :details::text[],
  :addresses::text[], :subjects::text[], :provider_ids::text[], :ats::timestamptz[], :not_before::timestamptz[],
  :forgiven::smallint[], :providers::text[])
  AS o (workspace_id, id, state, reason, detail, address, subject, provider_id, at, not_before, forgiven, provider)
WHERE m.workspace_id = o.workspace_id AND m.id = o.id AND m.claimed_by = :worker
  AND (m.state = 'claimed' OR (m.state IN ('withheld', 'unknown') AND o.state IN ('sent', 'unknown')))
RETURNING m.workspace_id, m.id, m.profile_id, m.channel, m.template, m.topic, m.state, m.proof,
  (SELECT d.key FROM definitions d WHERE d.workspace_id = m.workspace_id AND d.id = m.journey_id) AS source,
  m.send_id IS NOT NULL AS of_campaign, coalesce(jsonb_array_length(m.tried), 0) AS tries;

-- name: held_by
-- What a worker had claimed and left without a word; and what was withheld meanwhile, though its journal tells of it.
-- all workspaces: a worker serves everybody.
SELECT workspace_id, id, attempts, false FROM messages WHERE state = 'claimed' AND claimed_by = :worker
UNION ALL
SELECT workspace_id, id, attempts, true FROM messages
WHERE id = ANY(:noted::bigint[]) AND state = 'withheld' AND claimed_by = :worker;

-- name: give_up_abandoned
-- Claimed long ago by a worker whose journal nobody here can read.
-- all workspaces: a worker serves everybody.
UPDATE messages SET state = 'unknown', reason = 'crashed_while_sending', sent_at = claimed_at
WHERE state = 'claimed' AND claimed_at < :before AND claimed_by <> ALL(:living::uuid[]);

-- name: note_missing_providers
-- all workspaces: a worker serves everybody.
UPDATE messages SET reason = 'no_provider'
WHERE state = 'queued' AND not_before <= :now AND reason IS DISTINCT FROM 'no_provider' AND channel <> ALL(:channels::text[]);
