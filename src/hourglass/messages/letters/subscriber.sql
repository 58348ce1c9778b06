-- name: of_message
WITH RECURSIVE way (id) AS (
  SELECT profile_id FROM messages WHERE workspace_id = :workspace_id AND id = :id
  UNION
  SELECT p.merged_into FROM way w JOIN profiles p ON p.workspace_id = :workspace_id AND p.id = w.id
  WHERE p.merged_into IS NOT NULL)
SELECT w.id AS workspace_id, p.id AS person, w.name AS shop, p.email, p.phone, m.channel,
  coalesce(p.traits ->> 'locale', p.traits ->> 'language', w.locale) AS locale, w.locale AS shop_locale
FROM messages m JOIN workspaces w ON w.id = m.workspace_id
JOIN profiles p ON p.workspace_id = m.workspace_id AND p.merged_into IS NULL AND p.id IN (SELECT id FROM way)
WHERE m.workspace_id = :workspace_id AND m.id = :id;

-- name: of_person
WITH RECURSIVE way (id) AS (
  SELECT :id::bigint
  UNION
  SELECT p.merged_into FROM way w JOIN profiles p ON p.workspace_id = :workspace_id AND p.id = w.id
  WHERE p.merged_into IS NOT NULL)
SELECT w.id AS workspace_id, p.id AS person, w.name AS shop, p.email, p.phone, NULL AS channel,
  coalesce(p.traits ->> 'locale', p.traits ->> 'language', w.locale) AS locale, w.locale AS shop_locale
FROM workspaces w
JOIN profiles p ON p.workspace_id = w.id AND p.merged_into IS NULL AND p.id IN (SELECT id FROM way)
WHERE w.id = :workspace_id;
