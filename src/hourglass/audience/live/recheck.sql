-- name: plan_rechecks
-- A person is looked at again at the earliest moment; an earlier one that stands is kept, it costs a look and no write.
-- What stands is read by one walk along the index. Moments come as microseconds since 1970, several times quicker to
-- read than dates.
WITH standing AS MATERIALIZED (
  SELECT profile_id, due_at FROM rechecks WHERE workspace_id = :workspace_id AND profile_id = ANY(:profiles::bigint[]))
INSERT INTO rechecks (workspace_id, profile_id, due_at)
SELECT :workspace_id, new.profile_id, new.due_at
FROM (SELECT profile_id, to_timestamp(0) + due_us * interval '1 microsecond' AS due_at
      FROM unnest(:profiles::bigint[], :dues::bigint[]) AS told (profile_id, due_us)) new
LEFT JOIN standing USING (profile_id)
WHERE standing.due_at IS NULL OR standing.due_at > new.due_at
ORDER BY 2
ON CONFLICT (workspace_id, profile_id) DO UPDATE SET due_at = LEAST(rechecks.due_at, EXCLUDED.due_at);
