-- name: reviews
-- Evidence that would make one person of two, with the strongest identifier on each side.
WITH open AS (
  SELECT l.at, l.kind, a.profile_id AS left_id, b.profile_id AS right_id,
         CASE WHEN a.kind = 'user_id' THEN b.value ELSE a.value END AS value
  FROM identity_links l
  JOIN identities a ON a.workspace_id = l.workspace_id AND a.id = l.low
  JOIN identities b ON b.workspace_id = l.workspace_id AND b.id = l.high
  WHERE l.workspace_id = :workspace_id AND l.state = 'review' AND a.profile_id <> b.profile_id)
SELECT least(left_id, right_id) AS one, greatest(left_id, right_id) AS other, min(at) AS at,
       jsonb_agg(jsonb_build_object('kind', kind, 'value', value, 'at', at) ORDER BY at, value) AS evidence
FROM open GROUP BY 1, 2 ORDER BY min(at) DESC LIMIT :most;

-- name: sides
SELECT id, traits, email, phone, first_seen_at, last_seen_at FROM profiles
WHERE workspace_id = :workspace_id AND id = ANY(:ids::bigint[]);

-- name: anchors
-- The identifier that stands for each person: the strongest kind, then the oldest.
SELECT DISTINCT ON (profile_id) profile_id, id FROM identities
WHERE workspace_id = :workspace_id AND profile_id = ANY(:ids::bigint[])
ORDER BY profile_id, array_position(ARRAY['user_id', 'email', 'phone', 'anonymous_id'], kind), id;

