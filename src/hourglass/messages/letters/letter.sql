-- name: about
SELECT m.workspace_id, m.id, m.profile_id, m.channel, m.template, m.topic, m.proof,
  (SELECT d.key FROM definitions d WHERE d.workspace_id = m.workspace_id AND d.id = m.journey_id AND d.kind = 'journey')
    AS journey,
  (SELECT d.key FROM definitions d WHERE d.workspace_id = m.workspace_id AND d.id = m.journey_id AND d.kind = 'campaign')
    AS campaign
FROM messages m WHERE m.workspace_id = :workspace_id AND m.id = :id;

-- name: letter
-- The person is whoever the addressee is now.
WITH RECURSIVE way (id) AS (
  SELECT profile_id FROM messages WHERE workspace_id = :workspace_id AND id = :id
  UNION
  SELECT p.merged_into FROM way w JOIN profiles p ON p.workspace_id = :workspace_id AND p.id = w.id
  WHERE p.merged_into IS NOT NULL)
SELECT w.name AS shop, coalesce(p.traits ->> 'locale', p.traits ->> 'language', w.locale) AS locale, w.locale AS shop_locale,
  m.address, p.id AS person, v.body AS topic
FROM messages m JOIN workspaces w ON w.id = m.workspace_id
LEFT JOIN profiles p ON p.workspace_id = m.workspace_id AND p.merged_into IS NULL AND p.id IN (SELECT id FROM way)
LEFT JOIN definitions d ON d.workspace_id = m.workspace_id AND d.kind = 'topic' AND d.key = m.topic
LEFT JOIN definition_versions v
  ON (v.workspace_id, v.kind, v.key, v.version) = (d.workspace_id, d.kind, d.key, d.version)
WHERE m.workspace_id = :workspace_id AND m.id = :id;

-- name: claimed
SELECT workspace_id, id, profile_id, channel, template, topic, class AS message_class, facts, created_at, attempts
FROM messages WHERE workspace_id = :workspace_id AND id = :id;
