-- name: name_of
-- The strongest identifier that an event can carry.
SELECT kind, value FROM identities
WHERE workspace_id = :workspace_id AND profile_id = :id AND kind IN ('user_id', 'anonymous_id')
ORDER BY kind DESC, id LIMIT 1;
