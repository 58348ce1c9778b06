-- name: members
-- Members by person, after one of them; only those who were there at a moment, where one is given.
SELECT m.profile_id, m.entered_at, p.known, p.email, p.phone, p.first_seen_at, p.last_seen_at,
       CASE WHEN :all_traits::bool THEN p.traits
            WHEN cardinality(:traits::text[]) > 0
            THEN (SELECT jsonb_object_agg(key, p.traits->key) FROM unnest(:traits::text[]) AS key WHERE p.traits ? key)
       END AS traits,
       i.identifiers
FROM segment_members m
JOIN profiles p ON p.workspace_id = :workspace_id AND p.id = m.profile_id
LEFT JOIN LATERAL (
  SELECT jsonb_agg(jsonb_build_array(kind, value)
    ORDER BY array_position(ARRAY['user_id', 'email', 'phone', 'anonymous_id'], kind), kind, id) AS identifiers
  FROM identities
  WHERE workspace_id = :workspace_id AND profile_id = m.profile_id) i ON :identifiers::bool
WHERE m.workspace_id = :workspace_id AND m.segment_id = :segment_id AND m.profile_id > :after
  AND (:moment::timestamptz IS NULL OR m.entered_at <= :moment::timestamptz)
ORDER BY m.profile_id LIMIT :most;
