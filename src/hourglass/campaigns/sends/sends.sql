-- name: last
SELECT * FROM campaign_sends WHERE workspace_id = :workspace_id AND campaign_id = :campaign_id
  AND (:edition::int IS NULL OR edition = :edition)
ORDER BY id DESC LIMIT 1;

-- name: open_sends
SELECT * FROM campaign_sends WHERE workspace_id = :workspace_id AND state IN ('scheduled', 'sending', 'cancelling') ORDER BY id;

-- name: hold
SELECT * FROM campaign_sends WHERE workspace_id = :workspace_id AND id = :id FOR UPDATE SKIP LOCKED;

-- name: pause
UPDATE campaign_sends SET paused = true WHERE workspace_id = :workspace_id AND id = :id;

-- name: notify
SELECT pg_notify('hourglass_campaigns', '');

-- name: complain
UPDATE campaign_sends SET problem = :problem, problem_words = :words::jsonb WHERE workspace_id = :workspace_id AND id = :id;
