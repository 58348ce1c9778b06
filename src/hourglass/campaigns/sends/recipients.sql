-- name: zones
-- Where recipients live, as they say; an empty name: nobody knows.
SELECT DISTINCT coalesce(p.traits ->> 'timezone', p.traits ->> 'zone', '') FROM (
  SELECT profile_id FROM segment_members WHERE workspace_id = :workspace_id AND segment_id = :segment_id
  UNION ALL SELECT unnest(:people::bigint[])) AS r
JOIN profiles p ON p.workspace_id = :workspace_id AND p.id = r.profile_id;

-- name: fix
-- Who is a member at this moment, or was found, gets it: in parts of some thousand people that leave together and get the
-- same. What a person gets follows from the person and the send alone: a lot between 0 and 1, cut into shares. Who got it
-- before it was cancelled does not get it again. Parts of variants take turns: what is compared leaves at the same time.
WITH ways AS (
  SELECT z.*, s.variant, s.rest, s.size
  FROM unnest(:zones::text[], :homes::text[], :places::int[], :moments::timestamptz[]) AS z (name, home, place, due_at)
  JOIN unnest(:variants::text[], :rest::boolean[], :sizes::int[]) WITH ORDINALITY AS s (variant, rest, size, number)
    ON s.number = z.place + 1),
everybody AS (
  SELECT p.id, w.home, w.place, w.variant, w.rest, w.size, w.due_at FROM (
    SELECT profile_id FROM segment_members WHERE workspace_id = :workspace_id AND segment_id = :segment_id
    UNION ALL SELECT unnest(:people::bigint[])) AS r
  JOIN profiles p ON p.workspace_id = :workspace_id AND p.id = r.profile_id
  JOIN ways w
    ON w.name = CASE WHEN :local THEN coalesce(p.traits ->> 'timezone', p.traits ->> 'zone', '') ELSE '' END
    AND w.place = width_bucket(
      ((hashint8extended(p.id, :send_id::bigint) & 9007199254740991) + 0.5) / 9007199254740992, :bounds::float8[])
  WHERE NOT EXISTS (SELECT FROM messages m
    WHERE m.workspace_id = :workspace_id AND m.send_id = ANY(:before::bigint[]) AND m.profile_id = p.id
      AND m.state IN ('sent', 'unknown'))),
numbered AS (
  SELECT *, (row_number() OVER (PARTITION BY home, place, due_at ORDER BY id) - 1) / size AS chunk FROM everybody),
parts AS (
  SELECT home, place, variant, rest, due_at, array_agg(id ORDER BY id) AS people,
    (chunk + 0.5) / count(*) OVER (PARTITION BY home, place, due_at) AS turn
  FROM numbered GROUP BY home, place, variant, rest, due_at, chunk)
INSERT INTO campaign_parts (workspace_id, send_id, part, due_at, people, variant, rest, zone)
SELECT :workspace_id, :send_id, row_number() OVER (ORDER BY due_at, turn, place, home), due_at, people, variant, rest, home
FROM parts;

-- name: before
-- Earlier goings out of a campaign that does not repeat; each of them was cancelled.
SELECT id FROM campaign_sends
WHERE workspace_id = :workspace_id AND campaign_id = :campaign_id AND id < :id AND occasion IS NULL
  AND :occasion::timestamptz IS NULL;

-- name: fixed
UPDATE campaign_sends SET state = 'sending', started_at = :now, problem = NULL, problem_words = NULL,
  recipients = (SELECT coalesce(sum(cardinality(people)), 0) FROM campaign_parts
    WHERE workspace_id = :workspace_id AND send_id = :id)
WHERE workspace_id = :workspace_id AND id = :id;

-- name: segment_built
SELECT version FROM segment_builds WHERE workspace_id = :workspace_id AND segment_id = :segment_id;
