-- name: people
SELECT id, email, phone, traits FROM profiles WHERE workspace_id = :workspace_id AND id = ANY(:ids::bigint[]);
