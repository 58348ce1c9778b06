-- name: people
SELECT id, email, phone, traits FROM profiles WHERE workspace_id = :workspace_id AND id = ANY(:ids::bigint[]);

-- name: names_of
-- One identifier of each person, the strongest that an event can carry.
SELECT DISTINCT ON (profile_id) profile_id, kind, value FROM identities
WHERE workspace_id = :workspace_id AND profile_id = ANY(:ids::bigint[]) AND kind IN ('user_id', 'anonymous_id')
ORDER BY profile_id, kind DESC, id;
