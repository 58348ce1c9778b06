-- name: counts
SELECT state, reason, count(*)::int AS messages, count(opened_at)::int AS opened, count(clicked_at)::int AS clicked,
  count(bounced_at)::int AS bounced
FROM messages WHERE workspace_id = :workspace_id AND (:since::timestamptz IS NULL OR created_at >= :since)
GROUP BY state, reason;

-- name: recent
SELECT m.id, coalesce(m.sent_at, m.created_at) AS at, m.profile_id, m.channel, m.template, m.subject, m.state, m.reason,
  m.detail, m.opened_at, m.clicked_at, m.bounced_at,
  coalesce(p.traits ->> 'name', nullif(concat_ws(' ', p.traits ->> 'firstName', p.traits ->> 'lastName'), ''), p.email, '')
    AS name
FROM messages m LEFT JOIN profiles p ON p.workspace_id = m.workspace_id AND p.id = m.profile_id
WHERE m.workspace_id = :workspace_id ORDER BY m.created_at DESC, m.id DESC LIMIT :limit;

-- name: of_profile
SELECT m.id, coalesce(m.sent_at, m.created_at) AS at, m.profile_id, m.channel, m.template, m.subject, m.state, m.reason,
  m.detail, m.opened_at, m.clicked_at, m.bounced_at, '' AS name
FROM messages m
WHERE m.workspace_id = :workspace_id AND m.profile_id = :profile_id
  AND (:before::timestamptz IS NULL OR m.created_at < :before)
ORDER BY m.created_at DESC, m.id DESC LIMIT :limit;

-- name: per_minute
SELECT date_trunc('minute', sent_at), count(*)::int FROM messages
WHERE workspace_id = :workspace_id AND created_at >= :since::timestamptz - interval '1 day'
  AND sent_at >= :since AND sent_at <= :now GROUP BY 1;
