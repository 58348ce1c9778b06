-- name: states
SELECT state, count(*)::int FROM messages WHERE workspace_id = :workspace_id AND send_id = :send_id GROUP BY state;

-- name: progress
-- Of sends that go on: what is done, what waits and for what, and how much left lately.
SELECT send_id, state, CASE WHEN state = 'queued' THEN reason END AS reason, count(*)::int AS messages,
  (count(*) FILTER (WHERE sent_at > :since))::int AS lately
FROM messages WHERE workspace_id = :workspace_id AND send_id = ANY(:ids::bigint[]) GROUP BY 1, 2, 3;

-- name: outcomes
SELECT step, state, reason, count(*)::int AS messages, count(delivered_at)::int AS delivered, count(opened_at)::int AS opened,
  count(clicked_at)::int AS clicked, count(bounced_at)::int AS bounced, count(complained_at)::int AS complained,
  count(unsubscribed_at)::int AS unsubscribed
FROM messages WHERE workspace_id = :workspace_id AND send_id = :send_id GROUP BY step, state, reason;

-- name: totals
SELECT send_id, (count(*) FILTER (WHERE state = 'sent'))::int AS sent, count(opened_at)::int AS opened,
  count(clicked_at)::int AS clicked, count(complained_at)::int AS complained, count(unsubscribed_at)::int AS unsubscribed
FROM messages WHERE workspace_id = :workspace_id AND send_id = ANY(:ids::bigint[]) GROUP BY send_id;

-- name: course
-- What happened to the messages of a send, hour by hour or day by day of the shop's clock.
SELECT date_trunc(:step::text, v.at, :zone::text) AS at, (count(*) FILTER (WHERE v.what = 's'))::int AS sent,
  (count(*) FILTER (WHERE v.what = 'o'))::int AS opened, (count(*) FILTER (WHERE v.what = 'c'))::int AS clicked,
  (count(*) FILTER (WHERE v.what = 'u'))::int AS unsubscribed
FROM messages m CROSS JOIN LATERAL (
  VALUES ('s', m.sent_at), ('o', m.opened_at), ('c', m.clicked_at), ('u', m.unsubscribed_at)) AS v (what, at)
WHERE m.workspace_id = :workspace_id AND m.send_id = :send_id AND v.at < :until GROUP BY 1 ORDER BY 1;

-- name: touches
-- Who opened and clicked, people and machines apart, and where clicks led; from the events of those who got it.
WITH got AS (
  SELECT id, profile_id, sent_at FROM messages
  WHERE workspace_id = :workspace_id AND send_id = :send_id AND state IN ('sent', 'unknown')),
names AS (
  SELECT id, name FROM event_names WHERE workspace_id = :workspace_id AND name IN ('Message Opened', 'Message Clicked'))
SELECT n.name, coalesce(e.properties ->> 'by', 'human') AS by, coalesce(e.properties ->> 'url', '') AS url,
  count(*)::int AS times, count(DISTINCT g.id)::int AS messages
FROM got g
JOIN profiles p ON p.workspace_id = :workspace_id AND p.id = g.profile_id
JOIN identities i ON i.workspace_id = :workspace_id AND i.profile_id = coalesce(p.merged_into, p.id) AND i.holds
JOIN names n ON true
JOIN events e ON e.workspace_id = :workspace_id AND e.identity_id = i.id AND e.name_id = n.id AND e.at >= g.sent_at
  AND e.properties ->> 'message_id' = g.id::text
GROUP BY 1, 2, 3 ORDER BY messages DESC, url;
