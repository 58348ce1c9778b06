-- name: apply
-- The first moment of each kind counts, in whatever order the news come.
-- all workspaces: a message is named by its proof, which nobody outside knows.
WITH told AS (
  SELECT id, proof, channel,
    min(at) FILTER (WHERE moment = 'delivered') AS delivered_at, min(at) FILTER (WHERE moment = 'opened') AS opened_at,
    min(at) FILTER (WHERE moment = 'clicked') AS clicked_at,
    min(at) FILTER (WHERE moment IN ('bounced', 'complained')) AS bounced_at,
    min(at) FILTER (WHERE moment = 'complained') AS complained_at,
    min(at) FILTER (WHERE moment = 'unsubscribed') AS unsubscribed_at,
    (array_agg(bounce ORDER BY at DESC) FILTER (WHERE moment = 'bounced'))[1] AS bounce,
    (array_agg(said ORDER BY at DESC) FILTER (WHERE moment = 'bounced'))[1] AS said
  FROM unnest(:ids::bigint[], :proofs::uuid[], :moments::text[], :ats::timestamptz[], :bounces::text[], :saids::text[],
      :channels::text[]) AS news (id, proof, moment, at, bounce, said, channel)
  GROUP BY id, proof, channel)
UPDATE messages m SET delivered_at = least(m.delivered_at, t.delivered_at), opened_at = least(m.opened_at, t.opened_at),
  clicked_at = least(m.clicked_at, t.clicked_at), bounced_at = least(m.bounced_at, t.bounced_at),
  complained_at = least(m.complained_at, t.complained_at),
  unsubscribed_at = least(m.unsubscribed_at, t.unsubscribed_at),
  bounce = coalesce(t.bounce, m.bounce), bounce_said = coalesce(t.said, m.bounce_said)
FROM told t WHERE m.id = t.id AND m.proof = t.proof AND m.channel = coalesce(t.channel, m.channel);

-- name: suppress
-- A message may be with another channel by now; what was tried before it says where that went.
-- all workspaces: a message is named by its proof, which nobody outside knows.
INSERT INTO suppressions (workspace_id, channel, address, reason, at)
SELECT DISTINCT ON (m.workspace_id, went.channel, lower(went.address))
  m.workspace_id, went.channel, lower(went.address), t.reason, t.at
FROM unnest(:ids::bigint[], :proofs::uuid[], :reasons::text[], :ats::timestamptz[], :channels::text[])
  AS t (id, proof, reason, at, channel)
JOIN messages m ON m.id = t.id AND m.proof = t.proof
CROSS JOIN LATERAL (
  SELECT m.channel, m.address
  UNION ALL
  SELECT before->>'channel', before->>'address' FROM jsonb_array_elements(m.tried) AS before) AS went
WHERE went.channel = coalesce(t.channel, m.channel) AND went.address IS NOT NULL
ORDER BY m.workspace_id, went.channel, lower(went.address), t.at
ON CONFLICT DO NOTHING;
