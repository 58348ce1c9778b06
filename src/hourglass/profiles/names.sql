-- name: of
SELECT id, traits, email, phone FROM profiles WHERE workspace_id = :workspace_id AND id = ANY(:ids::bigint[]);

-- name: in_events
-- One identifier of each person; a user_id goes before an anonymous_id.
SELECT DISTINCT ON (profile_id) profile_id, kind, value FROM identities
WHERE workspace_id = :workspace_id AND profile_id = ANY(:ids::bigint[]) AND kind = ANY(:kinds::text[])
ORDER BY profile_id, kind DESC, id;
