-- name: lists_by_key
SELECT d.key, d.id FROM definitions d JOIN definition_versions v USING (workspace_id, kind, key, version)
WHERE d.workspace_id = :workspace_id AND d.kind = 'segment' AND d.key = ANY(:keys::text[])
  AND d.state <> 'archived' AND v.body->'list' = 'true';

-- name: enlist
-- Each person comes onto the list by the identity that stands for them.
WITH asked AS (SELECT * FROM unnest(:lists::int[], :people::bigint[]) AS asked (list_id, profile_id)),
put AS (
  INSERT INTO list_identities (workspace_id, list_id, identity_id)
  SELECT :workspace_id, a.list_id, i.id FROM asked a CROSS JOIN LATERAL (
    SELECT id FROM identities WHERE workspace_id = :workspace_id AND profile_id = a.profile_id
    ORDER BY array_position(ARRAY['user_id', 'email', 'phone', 'anonymous_id'], kind), id LIMIT 1) i
  ORDER BY 2, 3 ON CONFLICT DO NOTHING),
come AS (
  INSERT INTO segment_members (workspace_id, segment_id, profile_id, entered_at)
  SELECT :workspace_id, list_id, profile_id, :now FROM asked a
  WHERE EXISTS (SELECT FROM identities i WHERE i.workspace_id = :workspace_id AND i.profile_id = a.profile_id)
  ORDER BY 3, 2 ON CONFLICT DO NOTHING RETURNING segment_id, profile_id)
INSERT INTO segment_moves (workspace_id, segment_id, profile_id, entered)
SELECT :workspace_id, segment_id, profile_id, true FROM come;

-- name: delist
-- Whichever identities a person stands on the list with.
WITH asked AS (SELECT * FROM unnest(:lists::int[], :people::bigint[]) AS asked (list_id, profile_id)),
gone AS (
  DELETE FROM list_identities l USING asked a JOIN identities i ON i.workspace_id = :workspace_id AND i.profile_id = a.profile_id
  WHERE l.workspace_id = :workspace_id AND l.list_id = a.list_id AND l.identity_id = i.id),
away AS (
  DELETE FROM segment_members m USING asked a
  WHERE m.workspace_id = :workspace_id AND m.segment_id = a.list_id AND m.profile_id = a.profile_id
  RETURNING m.segment_id, m.profile_id)
INSERT INTO segment_moves (workspace_id, segment_id, profile_id, entered)
SELECT :workspace_id, segment_id, profile_id, false FROM away;
