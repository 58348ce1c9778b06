-- name: people
-- Everybody there is, whether a contact, and whether at least one channel may be used.
SELECT p.id, p.known, coalesce(s.subscribed, false)
FROM profiles p LEFT JOIN (
  SELECT profile_id, bool_or(granted) AS subscribed
  FROM (SELECT DISTINCT ON (profile_id, channel, topic) profile_id, granted FROM consents
        WHERE workspace_id = :workspace_id AND purpose = 'marketing'
        ORDER BY profile_id, channel, topic, at DESC, id DESC) latest
  GROUP BY profile_id) s ON s.profile_id = p.id
WHERE p.workspace_id = :workspace_id AND p.merged_into IS NULL ORDER BY p.id;

-- name: make_room
CREATE TEMP TABLE incoming_traits (profile_id bigint, traits jsonb) ON COMMIT DROP;

-- name: find_changed
CREATE TEMP TABLE changed_traits ON COMMIT DROP AS
SELECT i.profile_id, i.traits AS after, coalesce(c.traits, '{}') AS before
FROM incoming_traits i
LEFT JOIN computed_traits c ON c.workspace_id = :workspace_id AND c.profile_id = i.profile_id
WHERE c.traits IS DISTINCT FROM i.traits;

-- name: changed_families
SELECT family, count(*) FROM (
  SELECT DISTINCT c.profile_id, t.family FROM changed_traits c
  JOIN unnest(:families::text[], :names::text[]) AS t (family, name) ON c.before->t.name IS DISTINCT FROM c.after->t.name
) AS differing
GROUP BY family;

-- name: plan_rechecks
INSERT INTO rechecks (workspace_id, profile_id, due_at)
SELECT :workspace_id, c.profile_id, :now FROM changed_traits c
WHERE EXISTS (SELECT FROM unnest(:used::text[]) AS name WHERE c.before->name IS DISTINCT FROM c.after->name)
ORDER BY 2
ON CONFLICT (workspace_id, profile_id) DO UPDATE SET due_at = LEAST(rechecks.due_at, EXCLUDED.due_at);

-- name: put
INSERT INTO computed_traits (workspace_id, profile_id, traits, computed_at)
SELECT :workspace_id, profile_id, after, :now FROM changed_traits ORDER BY profile_id
ON CONFLICT (workspace_id, profile_id) DO UPDATE SET traits = EXCLUDED.traits, computed_at = EXCLUDED.computed_at;

-- name: remove_gone
-- Also whoever was erased while their row was being written.
DELETE FROM computed_traits c WHERE c.workspace_id = :workspace_id AND NOT EXISTS (
  SELECT FROM profiles p WHERE p.workspace_id = :workspace_id AND p.id = c.profile_id AND p.merged_into IS NULL);

-- name: claim
-- One run at a time; one that says nothing for so long has died.
INSERT INTO computed_runs (workspace_id, started_at) VALUES (:workspace_id, :now)
ON CONFLICT (workspace_id) DO UPDATE SET started_at = EXCLUDED.started_at, problem = NULL
WHERE computed_runs.finished_at >= computed_runs.started_at OR computed_runs.problem IS NOT NULL
   OR computed_runs.started_at < :given_up OR computed_runs.started_at > :now;

-- name: finish
UPDATE computed_runs SET finished_at = :now, night = coalesce(:night::date, night), report = :report, clusters = :clusters,
  problem = NULL
WHERE workspace_id = :workspace_id;

-- name: give_up
UPDATE computed_runs SET problem = :problem WHERE workspace_id = :workspace_id;

-- name: last_run
SELECT started_at, finished_at, night, report, problem, clusters FROM computed_runs WHERE workspace_id = :workspace_id;

-- name: read_computed
SELECT profile_id, {columns} FROM computed_traits
WHERE workspace_id = :workspace_id AND profile_id = ANY(:ids::bigint[]);

-- name: read_all_computed
SELECT profile_id, {columns} FROM computed_traits WHERE workspace_id = :workspace_id;
