-- name: hold
-- Changes of one list follow each other.
SELECT id FROM definitions WHERE workspace_id = :workspace_id AND id = :list_id FOR NO KEY UPDATE;

-- name: open_change
INSERT INTO list_changes (workspace_id, list_id, kind, author, at, source)
VALUES (:workspace_id, :list_id, :kind, :author, :now, :source) RETURNING id;

-- name: close_change
UPDATE list_changes SET entered = :entered, "left" = :left, undoes = :undoes
WHERE workspace_id = :workspace_id AND list_id = :list_id AND id = :change_id;

-- name: changes
SELECT id, kind, author, at, source, entered, "left", undoes, undone_by FROM list_changes
WHERE workspace_id = :workspace_id AND list_id = :list_id ORDER BY id DESC LIMIT :most;

-- name: put
-- Identities come onto a list, and the people they belong to into the segment.
WITH new AS (
  INSERT INTO list_identities (workspace_id, list_id, identity_id)
  SELECT :workspace_id, :list_id, i.id FROM identities i
  WHERE i.workspace_id = :workspace_id AND i.id = ANY(:identities::bigint[]) ORDER BY i.id
  ON CONFLICT DO NOTHING RETURNING identity_id),
noted AS (
  INSERT INTO list_change_parts (workspace_id, change_id, added)
  SELECT :workspace_id, :change_id, array_agg(identity_id) FROM new HAVING count(*) > 0),
come AS (
  INSERT INTO segment_members (workspace_id, segment_id, profile_id, entered_at)
  SELECT DISTINCT :workspace_id::int, :list_id::int, i.profile_id, :now::timestamptz
  FROM new JOIN identities i ON i.workspace_id = :workspace_id AND i.id = new.identity_id ORDER BY 3
  ON CONFLICT DO NOTHING RETURNING profile_id),
told AS (
  INSERT INTO segment_moves (workspace_id, segment_id, profile_id, entered)
  SELECT :workspace_id, :list_id, profile_id, true FROM come)
SELECT count(*) FROM come;

-- name: drop
-- Identities leave a list; a person leaves with the last one. (OFFSET 0: one person at a time, whatever the statistics
-- say of a table that was empty a moment ago.)
WITH old AS (
  DELETE FROM list_identities WHERE workspace_id = :workspace_id AND list_id = :list_id
    AND identity_id = ANY(:identities::bigint[]) RETURNING identity_id),
noted AS (
  INSERT INTO list_change_parts (workspace_id, change_id, removed)
  SELECT :workspace_id, :change_id, array_agg(identity_id) FROM old HAVING count(*) > 0),
people AS (
  SELECT DISTINCT i.profile_id FROM old JOIN identities i ON i.workspace_id = :workspace_id AND i.id = old.identity_id),
leaving AS (
  SELECT p.profile_id FROM people p CROSS JOIN LATERAL (
    SELECT count(*) AS identities FROM identities i
    WHERE i.workspace_id = :workspace_id AND i.profile_id = p.profile_id AND i.id <> ALL(:identities::bigint[])
      AND EXISTS (SELECT FROM list_identities l WHERE l.workspace_id = :workspace_id AND l.list_id = :list_id
                    AND l.identity_id = i.id OFFSET 0)) rest
  WHERE rest.identities = 0),
gone AS (
  DELETE FROM segment_members m USING leaving p
  WHERE m.workspace_id = :workspace_id AND m.segment_id = :list_id AND m.profile_id = p.profile_id
  RETURNING m.profile_id),
told AS (
  INSERT INTO segment_moves (workspace_id, segment_id, profile_id, entered)
  SELECT :workspace_id, :list_id, profile_id, false FROM gone)
SELECT count(*) FROM gone;

-- name: listed
SELECT DISTINCT i.id FROM identities asked
JOIN identities i ON i.workspace_id = :workspace_id AND i.profile_id = asked.profile_id
WHERE asked.workspace_id = :workspace_id AND asked.id = ANY(:identities::bigint[])
  AND EXISTS (SELECT FROM list_identities l
              WHERE l.workspace_id = :workspace_id AND l.list_id = :list_id AND l.identity_id = i.id OFFSET 0);

-- name: anchors_of_members
-- The next members of a segment, each with the identity that stands for them.
SELECT m.profile_id, i.id FROM (
  SELECT profile_id FROM segment_members
  WHERE workspace_id = :workspace_id AND segment_id = :segment_id AND profile_id > :after
  ORDER BY profile_id LIMIT :most) m
