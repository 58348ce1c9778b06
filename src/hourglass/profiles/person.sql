-- name: person
-- Whoever was absorbed is answered with the person they are now.
WITH RECURSIVE way (id, merged_into) AS (
  SELECT id, merged_into FROM profiles WHERE workspace_id = :workspace_id AND id = :id
  UNION
  SELECT p.id, p.merged_into FROM way JOIN profiles p ON p.workspace_id = :workspace_id AND p.id = way.merged_into)
SELECT p.id, p.known, p.email, p.phone, p.traits, p.first_seen_at, p.last_seen_at, p.events
FROM way JOIN profiles p ON p.workspace_id = :workspace_id AND p.id = way.id WHERE p.merged_into IS NULL;

-- name: family
-- A person and all who were absorbed: messages and runs stay with the profile they began with.
WITH RECURSIVE family (id) AS (
  SELECT :id::bigint
  UNION
  SELECT p.id FROM family JOIN profiles p ON p.workspace_id = :workspace_id AND p.merged_into = family.id)
SELECT id FROM family ORDER BY id;

-- name: identities
SELECT id, kind, value, first_seen_at FROM identities WHERE workspace_id = :workspace_id AND profile_id = :id
ORDER BY array_position(ARRAY['user_id', 'email', 'phone', 'anonymous_id'], kind), id;

-- name: segments
SELECT d.key, coalesce(v.body->>'name', d.key) AS name FROM segment_members m
JOIN definitions d ON d.workspace_id = m.workspace_id AND d.id = m.segment_id
JOIN definition_versions v ON (v.workspace_id, v.kind, v.key, v.version) = (d.workspace_id, d.kind, d.key, d.version)
WHERE m.workspace_id = :workspace_id AND m.profile_id = :id ORDER BY 2;

-- name: orders
SELECT id, state, ordered_at AS at, revenue AS value, currency, lines FROM orders
WHERE workspace_id = :workspace_id AND profile_id = :id ORDER BY ordered_at DESC LIMIT :most;

-- name: carts
SELECT id, state, updated_at AS at, value, currency, lines FROM carts
WHERE workspace_id = :workspace_id AND profile_id = :id ORDER BY updated_at DESC LIMIT :most;
