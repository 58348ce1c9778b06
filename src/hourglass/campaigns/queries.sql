-- name: begin
INSERT INTO campaign_sends (workspace_id, campaign_id, version, state, author, created_at, due_at, anyway)
VALUES (:workspace_id, :campaign_id, :version, 'scheduled', :author, :now, :due_at, :anyway)
ON CONFLICT DO NOTHING;

-- name: last
SELECT * FROM campaign_sends WHERE workspace_id = :workspace_id AND campaign_id = :campaign_id
  AND (:edition::int IS NULL OR edition = :edition)
ORDER BY id DESC LIMIT 1;

-- name: open_sends
SELECT * FROM campaign_sends WHERE workspace_id = :workspace_id AND state IN ('scheduled', 'sending', 'cancelling') ORDER BY id;

-- name: hold
SELECT * FROM campaign_sends WHERE workspace_id = :workspace_id AND id = :id FOR UPDATE SKIP LOCKED;

-- name: pause
UPDATE campaign_sends SET paused = true WHERE workspace_id = :workspace_id AND id = :id;

-- name: resume
UPDATE campaign_sends SET paused = false WHERE workspace_id = :workspace_id AND id = :id;

-- name: cancel
-- What has come to its end in this moment stays finished.
UPDATE campaign_sends SET state = 'cancelling', paused = false
WHERE workspace_id = :workspace_id AND id = :id AND state IN ('scheduled', 'sending', 'cancelling');

-- name: notify
SELECT pg_notify('hourglass_campaigns', '');

-- name: complain
UPDATE campaign_sends SET problem = :problem, problem_words = :words::jsonb WHERE workspace_id = :workspace_id AND id = :id;

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

-- name: next_part
-- Parts of a cancelled send are all due: they are only noted. The rest waits until somebody has won.
SELECT part, people, variant, rest FROM campaign_parts
WHERE workspace_id = :workspace_id AND send_id = :id AND queued_at IS NULL
  AND ((due_at <= :now AND NOT (rest AND variant IS NULL)) OR :everything)
ORDER BY due_at, part LIMIT 1 FOR UPDATE;

-- name: part_queued
UPDATE campaign_parts SET queued_at = :now, people = '{}'
WHERE workspace_id = :workspace_id AND send_id = :id AND part = :part;

-- name: fewer
-- Some of the recipients turned out to be one person.
UPDATE campaign_sends SET recipients = recipients - :count WHERE workspace_id = :workspace_id AND id = :id;

-- name: finish
UPDATE campaign_sends SET state = CASE state WHEN 'cancelling' THEN 'cancelled' ELSE 'finished' END, finished_at = :now,
  totals = :totals::jsonb
WHERE workspace_id = :workspace_id AND id = :id;

-- name: parts_left
SELECT EXISTS (SELECT FROM campaign_parts WHERE workspace_id = :workspace_id AND send_id = :id AND queued_at IS NULL);

-- name: hurries
-- Messages that are being handed over, parts that are due; a test that runs and hours to come can wait.
SELECT EXISTS (
  SELECT FROM campaign_sends s WHERE s.workspace_id = :workspace_id AND NOT s.paused AND (
    s.state = 'cancelling' OR (s.state = 'scheduled' AND s.due_at <= :now) OR (s.state = 'sending' AND (
      EXISTS (SELECT FROM campaign_parts p WHERE p.workspace_id = :workspace_id AND p.send_id = s.id
        AND p.queued_at IS NULL AND p.due_at <= :now AND NOT (p.rest AND p.variant IS NULL))
      OR EXISTS (SELECT FROM messages m WHERE m.workspace_id = :workspace_id AND m.send_id = s.id
        AND m.state IN ('queued', 'claimed'))))));

-- name: segment_built
SELECT version FROM segment_builds WHERE workspace_id = :workspace_id AND segment_id = :segment_id;

-- name: last_sends
SELECT DISTINCT ON (campaign_id) * FROM campaign_sends WHERE workspace_id = :workspace_id ORDER BY campaign_id, id DESC;

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

-- name: drop_parts
DELETE FROM campaign_parts WHERE workspace_id = :workspace_id AND send_id = :id AND queued_at IS NULL;

-- name: abandon
-- Recipients are those who have a message.
UPDATE campaign_sends SET state = 'cancelled', finished_at = :now, totals = :totals::jsonb,
  recipients = (SELECT coalesce(sum(n::bigint), 0) FROM jsonb_each_text(:totals::jsonb) AS t (state, n))
WHERE workspace_id = :workspace_id AND id = :id;

-- name: trial
-- How far the test of a send is: when its last part was due, whether all of it is with the outbox, who waits for its end.
SELECT max(due_at) FILTER (WHERE NOT rest) AS last_due, coalesce(bool_and(queued_at IS NOT NULL) FILTER (WHERE NOT rest), true)
    AS fed,
  coalesce(sum(cardinality(people)) FILTER (WHERE rest AND variant IS NULL), 0)::int AS waiting
FROM campaign_parts WHERE workspace_id = :workspace_id AND send_id = :id;

-- name: looked
UPDATE campaign_sends SET looked_at = :now WHERE workspace_id = :workspace_id AND id = :id;

-- name: choose
UPDATE campaign_sends SET choice = :choice::jsonb
WHERE workspace_id = :workspace_id AND id = :id AND choice IS NULL AND state = 'sending';

-- name: zones_of_rest
SELECT DISTINCT zone FROM campaign_parts
WHERE workspace_id = :workspace_id AND send_id = :id AND rest AND queued_at IS NULL;

-- name: release_rest
UPDATE campaign_parts p SET variant = :variant, due_at = z.due_at
FROM unnest(:zones::text[], :moments::timestamptz[]) AS z (name, due_at)
WHERE p.workspace_id = :workspace_id AND p.send_id = :id AND p.rest AND p.queued_at IS NULL AND p.zone = z.name;

-- name: still_to_come
-- Of sends on their way: who waits for the winner of a test, who for their own hour, and when the last of them is due.
SELECT send_id, coalesce(sum(cardinality(people)) FILTER (WHERE rest AND variant IS NULL), 0)::int AS for_winner,
  coalesce(sum(cardinality(people)) FILTER (WHERE due_at > :now AND NOT (rest AND variant IS NULL)), 0)::int AS for_hour,
  max(due_at) FILTER (WHERE due_at > :now AND NOT (rest AND variant IS NULL)) AS last_due_at
FROM campaign_parts
WHERE workspace_id = :workspace_id AND send_id = ANY(:ids::bigint[]) AND queued_at IS NULL GROUP BY send_id;

-- name: editions
SELECT * FROM campaign_sends WHERE workspace_id = :workspace_id AND campaign_id = :campaign_id AND occasion IS NOT NULL
ORDER BY id DESC LIMIT 500;
