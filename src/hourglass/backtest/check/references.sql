-- name: pools
SELECT DISTINCT pool FROM promo_codes WHERE workspace_id = :workspace_id;

-- name: secrets
SELECT name FROM secrets WHERE workspace_id = :workspace_id;
