-- name: by_email
SELECT profile_id FROM identities WHERE workspace_id = :workspace_id AND kind = 'email' AND value = :email;

-- name: workspace
SELECT id, key, name, currency, zone, locale, settings FROM workspaces WHERE id = :workspace_id;

-- name: traits_seen
-- Of a few thousand people seen lately.
SELECT DISTINCT jsonb_object_keys(p.traits)
FROM (SELECT traits FROM profiles WHERE workspace_id = :workspace_id AND known AND merged_into IS NULL
  ORDER BY id DESC LIMIT 2000) p;
