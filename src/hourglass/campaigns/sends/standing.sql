-- name: last_sends
SELECT DISTINCT ON (campaign_id) * FROM campaign_sends WHERE workspace_id = :workspace_id ORDER BY campaign_id, id DESC;

-- name: still_to_come
-- Of sends on their way: who waits for the winner of a test, who for their own hour, and when the last of them is due.
SELECT send_id, coalesce(sum(cardinality(people)) FILTER (WHERE rest AND variant IS NULL), 0)::int AS for_winner,
  coalesce(sum(cardinality(people)) FILTER (WHERE due_at > :now AND NOT (rest AND variant IS NULL)), 0)::int AS for_hour,
  max(due_at) FILTER (WHERE due_at > :now AND NOT (rest AND variant IS NULL)) AS last_due_at
FROM campaign_parts
WHERE workspace_id = :workspace_id AND send_id = ANY(:ids::bigint[]) AND queued_at IS NULL GROUP BY send_id;
