-- name: reaches
-- How many it goes to, counted no further than `most`; of a condition nobody knows yet, so everybody with an address.
SELECT count(*)::int FROM (
  SELECT 1 FROM segment_members m JOIN definitions d
    ON d.workspace_id = m.workspace_id AND d.id = m.segment_id AND d.kind = 'segment'
  WHERE m.workspace_id = :workspace_id AND d.key = :segment::text
  UNION ALL
  SELECT 1 FROM profiles p
  WHERE p.workspace_id = :workspace_id AND :segment::text IS NULL AND p.email IS NOT NULL AND p.merged_into IS NULL
  LIMIT :most) AS reached;
