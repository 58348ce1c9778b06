-- name: trial
-- How far the test of a send is: when its last part was due, whether all of it is with the outbox, who waits for its end.
SELECT max(due_at) FILTER (WHERE NOT rest) AS last_due, coalesce(bool_and(queued_at IS NOT NULL) FILTER (WHERE NOT rest), true)
    AS fed,
  coalesce(sum(cardinality(people)) FILTER (WHERE rest AND variant IS NULL), 0)::int AS waiting
FROM campaign_parts WHERE workspace_id = :workspace_id AND send_id = :id;

-- name: looked
UPDATE campaign_sends SET looked_at = :now WHERE workspace_id = :workspace_id AND id = :id;

-- name: choose
UPDATE campaign_sends SET choice = :choice::jsonb
WHERE workspace_id = :workspace_id AND id = :id AND choice IS NULL AND state = 'sending';

-- name: zones_of_rest
SELECT DISTINCT zone FROM campaign_parts
WHERE workspace_id = :workspace_id AND send_id = :id AND rest AND queued_at IS NULL;

-- name: release_rest
UPDATE campaign_parts p SET variant = :variant, due_at = z.due_at
FROM unnest(:zones::text[], :moments::timestamptz[]) AS z (name, due_at)
WHERE p.workspace_id = :workspace_id AND p.send_id = :id AND p.rest AND p.queued_at IS NULL AND p.zone = z.name;
