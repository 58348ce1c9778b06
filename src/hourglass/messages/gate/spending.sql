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
  INSERT INTO budget_charges (workspace_id, message_id, budget)
  SELECT :workspace_id, message_id, budget FROM unnest(:messages::bigint[], :budgets::text[]) AS c (message_id, budget)
  ON CONFLICT DO NOTHING RETURNING message_id, budget)
UPDATE budget_use u SET used = u.used + n.cost
FROM (SELECT c.budget, c.period, sum(c.cost)::bigint AS cost
      FROM unnest(:messages::bigint[], :budgets::text[], :periods::timestamptz[], :costs::bigint[])
        AS c (message_id, budget, period, cost)
      JOIN new USING (message_id, budget) GROUP BY 1, 2) n
WHERE u.workspace_id = :workspace_id AND u.budget = n.budget AND u.period = n.period;
