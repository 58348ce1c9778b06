-- name: workspaces
-- all workspaces: time passes in each of them
SELECT id, key, name, currency, zone, locale, settings FROM workspaces ORDER BY id;
