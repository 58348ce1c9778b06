-- name: events_seen
SELECT name, id FROM event_names WHERE workspace_id = :workspace_id;

-- name: properties_seen
-- What the newest pages of the hot history hold of these events: a look of some milliseconds, however long it is.
SELECT n.name, k.key
FROM events e
JOIN event_names n ON n.workspace_id = e.workspace_id AND n.id = e.name_id
CROSS JOIN LATERAL (
  SELECT jsonb_object_keys(e.properties) AS key
  UNION ALL
  SELECT 'products.' || jsonb_object_keys(line)
  FROM jsonb_array_elements(CASE jsonb_typeof(e.properties->'products') WHEN 'array' THEN e.properties->'products' END) line
  WHERE jsonb_typeof(line) = 'object') k
WHERE e.workspace_id = :workspace_id AND n.name = ANY(:names::text[])
  AND e.ctid >= (SELECT format('(%s,0)', greatest(0, pg_relation_size('events') / 8192 - :pages))::tid)
GROUP BY 1, 2;

-- name: traits_seen
SELECT DISTINCT jsonb_object_keys(p.traits)
FROM profiles p
WHERE p.workspace_id = :workspace_id
  AND p.ctid >= (SELECT format('(%s,0)', greatest(0, pg_relation_size('profiles') / 8192 - :pages))::tid);
