-- name: fields
-- People by exactly which of the segments they are in; a key that is no segment comes first, alone.
WITH asked AS (
  SELECT a.key, a.place - 1 AS bit, d.id FROM unnest(:keys::text[]) WITH ORDINALITY AS a (key, place)
  LEFT JOIN definitions d ON d.workspace_id = :workspace_id AND d.kind = 'segment' AND d.key = a.key),
people AS (
  SELECT bit_or(1 << asked.bit::int) AS fields FROM segment_members m JOIN asked ON asked.id = m.segment_id
  WHERE m.workspace_id = :workspace_id GROUP BY m.profile_id)
SELECT key AS missing, NULL::text[] AS found, 0::bigint AS members FROM asked WHERE id IS NULL
UNION ALL
SELECT NULL, (SELECT array_agg(key) FROM asked WHERE p.fields & (1 << bit::int) <> 0), p.members
FROM (SELECT fields, count(*) AS members FROM people GROUP BY fields) p
ORDER BY 1 NULLS LAST;