CROSS JOIN LATERAL (
  SELECT id FROM identities WHERE workspace_id = :workspace_id AND profile_id = m.profile_id
  ORDER BY array_position(ARRAY['user_id', 'email', 'phone', 'anonymous_id'], kind), id LIMIT 1) i
ORDER BY 1;

-- name: last_change
SELECT id, kind, author, at, source, entered, "left", undoes, undone_by FROM list_changes
WHERE workspace_id = :workspace_id AND list_id = :list_id AND kind <> 'undo' AND undone_by IS NULL
ORDER BY id DESC LIMIT 1;

-- name: parts
SELECT added, removed FROM list_change_parts WHERE workspace_id = :workspace_id AND change_id = :change_id;

-- name: mark_undone
UPDATE list_changes SET undone_by = :undone_by WHERE workspace_id = :workspace_id AND id = :change_id;

-- name: forget_pending
DELETE FROM list_pending WHERE workspace_id = :workspace_id AND change_id = :change_id;

-- name: await
-- Contacts that are being made; how many of them nobody waited for yet.
INSERT INTO list_pending (workspace_id, kind, value, list_id, change_id, at)
SELECT :workspace_id, kind, value, :list_id, :change_id, :now
FROM unnest(:kinds::text[], :values::text[]) AS new (kind, value) ORDER BY 2, 3 ON CONFLICT DO NOTHING;

-- name: waiting
SELECT EXISTS (SELECT FROM list_pending WHERE workspace_id = :workspace_id) AS pending,
       EXISTS (SELECT FROM segment_moves WHERE workspace_id = :workspace_id) AS moves;

-- name: welcome
-- Contacts that an import made exist now: onto the list with them.
WITH known AS (
  SELECT p.kind, p.value, p.list_id, p.change_id, i.id AS identity_id, i.profile_id FROM identities i
  CROSS JOIN LATERAL (
    SELECT kind, value, list_id, change_id FROM list_pending
    WHERE workspace_id = :workspace_id AND kind = i.kind AND value = i.value OFFSET 0) p
  WHERE i.workspace_id = :workspace_id AND i.profile_id = ANY(:touched::bigint[])),
done AS (
  DELETE FROM list_pending p USING known
  WHERE p.workspace_id = :workspace_id AND (p.kind, p.value, p.list_id) = (known.kind, known.value, known.list_id)),
new AS (
  INSERT INTO list_identities (workspace_id, list_id, identity_id)
  SELECT :workspace_id, list_id, identity_id FROM known ORDER BY 2, 3 ON CONFLICT DO NOTHING
  RETURNING list_id, identity_id),
noted AS (
  INSERT INTO list_change_parts (workspace_id, change_id, added)
  SELECT :workspace_id, change_id, array_agg(identity_id) FROM new JOIN known USING (list_id, identity_id) GROUP BY 2),
come AS (
  INSERT INTO segment_members (workspace_id, segment_id, profile_id, entered_at)
  SELECT DISTINCT :workspace_id::int, list_id, profile_id, :now::timestamptz
  FROM new JOIN known USING (list_id, identity_id) ORDER BY 3, 2
  ON CONFLICT DO NOTHING RETURNING segment_id, profile_id),
counted AS (
  UPDATE list_changes c SET entered = c.entered + n.people
  FROM (SELECT known.change_id, count(*) AS people FROM come
        JOIN known ON known.list_id = come.segment_id AND known.profile_id = come.profile_id GROUP BY 1) n
  WHERE c.workspace_id = :workspace_id AND c.id = n.change_id)
INSERT INTO segment_moves (workspace_id, segment_id, profile_id, entered)
SELECT :workspace_id, segment_id, profile_id, true FROM come;

-- name: take_moves
-- Who entered or left outside of a tick, each told once, by one worker; who came and went meanwhile did neither.
WITH taken AS (
  DELETE FROM segment_moves WHERE (workspace_id, profile_id, segment_id, id) IN (
    SELECT workspace_id, profile_id, segment_id, id FROM segment_moves WHERE workspace_id = :workspace_id
    ORDER BY profile_id, segment_id, id LIMIT :most FOR UPDATE SKIP LOCKED)
  RETURNING profile_id, segment_id, id, entered),
