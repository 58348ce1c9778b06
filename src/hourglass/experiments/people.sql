-- name: moments
-- Everybody who was assigned, by the arm of their first time, and what each did in a window after it and as long before
-- as `past` says. A person who absorbed others stands for them. Other sources than the one asked for are empty.
WITH RECURSIVE sends AS (
  SELECT id, created_at FROM campaign_sends WHERE workspace_id = :workspace_id AND campaign_id = :definition_id),
assigned (profile_id, arm, at) AS (
  -- Also those of earlier weights: whom a journey let in then may not come again, so only new people are drawn fairly.
  SELECT r.profile_id, CASE WHEN r.end_reason = 'control_group' THEN 'control' ELSE 'treated' END, r.entered_at
  FROM journey_runs r
  WHERE :source::text = 'journey' AND r.workspace_id = :workspace_id AND r.journey_id = :definition_id
  UNION ALL
  SELECT r.profile_id, s.detail ->> 'arm', s.at
  FROM journey_runs r JOIN run_steps s ON s.workspace_id = r.workspace_id AND s.run_id = r.id
  WHERE :source::text = 'step' AND r.workspace_id = :workspace_id AND r.journey_id = :definition_id
    AND s.step = :step AND s.at >= :since AND s.detail ? 'arm'
  UNION ALL
  -- Whom the policy keeps out as well stays where the lot of the campaign put them.
  SELECT m.profile_id, CASE WHEN m.reason = 'control_group' AND m.detail IS NULL THEN 'control' ELSE 'treated' END,
    m.created_at
  FROM messages m
  WHERE :source::text = 'campaign' AND m.workspace_id = :workspace_id AND m.send_id IN (
    SELECT id FROM sends WHERE created_at >= :since OR id = (SELECT max(id) FROM sends))
  UNION ALL
  -- Each send draws the lots of its variants anew.
  SELECT m.profile_id, substr(m.step, length('variants.') + 1), m.created_at FROM messages m
  WHERE :source::text = 'variants' AND m.workspace_id = :workspace_id AND m.send_id = (SELECT max(id) FROM sends)
    AND m.step LIKE 'variants.%' AND m.reason IS DISTINCT FROM 'control_group'
  UNION ALL
  SELECT m.profile_id, CASE WHEN c.id IS NULL THEN 'treated' ELSE 'control' END, m.created_at
  FROM messages m LEFT JOIN unnest(:control::bigint[]) AS c (id) ON c.id = m.profile_id
  WHERE :source::text = 'policy' AND m.workspace_id = :workspace_id AND m.class = 'marketing' AND m.created_at >= :since),
way (once, id, merged_into) AS (
  SELECT id, id, merged_into FROM profiles
  WHERE workspace_id = :workspace_id AND id IN (SELECT profile_id FROM assigned)
  UNION ALL
  SELECT w.once, p.id, p.merged_into
  FROM way w JOIN profiles p ON p.workspace_id = :workspace_id AND p.id = w.merged_into),
people AS (
  SELECT w.id, (array_agg(a.arm ORDER BY a.at))[1] AS arm, min(a.at) AS at, count(DISTINCT a.arm) > 1 AS crossed,
    min(a.at) + :window::interval <= :now AS ripe
  FROM assigned a JOIN way w ON w.once = a.profile_id AND w.merged_into IS NULL
  GROUP BY w.id HAVING :source::text <> 'journey' OR min(a.at) >= :since),
bought AS (
  SELECT p.id, count(*) FILTER (WHERE v.after) AS orders, count(*) FILTER (WHERE NOT v.after) AS orders_before,
    sum(v.net) FILTER (WHERE v.after) AS net, sum(v.net) FILTER (WHERE NOT v.after) AS net_before,
    sum(v.net) FILTER (WHERE v.after AND t.order_id IS NOT NULL) AS credited
  FROM people p
  JOIN orders o ON o.workspace_id = :workspace_id AND o.profile_id = p.id AND o.net > 0
    AND o.ordered_at > p.at - :past::interval AND o.ordered_at <= p.at + :window::interval
  CROSS JOIN LATERAL (
    SELECT o.ordered_at > p.at AS after, CASE WHEN o.currency = :currency THEN o.net ELSE 0 END AS net) AS v
  LEFT JOIN attributions t ON t.workspace_id = :workspace_id AND t.order_id = o.id
    AND (:source::text = 'policy' OR t.source_id = :definition_id)
  WHERE p.ripe AND NOT (v.after AND o.historical) GROUP BY p.id),
turned_away AS (
  SELECT p.id,
    bool_or(m.unsubscribed_at > p.at AND m.unsubscribed_at <= p.at + :window::interval) AS unsubscribed,
    bool_or(m.complained_at > p.at AND m.complained_at <= p.at + :window::interval) AS complained
  FROM people p JOIN way w ON w.id = p.id
  JOIN messages m ON m.workspace_id = :workspace_id AND m.profile_id = w.once
  WHERE p.ripe AND (m.unsubscribed_at IS NOT NULL OR m.complained_at IS NOT NULL) GROUP BY p.id)
SELECT p.arm, x.metric, count(*)::int AS assigned, (count(*) FILTER (WHERE p.crossed))::int AS crossed,
  (count(*) FILTER (WHERE p.ripe))::int AS people,
  (count(*) FILTER (WHERE p.ripe AND x.value <> 0))::int AS happened,
  coalesce(sum(x.value) FILTER (WHERE p.ripe), 0)::float8 AS total,
  coalesce(avg(x.value) FILTER (WHERE p.ripe), 0)::float8 AS mean,
  coalesce(var_samp(x.value) FILTER (WHERE p.ripe), 0)::float8 AS variance,
  coalesce(avg(x.before) FILTER (WHERE p.ripe), 0)::float8 AS before,
  coalesce(var_samp(x.before) FILTER (WHERE p.ripe), 0)::float8 AS before_variance,
  coalesce(covar_samp(x.value, x.before) FILTER (WHERE p.ripe), 0)::float8 AS covariance
FROM people p LEFT JOIN bought b ON b.id = p.id LEFT JOIN turned_away t ON t.id = p.id
CROSS JOIN LATERAL (VALUES
  ('conversion', (coalesce(b.orders, 0) > 0)::int::float8, (coalesce(b.orders_before, 0) > 0)::int::float8),
  ('orders', coalesce(b.orders, 0)::float8, coalesce(b.orders_before, 0)::float8),
  ('revenue', coalesce(b.net, 0)::float8, coalesce(b.net_before, 0)::float8),
  ('credited', coalesce(b.credited, 0)::float8, 0::float8),
  ('unsubscribed', coalesce(t.unsubscribed, false)::int::float8, 0::float8),
  ('complained', coalesce(t.complained, false)::int::float8, 0::float8)) AS x (metric, value, before)
GROUP BY p.arm, x.metric;

-- name: read_whole
-- How many people there are is known only while it runs; a plan for a few of them would take hours for many.
SELECT set_config('enable_nestloop', 'off', true), set_config('enable_sort', 'off', true);

-- name: read_as_usual
SELECT set_config('enable_nestloop', 'on', true), set_config('enable_sort', 'on', true);

-- name: written_to
-- Everybody for whom a marketing message was made, sent or not.
SELECT DISTINCT profile_id FROM messages
WHERE workspace_id = :workspace_id AND class = 'marketing' AND created_at >= :since;
