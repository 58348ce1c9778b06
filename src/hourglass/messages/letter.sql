-- name: about
SELECT workspace_id, id, profile_id, channel, template, topic, proof FROM messages
WHERE workspace_id = :workspace_id AND id = :id;

-- name: letter
SELECT w.name AS shop, coalesce(p.traits ->> 'locale', p.traits ->> 'language', w.locale) AS locale, m.subject
FROM messages m JOIN workspaces w ON w.id = m.workspace_id
LEFT JOIN profiles p ON p.workspace_id = m.workspace_id AND p.id = m.profile_id
WHERE m.workspace_id = :workspace_id AND m.id = :id;

-- name: claimed
SELECT workspace_id, id, profile_id, channel, template, topic, class AS message_class, facts, created_at, attempts
FROM messages WHERE workspace_id = :workspace_id AND id = :id;
