-- name: decisions
-- What the steps of these runs decided, apart from waits, which the chain of messages tells.
SELECT run_id, step, at, outcome, detail FROM run_steps
WHERE workspace_id = :workspace_id AND run_id = ANY(:runs::bigint[]) AND outcome NOT IN ('entered', 'waits', 'queued', 'exited', 'kept_out')
ORDER BY at, place;

-- name: runs
SELECT id, entered_at, entry, end_reason = 'control_group', correlation FROM journey_runs
WHERE workspace_id = :workspace_id AND journey_id = :journey_id AND profile_id = ANY(:profiles::bigint[]) ORDER BY entered_at DESC, id DESC LIMIT :most;

-- name: family
WITH RECURSIVE family (id) AS (
  SELECT :id::bigint
  UNION
  SELECT p.id FROM family f JOIN profiles p ON p.workspace_id = :workspace_id AND p.merged_into = f.id)
SELECT id FROM family;

-- name: launched
-- When the journey was first written down.
SELECT min(v.at) FROM definition_versions v JOIN definitions d
  ON (d.workspace_id, d.kind, d.key) = (v.workspace_id, v.kind, v.key)
WHERE v.workspace_id = :workspace_id AND d.id = :journey_id;

-- name: came
SELECT count(*), max(e.at) FROM events e
JOIN identities i ON i.workspace_id = e.workspace_id AND i.id = e.identity_id
JOIN event_names n ON n.workspace_id = e.workspace_id AND n.id = e.name_id
WHERE e.workspace_id = :workspace_id AND i.profile_id = ANY(:profiles::bigint[]) AND n.name = :event;

-- name: member_since
SELECT m.entered_at FROM segment_members m JOIN definitions d ON d.workspace_id = m.workspace_id AND d.id = m.segment_id
WHERE m.workspace_id = :workspace_id AND m.profile_id = ANY(:profiles::bigint[]) AND d.kind = 'segment' AND d.key = :segment
LIMIT 1;

-- name: trait
SELECT traits ->> :trait FROM profiles WHERE workspace_id = :workspace_id AND id = :id;

-- name: at_the_door
-- When somebody may enter who is in the queue.
SELECT min(not_before) FROM journey_entrants
WHERE workspace_id = :workspace_id AND journey_id = :journey_id AND profile_id = ANY(:profiles::bigint[]);

-- name: interest
-- When somebody last showed interest in any product.
SELECT max(e.at) FROM unnest(:names::text[], :sinces::timestamptz[]) AS s (name, since)
JOIN event_names n ON n.workspace_id = :workspace_id AND n.name = s.name
JOIN events e ON e.workspace_id = n.workspace_id AND e.name_id = n.id AND e.at >= s.since
JOIN identities i ON i.workspace_id = e.workspace_id AND i.id = e.identity_id
WHERE i.profile_id = ANY(:profiles::bigint[]);

-- name: came_since
-- The last time of an event after a moment.
SELECT max(e.at) FROM events e
JOIN identities i ON i.workspace_id = e.workspace_id AND i.id = e.identity_id
JOIN event_names n ON n.workspace_id = e.workspace_id AND n.id = e.name_id
WHERE e.workspace_id = :workspace_id AND i.profile_id = ANY(:profiles::bigint[]) AND n.name = :event AND e.at > :since;
