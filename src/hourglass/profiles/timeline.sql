-- name: events
SELECT e.at, e.seq AS id, n.name AS title, e.properties AS told FROM events e
JOIN event_names n ON n.workspace_id = e.workspace_id AND n.id = e.name_id
WHERE e.workspace_id = :workspace_id AND e.identity_id = ANY(:identities::bigint[]) AND (e.at, e.seq) < (:at, :below::bigint)
ORDER BY e.at DESC, e.seq DESC LIMIT :most;

-- name: messages
SELECT coalesce(m.sent_at, m.created_at) AS at, m.id, coalesce(m.subject, m.template) AS title, m.state, m.reason,
  jsonb_build_object('message_id', m.id, 'channel', m.channel, 'template', m.template, 'topic', m.topic, 'class', m.class,
    'address', m.address, 'detail', m.detail, 'run_id', m.run_id, 'delivered_at', m.delivered_at, 'opened_at', m.opened_at,
    'clicked_at', m.clicked_at, 'bounced_at', m.bounced_at, 'tried', m.tried) AS told
FROM messages m
WHERE m.workspace_id = :workspace_id AND m.profile_id = ANY(:profiles::bigint[])
  AND (coalesce(m.sent_at, m.created_at), m.id) < (:at, :below::bigint)
ORDER BY 1 DESC, 2 DESC LIMIT :most;

-- name: runs
SELECT r.entered_at AS at, r.id, coalesce(v.body->>'name', d.key, '') AS title, r.state, r.end_reason AS reason,
  jsonb_build_object('run_id', r.id, 'journey', d.key, 'version', r.version, 'step', r.step, 'correlation', r.correlation,
    'wake_at', r.wake_at, 'ended_at', r.ended_at) AS told
FROM journey_runs r
LEFT JOIN definitions d ON d.workspace_id = r.workspace_id AND d.id = r.journey_id
LEFT JOIN definition_versions v ON (v.workspace_id, v.kind, v.key, v.version) = (d.workspace_id, d.kind, d.key, d.version)
WHERE r.workspace_id = :workspace_id AND r.profile_id = ANY(:profiles::bigint[]) AND (r.entered_at, r.id) < (:at, :below::bigint)
ORDER BY 1 DESC, 2 DESC LIMIT :most;

-- name: consents
SELECT c.at, c.id, c.topic AS title, jsonb_build_object('channel', c.channel, 'topic', c.topic, 'granted', c.granted,
  'purpose', c.purpose, 'source', c.source, 'text', c.told, 'form', c.form,
  'ip', c.ip, 'user_agent', c.user_agent, 'proof', c.proof) AS told
FROM consents c
WHERE c.workspace_id = :workspace_id AND c.profile_id = ANY(:profiles::bigint[]) AND (c.at, c.id) < (:at, :below::bigint)
ORDER BY 1 DESC, 2 DESC LIMIT :most;
