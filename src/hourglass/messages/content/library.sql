-- name: shop
SELECT name, locale FROM workspaces WHERE id = :workspace_id;
