-- name: standing
SELECT segment_id, version, state FROM segment_builds WHERE workspace_id = :workspace_id;

-- name: anything_asked
SELECT EXISTS (SELECT FROM segment_asked WHERE workspace_id = :workspace_id);

-- name: note_asked
INSERT INTO segment_asked (workspace_id, people) VALUES (:workspace_id, :people);

-- name: ask_again
-- Whoever was asked while something was built is looked at once more. Parallel ticks may get there together: each row
-- goes with one of them.
WITH gone AS (
  DELETE FROM segment_asked WHERE workspace_id = :workspace_id AND id IN (
    SELECT id FROM segment_asked WHERE workspace_id = :workspace_id FOR UPDATE SKIP LOCKED) RETURNING people),
people AS (SELECT DISTINCT unnest(people) AS id FROM gone)
INSERT INTO rechecks (workspace_id, profile_id, due_at)
SELECT :workspace_id, p.id, :now FROM people JOIN profiles p USING (id)
WHERE p.workspace_id = :workspace_id AND p.merged_into IS NULL ORDER BY 2
ON CONFLICT (workspace_id, profile_id) DO UPDATE SET due_at = LEAST(rechecks.due_at, EXCLUDED.due_at);

-- name: forget
-- Members and builds of segments that are no longer in force.
WITH gone AS (
  DELETE FROM segment_builds WHERE workspace_id = :workspace_id AND NOT segment_id = ANY(:ids::int[]) RETURNING segment_id)
DELETE FROM segment_members WHERE workspace_id = :workspace_id AND segment_id IN (SELECT segment_id FROM gone);

-- name: work
-- Segments in force whose members answer no version or another one; what failed waits until it is tried again.
SELECT d.id FROM definitions d
JOIN definition_versions v ON (v.workspace_id, v.kind, v.key, v.version) = (d.workspace_id, d.kind, d.key, d.version)
LEFT JOIN segment_builds b ON b.workspace_id = d.workspace_id AND b.segment_id = d.id
WHERE d.workspace_id = :workspace_id AND d.kind = 'segment' AND d.state = 'live' AND v.body->'list' IS DISTINCT FROM 'true'
  AND (b.segment_id IS NULL OR b.state = 'building' OR b.version <> d.version)
  AND NOT (b.segment_id IS NOT NULL AND b.state = 'failed' AND b.wanted = d.version AND b.started_at > :again);

-- name: try_alone
-- One build of a workspace at a time; held by the session: whoever dies leaves it to the others.
SELECT pg_try_advisory_lock(7264, :workspace_id::int);

-- name: begin
INSERT INTO segment_builds (workspace_id, segment_id, version, members, state, wanted, started_at)
SELECT :workspace_id, id, 0, 0, 'building', version, :now FROM unnest(:ids::int[], :versions::int[]) AS new (id, version)
ORDER BY id
ON CONFLICT (workspace_id, segment_id) DO UPDATE
SET state = 'building', wanted = EXCLUDED.wanted, started_at = EXCLUDED.started_at, done = 0, total = 0, problem = NULL;

-- name: again
-- Those of these keys that were built, or were to be, are built once more.
UPDATE segment_builds b SET version = 0, state = 'building' FROM definitions d
WHERE b.workspace_id = :workspace_id AND d.workspace_id = b.workspace_id AND d.id = b.segment_id
  AND d.kind = 'segment' AND d.key = ANY(:keys);

-- name: moment
-- all workspaces: a number of the server, above those of all transactions that have written by now.
SELECT pg_current_xact_id()::text;

-- name: passed
-- all workspaces: whether all transactions up to that one are over.
SELECT pg_snapshot_xmin(pg_current_snapshot()) > :moment::text::xid8;

-- name: progress
-- How many of them are still wanted as they are being built.
WITH told AS (
  UPDATE segment_builds b SET done = :done, total = :total FROM definitions d
  WHERE b.workspace_id = :workspace_id AND b.segment_id = ANY(:ids::int[]) AND b.state = 'building'
    AND d.workspace_id = b.workspace_id AND d.id = b.segment_id AND d.version = b.wanted AND d.state = 'live'
  RETURNING 1)
SELECT count(*) FROM told;

-- name: fail
UPDATE segment_builds SET state = 'failed', problem = :problem
WHERE workspace_id = :workspace_id AND state = 'building';

-- name: everybody
SELECT id FROM profiles WHERE workspace_id = :workspace_id AND merged_into IS NULL ORDER BY id;

-- name: ranked
SELECT id, known, last_seen_at FROM profiles WHERE workspace_id = :workspace_id AND merged_into IS NULL ORDER BY id;

-- name: hold
-- Those that may be published: still wanted, and as they were built.
SELECT b.segment_id FROM segment_builds b JOIN definitions d ON d.workspace_id = b.workspace_id AND d.id = b.segment_id
WHERE b.workspace_id = :workspace_id AND b.segment_id = ANY(:ids::int[]) AND b.state = 'building'
  AND d.version = b.wanted AND d.state = 'live' ORDER BY 1 FOR UPDATE OF b;

-- name: asked
-- Whom ticks asked since the build began, as far as they are somebody.
SELECT p.id FROM (SELECT DISTINCT unnest(people) AS id FROM segment_asked WHERE workspace_id = :workspace_id) a
JOIN profiles p USING (id) WHERE p.workspace_id = :workspace_id AND p.merged_into IS NULL ORDER BY 1;

-- name: members
SELECT profile_id, segment_id FROM segment_members WHERE workspace_id = :workspace_id AND segment_id = ANY(:ids::int[]);

-- name: leave
DELETE FROM segment_members WHERE workspace_id = :workspace_id AND segment_id = :segment
  AND profile_id = ANY(:people::bigint[]);

-- name: publish
UPDATE segment_builds b SET version = wanted, wanted = NULL, state = 'built', built_at = :now, done = total,
  members = (SELECT count(*) FROM segment_members m WHERE m.workspace_id = b.workspace_id AND m.segment_id = b.segment_id),
  entered = new.entered, "left" = new."left"
FROM unnest(:ids::int[], :entered::bigint[], :left::bigint[]) AS new (id, entered, "left")
WHERE b.workspace_id = :workspace_id AND b.segment_id = new.id;

-- name: drop_strangers
-- Whoever was merged or erased while the build went on is nobody's member.
DELETE FROM segment_members m WHERE m.workspace_id = :workspace_id AND m.segment_id = ANY(:ids::int[])
  AND NOT EXISTS (SELECT FROM profiles p WHERE p.workspace_id = :workspace_id AND p.id = m.profile_id
                  AND p.merged_into IS NULL);
