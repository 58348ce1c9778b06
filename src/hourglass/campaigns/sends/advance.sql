-- name: next_part
-- Parts of a cancelled send are all due: they are only noted. The rest waits until somebody has won.
SELECT part, people, variant, rest FROM campaign_parts
WHERE workspace_id = :workspace_id AND send_id = :id AND queued_at IS NULL
  AND ((due_at <= :now AND NOT (rest AND variant IS NULL)) OR :everything)
ORDER BY due_at, part LIMIT 1 FOR UPDATE;

-- name: part_queued
UPDATE campaign_parts SET queued_at = :now, people = '{}'
WHERE workspace_id = :workspace_id AND send_id = :id AND part = :part;

-- name: fewer
-- Some of the recipients turned out to be one person.
UPDATE campaign_sends SET recipients = recipients - :count WHERE workspace_id = :workspace_id AND id = :id;

-- name: finish
UPDATE campaign_sends SET state = CASE state WHEN 'cancelling' THEN 'cancelled' ELSE 'finished' END, finished_at = :now,
  totals = :totals::jsonb
WHERE workspace_id = :workspace_id AND id = :id;

-- name: parts_left
SELECT EXISTS (SELECT FROM campaign_parts WHERE workspace_id = :workspace_id AND send_id = :id AND queued_at IS NULL);

-- name: hurries
-- Messages that are being handed over, parts that are due; a test that runs and hours to come can wait.
SELECT EXISTS (
  SELECT FROM campaign_sends s WHERE s.workspace_id = :workspace_id AND NOT s.paused AND (
    s.state = 'cancelling' OR (s.state = 'scheduled' AND s.due_at <= :now) OR (s.state = 'sending' AND (
      EXISTS (SELECT FROM campaign_parts p WHERE p.workspace_id = :workspace_id AND p.send_id = s.id
        AND p.queued_at IS NULL AND p.due_at <= :now AND NOT (p.rest AND p.variant IS NULL))
      OR EXISTS (SELECT FROM messages m WHERE m.workspace_id = :workspace_id AND m.send_id = s.id
        AND m.state IN ('queued', 'claimed'))))));

-- name: drop_parts
DELETE FROM campaign_parts WHERE workspace_id = :workspace_id AND send_id = :id AND queued_at IS NULL;

-- name: abandon
-- Recipients are those who have a message.
UPDATE campaign_sends SET state = 'cancelled', finished_at = :now, totals = :totals::jsonb,
  recipients = (SELECT coalesce(sum(n::bigint), 0) FROM jsonb_each_text(:totals::jsonb) AS t (state, n))
WHERE workspace_id = :workspace_id AND id = :id;

-- name: lately_cancelled
SELECT id FROM campaign_sends WHERE workspace_id = :workspace_id AND state = 'cancelled' AND finished_at > :since;

-- name: recount
UPDATE campaign_sends SET totals = :totals::jsonb
WHERE workspace_id = :workspace_id AND id = :id AND totals <> :totals::jsonb;
