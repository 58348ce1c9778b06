-- name: heard
-- How often each of these events came lately, from how many people, and when last.
SELECT n.name, count(e.seq), count(DISTINCT e.identity_id), max(e.at) FROM event_names n
LEFT JOIN events e ON e.workspace_id = n.workspace_id AND e.name_id = n.id AND e.at >= :since AND e.at <= :now
WHERE n.workspace_id = :workspace_id AND n.name = ANY(:names::text[]) GROUP BY 1;

-- name: last_heard
SELECT max(e.at) FROM events e JOIN event_names n ON n.workspace_id = e.workspace_id AND n.id = e.name_id
WHERE e.workspace_id = :workspace_id AND n.name = :event;

-- name: properties
-- What the latest events of a name carry.
SELECT DISTINCT jsonb_object_keys(properties) FROM (
  SELECT e.properties FROM events e JOIN event_names n ON n.workspace_id = e.workspace_id AND n.id = e.name_id
  WHERE e.workspace_id = :workspace_id AND n.name = :event AND e.at >= :since LIMIT 500) latest;

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
