-- name: responses
-- What people did within a time of their message, by the place in the document that wrote to them. Everybody a lot meant
-- counts, reached or not, but whom a control group kept out.
WITH meant AS (
  SELECT m.id, coalesce(p.merged_into, p.id) AS person, m.step, m.sent_at, coalesce(m.sent_at, m.created_at) AS at,
    m.opened_at, m.clicked_at, least(m.unsubscribed_at, m.complained_at) AS left_at
  FROM messages m JOIN profiles p ON p.workspace_id = m.workspace_id AND p.id = m.profile_id
  WHERE m.workspace_id = :workspace_id AND m.send_id = :send_id AND m.step LIKE :places::text
    AND m.reason IS DISTINCT FROM 'control_group'),
bought AS (
  SELECT m.id, count(*) AS orders, sum(o.net) AS net
  FROM meant m JOIN orders o ON o.workspace_id = :workspace_id AND o.profile_id = m.person AND o.net > 0
    AND o.ordered_at > m.at AND o.ordered_at <= m.at + :span::interval AND NOT o.historical AND o.currency = :currency
  GROUP BY m.id)
SELECT m.step, count(*)::int AS people, count(m.sent_at)::int AS sent,
  (count(*) FILTER (WHERE m.opened_at <= m.at + :span::interval))::int AS opened,
  (count(*) FILTER (WHERE m.clicked_at <= m.at + :span::interval))::int AS clicked,
  (count(*) FILTER (WHERE m.left_at <= m.at + :span::interval))::int AS turned_away,
  count(b.id)::int AS buyers, coalesce(sum(b.orders), 0)::int AS orders, coalesce(sum(b.net), 0)::bigint AS revenue,
  coalesce(var_samp(coalesce(b.orders, 0)), 0)::float8 AS orders_variance,
  coalesce(var_samp(coalesce(b.net, 0)), 0)::float8 AS revenue_variance
FROM meant m LEFT JOIN bought b ON b.id = m.id GROUP BY m.step ORDER BY m.step;

-- name: last_left
-- When the last message of these places left, and how many wait still.
SELECT max(sent_at) AS last, (count(*) FILTER (WHERE state IN ('queued', 'claimed')))::int AS waiting
FROM messages WHERE workspace_id = :workspace_id AND send_id = :send_id AND step LIKE :places::text;
