-- name: events
-- Of each event some of the latest days and the properties they have; looking ends with the first that are found.
SELECT DISTINCT n.name, k.key
FROM event_names n
CROSS JOIN LATERAL (
  SELECT e.properties FROM events e
  WHERE e.workspace_id = :workspace_id AND e.name_id = n.id AND e.at >= :since LIMIT 200) e
LEFT JOIN LATERAL (
  SELECT jsonb_object_keys(e.properties) AS key
  UNION ALL
  SELECT 'products.' || jsonb_object_keys(line)
  FROM jsonb_array_elements(CASE jsonb_typeof(e.properties->'products') WHEN 'array' THEN e.properties->'products' END) line
  WHERE jsonb_typeof(line) = 'object') k ON true
WHERE n.workspace_id = :workspace_id AND n.name = ANY(:names::text[]);

-- name: traits
SELECT asked.name FROM unnest(:names::text[]) AS asked (name)
WHERE EXISTS (SELECT FROM profiles p WHERE p.workspace_id = :workspace_id AND p.known AND p.traits ? asked.name);
