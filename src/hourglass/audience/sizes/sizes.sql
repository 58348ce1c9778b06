-- name: alone
-- One process counts at a time.
SELECT pg_try_advisory_xact_lock(hashtext('segment_sizes'), :workspace_id::int);

-- name: forget
-- Segments whose definition was removed.
DELETE FROM segment_sizes s WHERE workspace_id = :workspace_id
  AND NOT EXISTS (SELECT FROM definitions d WHERE d.workspace_id = :workspace_id AND d.id = s.segment_id);

-- name: measure
-- All segments at once. What entered while it was not visible yet is made up for, so that nothing is negative.
WITH before AS (
  SELECT DISTINCT ON (segment_id) segment_id, members, measured_at FROM segment_sizes
  WHERE workspace_id = :workspace_id ORDER BY segment_id, day DESC),
counted AS (
  SELECT d.id, n.members, coalesce(b.members, 0) AS members_before, b.segment_id IS NULL AS first,
         CASE WHEN b.segment_id IS NULL THEN n.entered ELSE greatest(n.entered, n.members - b.members) END AS entered
  FROM definitions d LEFT JOIN before b ON b.segment_id = d.id
  CROSS JOIN LATERAL (
    SELECT count(*) AS members,
           count(*) FILTER (WHERE entered_at > coalesce(b.measured_at, :midnight::timestamptz)) AS entered
    FROM segment_members m WHERE m.workspace_id = :workspace_id AND m.segment_id = d.id) n
  WHERE d.workspace_id = :workspace_id AND d.kind = 'segment' AND d.state IN ('live', 'paused'))
INSERT INTO segment_sizes AS s (workspace_id, segment_id, day, members, entered, "left", measured_at)
SELECT :workspace_id, id, :day, members, entered,
       CASE WHEN first THEN 0 ELSE members_before + entered - members END, :now
FROM counted
ON CONFLICT (workspace_id, segment_id, day) DO UPDATE
SET members = EXCLUDED.members, entered = s.entered + EXCLUDED.entered, "left" = s."left" + EXCLUDED."left",
    measured_at = EXCLUDED.measured_at;

-- name: standing
SELECT d.key, coalesce(v.body->>'name', d.key) AS name,
       CASE WHEN v.body->'list' = 'true' THEN 'list' ELSE 'live' END AS kind, d.state, n.members,
       n.members - (SELECT s.members FROM segment_sizes s WHERE s.workspace_id = d.workspace_id
                    AND s.segment_id = d.id AND s.day <= :week ORDER BY s.day DESC LIMIT 1) AS week
FROM definitions d JOIN definition_versions v USING (workspace_id, kind, key, version)
CROSS JOIN LATERAL (SELECT count(*) AS members FROM segment_members m
  WHERE m.workspace_id = d.workspace_id AND m.segment_id = d.id) n
WHERE d.workspace_id = :workspace_id AND d.kind = 'segment' AND (:keys::text[] IS NULL OR d.key = ANY(:keys::text[]))
ORDER BY d.key;

-- name: days
-- A day without a count has the members of the last one before it.
SELECT d.day::date AS day, coalesce(s.members, b.members) AS members, coalesce(s.entered, 0) AS entered,
       coalesce(s."left", 0) AS "left"
FROM generate_series(:first::date, :last::date, '1 day') AS d (day)
LEFT JOIN segment_sizes s ON s.workspace_id = :workspace_id AND s.segment_id = :segment_id AND s.day = d.day::date
LEFT JOIN LATERAL (
  SELECT e.members FROM segment_sizes e
  WHERE e.workspace_id = :workspace_id AND e.segment_id = :segment_id AND e.day < d.day::date
  ORDER BY e.day DESC LIMIT 1) b ON s.members IS NULL
WHERE s.members IS NOT NULL OR b.members IS NOT NULL ORDER BY 1;

-- name: members
SELECT count(*) FROM segment_members WHERE workspace_id = :workspace_id AND segment_id = :segment_id;