firsts AS (
  SELECT DISTINCT ON (profile_id, segment_id) profile_id, segment_id, entered FROM taken
  ORDER BY profile_id, segment_id, id)
SELECT f.profile_id, f.segment_id, f.entered FROM firsts f
LEFT JOIN segment_members m
  ON m.workspace_id = :workspace_id AND m.profile_id = f.profile_id AND m.segment_id = f.segment_id
WHERE f.entered = (m.profile_id IS NOT NULL);

-- name: named
-- Lists of these that a live segment names in its condition.
SELECT l.id FROM definitions l WHERE l.workspace_id = :workspace_id AND l.id = ANY(:ids::int[]) AND EXISTS (
  SELECT FROM definitions d JOIN definition_versions v USING (workspace_id, kind, key, version)
  WHERE d.workspace_id = :workspace_id AND d.kind = 'segment' AND d.state = 'live'
    AND jsonb_path_exists(v.body->'when', '$.**.segment ? (@ == $key)', jsonb_build_object('key', l.key)));

-- name: ask_again
INSERT INTO rechecks (workspace_id, profile_id, due_at)
SELECT :workspace_id, id, :now FROM unnest(:ids::bigint[]) AS moved (id) ORDER BY id
ON CONFLICT (workspace_id, profile_id) DO UPDATE SET due_at = least(rechecks.due_at, EXCLUDED.due_at);

-- name: mend
-- A person may have been regrouped while a list was being changed: whoever has an identity on a list is a member.
WITH lists AS (
  SELECT d.id FROM definitions d JOIN definition_versions v USING (workspace_id, kind, key, version)
  WHERE d.workspace_id = :workspace_id AND d.kind = 'segment' AND v.body->'list' = 'true'),
listed AS MATERIALIZED (
  SELECT DISTINCT l.list_id, i.profile_id FROM list_identities l
  JOIN identities i ON i.workspace_id = :workspace_id AND i.id = l.identity_id
  WHERE l.workspace_id = :workspace_id AND l.list_id IN (SELECT id FROM lists)),
members AS MATERIALIZED (
  SELECT segment_id, profile_id FROM segment_members
  WHERE workspace_id = :workspace_id AND segment_id IN (SELECT id FROM lists)),
gone AS (
  DELETE FROM segment_members m USING (SELECT * FROM members EXCEPT SELECT * FROM listed) wrong
  WHERE m.workspace_id = :workspace_id AND m.segment_id = wrong.segment_id AND m.profile_id = wrong.profile_id
  RETURNING m.segment_id, m.profile_id),
come AS (
  INSERT INTO segment_members (workspace_id, segment_id, profile_id, entered_at)
  SELECT :workspace_id, list_id, profile_id, :now FROM (SELECT * FROM listed EXCEPT SELECT * FROM members) missing
  ORDER BY 3, 2 ON CONFLICT DO NOTHING RETURNING segment_id, profile_id)
INSERT INTO segment_moves (workspace_id, segment_id, profile_id, entered)
SELECT :workspace_id, segment_id, profile_id, true FROM come
UNION ALL
SELECT :workspace_id, segment_id, profile_id, false FROM gone;

-- name: forget_lists
-- What is left of lists whose definition was removed, and contacts that never came to be.
WITH gone AS (
  SELECT DISTINCT list_id FROM list_changes c WHERE workspace_id = :workspace_id
    AND NOT EXISTS (SELECT FROM definitions d WHERE d.workspace_id = :workspace_id AND d.id = c.list_id)),
members AS (
  DELETE FROM segment_members WHERE workspace_id = :workspace_id AND segment_id IN (SELECT list_id FROM gone)),
identities AS (
  DELETE FROM list_identities WHERE workspace_id = :workspace_id AND list_id IN (SELECT list_id FROM gone)),
pending AS (
  DELETE FROM list_pending WHERE workspace_id = :workspace_id
    AND (at < :before OR list_id IN (SELECT list_id FROM gone))),
parts AS (
  DELETE FROM list_change_parts WHERE workspace_id = :workspace_id AND change_id IN (
    SELECT id FROM list_changes WHERE workspace_id = :workspace_id AND list_id IN (SELECT list_id FROM gone)))
DELETE FROM list_changes WHERE workspace_id = :workspace_id AND list_id IN (SELECT list_id FROM gone);
