-- name: attribute
-- Orders of a stretch of time, each with the last message that touched its person before, as the rule of its channel says;
-- orders without one lose what they had. Messages to visitors who were absorbed count as their person's.
WITH RECURSIVE fresh AS (
  SELECT id, profile_id, ordered_at FROM orders
  WHERE workspace_id = :workspace_id AND ordered_at >= :since AND ordered_at <= :now AND NOT historical),
people (person, id) AS (
  SELECT DISTINCT profile_id, profile_id FROM fresh
  UNION
  SELECT w.person, p.id FROM people w JOIN profiles p ON p.workspace_id = :workspace_id AND p.merged_into = w.id),
rules AS (
  SELECT channel, touch, make_interval(secs => seconds) AS span
  FROM unnest(:channels::text[], :touches::text[], :seconds::float8[]) AS r (channel, touch, seconds)),
touched AS (
  SELECT DISTINCT ON (o.id) o.id AS order_id, m.id AS message_id, m.journey_id, m.send_id, m.step, m.channel,
    t.at AS touched_at, t.touch
  FROM fresh o
  JOIN people w ON w.person = o.profile_id
  JOIN messages m ON m.workspace_id = :workspace_id AND m.profile_id = w.id AND m.class = 'marketing' AND m.state = 'sent'
    AND m.created_at < o.ordered_at AND m.created_at > o.ordered_at - :oldest::interval
  JOIN rules r ON r.channel = m.channel
  CROSS JOIN LATERAL (
    SELECT at, touch FROM (VALUES (m.sent_at, 'sent'), (m.opened_at, 'opened'), (m.clicked_at, 'clicked')) AS v (at, touch)
    WHERE at < o.ordered_at AND at > o.ordered_at - r.span AND CASE r.touch
      WHEN 'sent' THEN v.touch = 'sent' WHEN 'opened' THEN v.touch <> 'sent' ELSE v.touch = 'clicked' END
    ORDER BY at DESC LIMIT 1) AS t
  ORDER BY o.id, t.at DESC, m.id DESC),
lost AS (
  DELETE FROM attributions a USING fresh o
  WHERE a.workspace_id = :workspace_id AND a.order_id = o.id AND NOT EXISTS (SELECT FROM touched t WHERE t.order_id = o.id))
INSERT INTO attributions AS a (workspace_id, order_id, message_id, source_id, send_id, step, channel, touched_at, touch)
SELECT :workspace_id, order_id, message_id, journey_id, send_id, step, channel, touched_at, touch FROM touched
ON CONFLICT (workspace_id, order_id) DO UPDATE SET message_id = EXCLUDED.message_id, source_id = EXCLUDED.source_id,
  send_id = EXCLUDED.send_id, step = EXCLUDED.step, channel = EXCLUDED.channel, touched_at = EXCLUDED.touched_at,
  touch = EXCLUDED.touch
WHERE (a.message_id, a.touched_at, a.touch) IS DISTINCT FROM (EXCLUDED.message_id, EXCLUDED.touched_at, EXCLUDED.touch);

-- name: earned
-- What is left after cancellations and refunds; amounts of other currencies stand for themselves.
SELECT a.source_id, a.send_id, a.step, o.currency, count(*)::int AS orders, (count(*) FILTER (WHERE o.net > 0))::int AS kept,
  sum(o.net)::bigint AS revenue
FROM attributions a JOIN orders o ON o.workspace_id = a.workspace_id AND o.id = a.order_id
WHERE a.workspace_id = :workspace_id AND a.source_id = ANY(:sources::int[]) GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4;

-- name: credited
SELECT count(*)::int AS orders, coalesce(sum(o.net), 0)::bigint AS revenue
FROM attributions a JOIN orders o ON o.workspace_id = a.workspace_id AND o.id = a.order_id
WHERE a.workspace_id = :workspace_id AND o.currency = :currency AND o.net > 0;
