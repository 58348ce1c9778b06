-- name: by_email
SELECT profile_id FROM identities WHERE workspace_id = :workspace_id AND kind = 'email' AND value = :email;

-- name: workspace
SELECT id, key, name, currency, zone, locale, settings FROM workspaces WHERE id = :workspace_id;
