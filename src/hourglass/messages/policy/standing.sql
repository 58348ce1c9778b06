-- name: policy
-- The document, and what live journeys say that may compete: only what tells it, in an order that stays.
WITH live AS MATERIALIZED (
  SELECT d.kind, d.key, v.body FROM definitions d
  JOIN definition_versions v ON (v.workspace_id, v.kind, v.key, v.version) = (d.workspace_id, d.kind, d.key, d.version)
  WHERE d.workspace_id = :workspace_id AND d.kind IN ('policy', 'journey') AND d.state = 'live')
SELECT (SELECT body::text FROM live WHERE kind = 'policy' AND key = :key),
  (SELECT coalesce(jsonb_object_agg(key, jsonb_build_object('entry', body->'entry', 'slot', body->'slot',
      'priority', body->'priority', 'goal', body->'goal', 'exit_when', body->'exit_when',
      'steps', jsonb_build_array(body->'steps'->0))), '{}')::text
   FROM live WHERE kind = 'journey' AND (body ? 'slot' OR body->'entry'->>'event' = ANY(:stages::text[])));

-- name: journeys
SELECT key FROM definitions WHERE workspace_id = :workspace_id AND kind IN ('journey', 'campaign') AND state <> 'archived';
