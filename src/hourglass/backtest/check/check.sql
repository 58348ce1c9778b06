-- name: heard
-- How often each of these events came lately, from how many people, and when last.
SELECT n.name, count(e.seq), count(DISTINCT e.identity_id), max(e.at) FROM event_names n
LEFT JOIN events e ON e.workspace_id = n.workspace_id AND e.name_id = n.id AND e.at >= :since AND e.at <= :now
WHERE n.workspace_id = :workspace_id AND n.name = ANY(:names::text[]) GROUP BY 1;

-- name: last_heard
SELECT max(e.at) FROM events e JOIN event_names n ON n.workspace_id = e.workspace_id AND n.id = e.name_id
WHERE e.workspace_id = :workspace_id AND n.name = :event;

-- name: properties
-- What the events of a name carry, in the newest pages of the hot history.
SELECT DISTINCT jsonb_object_keys(e.properties)
FROM events e JOIN event_names n ON n.workspace_id = e.workspace_id AND n.id = e.name_id
WHERE e.workspace_id = :workspace_id AND n.name = :event
  AND e.ctid >= (SELECT format('(%s,0)', greatest(0, pg_relation_size('events') / 8192 - :pages))::tid);

-- name: daily
-- Whether an event ever came; and how often a day, as the newest pages of the hot history tell.
WITH newest AS (
  SELECT name_id, at FROM events WHERE workspace_id = :workspace_id
    AND ctid >= (SELECT format('(%s,0)', greatest(0, pg_relation_size('events') / 8192 - :pages))::tid)),
days AS (SELECT greatest(1, extract(epoch FROM max(at) - min(at)) / 86400) AS n FROM newest)
SELECT EXISTS (SELECT FROM event_names WHERE workspace_id = :workspace_id AND name = :event),
  (SELECT count(*) FROM newest JOIN event_names n ON n.workspace_id = :workspace_id AND n.id = newest.name_id
   WHERE n.name = :event)::float8 / (SELECT n FROM days)::float8;

-- name: members
-- As it was measured last.
SELECT s.members FROM segment_sizes s
JOIN definitions d ON d.workspace_id = s.workspace_id AND d.id = s.segment_id AND d.kind = 'segment'
WHERE s.workspace_id = :workspace_id AND d.key = :segment ORDER BY s.day DESC LIMIT 1;

-- name: reachable
-- Of the people who did this lately, those whose last word on the channel is yes.
WITH people AS (
  SELECT DISTINCT i.profile_id FROM events e
  JOIN event_names n ON n.workspace_id = e.workspace_id AND n.id = e.name_id
  JOIN identities i ON i.workspace_id = e.workspace_id AND i.id = e.identity_id
  WHERE e.workspace_id = :workspace_id AND n.name = :event AND e.at >= :since AND e.at <= :now),
said AS (
  SELECT DISTINCT ON (c.profile_id) c.profile_id, c.granted FROM consents c JOIN people USING (profile_id)
  WHERE c.workspace_id = :workspace_id AND c.purpose = 'marketing' AND c.channel = :channel
    AND c.topic IN (:topic, '*') ORDER BY c.profile_id, c.at DESC, c.granted)
SELECT (SELECT count(*) FROM people), (SELECT count(*) FROM said WHERE granted);
