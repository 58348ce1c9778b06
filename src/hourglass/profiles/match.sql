-- name: anchored
-- Whoever was absorbed is answered with the person they are now, by the identifier that stands for them.
WITH RECURSIVE way (asked, id, merged_into) AS (
  SELECT id, id, merged_into FROM profiles WHERE workspace_id = :workspace_id AND id = ANY(:ids::bigint[])
  UNION
  SELECT way.asked, p.id, p.merged_into FROM way
  JOIN profiles p ON p.workspace_id = :workspace_id AND p.id = way.merged_into)
SELECT DISTINCT ON (way.asked) way.asked, i.id, i.profile_id
FROM way JOIN identities i ON i.workspace_id = :workspace_id AND i.profile_id = way.id
WHERE way.merged_into IS NULL
ORDER BY way.asked, array_position(ARRAY['user_id', 'email', 'phone', 'anonymous_id'], i.kind), i.id;
