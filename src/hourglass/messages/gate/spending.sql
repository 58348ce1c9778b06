-- name: open
INSERT INTO budget_use (workspace_id, budget, period)
SELECT :workspace_id, * FROM unnest(:budgets::text[], :periods::timestamptz[]) ON CONFLICT DO NOTHING;

-- name: used
SELECT budget, used FROM budget_use
WHERE workspace_id = :workspace_id
  AND (budget, period) IN (SELECT * FROM unnest(:budgets::text[], :periods::timestamptz[]))
ORDER BY budget FOR UPDATE;

-- name: paid
SELECT message_id, budget FROM budget_charges
WHERE workspace_id = :workspace_id AND message_id = ANY(:messages::bigint[]);

-- name: charge
WITH new AS (
  INSERT INTO budget_charges (workspace_id, message_id, budget, period, cost, provider)
  SELECT :workspace_id, * FROM unnest(:messages::bigint[], :budgets::text[], :periods::timestamptz[], :costs::bigint[],
    :providers::text[])
  ON CONFLICT DO NOTHING RETURNING budget, period, cost)
UPDATE budget_use u SET used = u.used + n.cost
FROM (SELECT budget, period, sum(cost)::bigint AS cost FROM new GROUP BY 1, 2) n
WHERE u.workspace_id = :workspace_id AND u.budget = n.budget AND u.period = n.period;

-- name: give_back
-- Without a provider everything; else what was taken for others.
WITH gone AS (
  DELETE FROM budget_charges c USING unnest(:messages::bigint[], :providers::text[]) AS t (message_id, provider)
  WHERE c.workspace_id = :workspace_id AND c.message_id = t.message_id AND c.period IS NOT NULL
    AND (t.provider IS NULL OR c.provider <> t.provider)
  RETURNING c.budget, c.period, c.cost)
UPDATE budget_use u SET used = greatest(0, u.used - g.cost)
FROM (SELECT budget, period, sum(cost)::bigint AS cost FROM gone GROUP BY 1, 2) g
WHERE u.workspace_id = :workspace_id AND u.budget = g.budget AND u.period = g.period;
