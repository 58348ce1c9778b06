-- name: since
-- From where on occasions are looked for: not before the journey stood as it stands now, nor what was seen to already.
SELECT d.id, greatest(d.updated_at, s.swept_to), s.welcomed FROM definitions d
LEFT JOIN journey_sweeps s ON s.workspace_id = d.workspace_id AND s.journey_id = d.id
WHERE d.workspace_id = :workspace_id AND d.id = ANY(:journeys::int[]);

-- name: claim
-- An occasion belongs to whoever moves the mark past it; a second engine waits here, and finds it moved.
INSERT INTO journey_sweeps AS s (workspace_id, journey_id, swept_to) VALUES (:workspace_id, :journey_id, :upto)
ON CONFLICT (workspace_id, journey_id) DO UPDATE SET swept_to = EXCLUDED.swept_to WHERE s.swept_to < EXCLUDED.swept_to
RETURNING true;

-- name: claim_welcome
INSERT INTO journey_sweeps AS s (workspace_id, journey_id, swept_to, welcomed)
VALUES (:workspace_id, :journey_id, :now, :segment_id)
ON CONFLICT (workspace_id, journey_id) DO UPDATE SET welcomed = EXCLUDED.welcomed
WHERE s.welcomed IS DISTINCT FROM EXCLUDED.welcomed
RETURNING true;

-- name: segment
-- A segment is ready when its members answer its newest version; a list always is.
SELECT d.id FROM definitions d
JOIN definition_versions v ON (v.workspace_id, v.kind, v.key, v.version) = (d.workspace_id, d.kind, d.key, d.version)
LEFT JOIN segment_builds b ON b.workspace_id = d.workspace_id AND b.segment_id = d.id
WHERE d.workspace_id = :workspace_id AND d.kind = 'segment' AND d.key = :key AND d.state = 'live'
  AND (v.body->'list' = 'true' OR b.version = d.version);

-- name: everybody
INSERT INTO journey_entrants (workspace_id, journey_id, profile_id, correlation, not_before, at, seq, source, facts)
SELECT :workspace_id, :journey_id, m.profile_id, :correlation,
  :first + (row_number() OVER (ORDER BY m.profile_id) - 1) * :pace::interval, :at, :seq, :source, :facts
FROM segment_members m WHERE m.workspace_id = :workspace_id AND m.segment_id = :segment_id;

-- name: dates
-- Whose date it is, where they live; looked for roughly first, since most people have another. Who had the same occasion
-- a short time ago (they moved, or corrected it) had it.
WITH days AS (
  SELECT * FROM unnest(:zones::text[], :days::text[], :moments::timestamptz[]) AS d (zone, day, moment)),
people AS (
  SELECT p.id, CASE WHEN p.zone = ANY(:known::text[]) THEN p.zone ELSE '' END AS zone, p.day FROM (
    SELECT id, coalesce(traits->>'timezone', traits->>'zone', '') AS zone,
      CASE WHEN :yearly THEN substring(traits->>:trait FROM '^(?:\d{4}-|--)?(\d\d-\d\d)(?:\D|$)')
           ELSE substring(traits->>:trait FROM '^\d{4}-\d\d-\d\d') END AS day
    FROM profiles WHERE workspace_id = :workspace_id AND merged_into IS NULL AND CASE WHEN :yearly
      THEN substr(traits->>:trait, 6, 5) = ANY(:days::text[]) OR substr(traits->>:trait, 3, 5) = ANY(:days::text[])
      ELSE left(traits->>:trait, 10) = ANY(:days::text[]) END) AS p)
INSERT INTO journey_entrants (workspace_id, journey_id, profile_id, correlation, not_before, at, seq, source, facts)
SELECT :workspace_id, :journey_id, people.id, CASE WHEN :parallel THEN to_char(days.moment, 'YYYY-MM-DD') ELSE '' END,
  greatest(days.moment, :first) + (row_number() OVER (ORDER BY days.moment, people.id) - 1) * :pace::interval,
  days.moment, :seq, 'date', :facts
FROM people JOIN days USING (zone, day)
WHERE NOT EXISTS (
    SELECT FROM journey_runs r WHERE r.workspace_id = :workspace_id AND r.profile_id = people.id
      AND r.journey_id = :journey_id AND r.entered_at > days.moment - :apart::interval)
  AND NOT EXISTS (
    SELECT FROM journey_entrants e WHERE e.workspace_id = :workspace_id AND e.profile_id = people.id
      AND e.journey_id = :journey_id AND e.at > days.moment - :apart::interval);

-- name: archive
-- Those inside leave, and nobody waits at the door any more; nor at one of a journey that is gone.
WITH away AS (SELECT id FROM definitions WHERE workspace_id = :workspace_id AND kind = 'journey' AND state = 'archived'),
at_door AS (
  DELETE FROM journey_entrants e WHERE workspace_id = :workspace_id AND (journey_id IN (SELECT id FROM away)
    OR NOT EXISTS (SELECT FROM definitions d WHERE d.workspace_id = :workspace_id AND d.id = e.journey_id))),
gone AS (
  UPDATE journey_runs SET state = 'exited', ended_at = :now, end_reason = 'journey_archived', wake_at = NULL
  WHERE workspace_id = :workspace_id AND state = 'waiting' AND journey_id IN (SELECT id FROM away)
  RETURNING id, step),
noted AS (
  INSERT INTO run_steps (workspace_id, run_id, step, at, outcome, detail)
  SELECT :workspace_id, id, step, :now, 'exited', '{"reason": "journey_archived"}' FROM gone)
SELECT id FROM gone;
