-- name: of
SELECT id, traits, email, phone FROM profiles WHERE workspace_id = :workspace_id AND id = ANY(:ids::bigint[]);
