-- name: begin
-- One that is over begins anew; one that runs or is paused stays as it is.
INSERT INTO campaign_series AS s (workspace_id, campaign_id, state, author, began_at, upto, anyway)
VALUES (:workspace_id, :campaign_id, 'running', :author, :now, :now, :anyway)
ON CONFLICT (workspace_id, campaign_id) DO UPDATE SET state = 'running', author = EXCLUDED.author,
  began_at = EXCLUDED.began_at, upto = EXCLUDED.upto, editions = 0, missed = 0,
  anyway = EXCLUDED.anyway
WHERE s.state = 'over';

-- name: all
SELECT * FROM campaign_series WHERE workspace_id = :workspace_id;

-- name: one
SELECT * FROM campaign_series
WHERE workspace_id = :workspace_id AND campaign_id = :campaign_id;

-- name: hold_running
-- Also paused ones, whose occasions pass by. Each is somebody's alone.
SELECT * FROM campaign_series
WHERE workspace_id = :workspace_id AND state <> 'over' ORDER BY campaign_id FOR UPDATE SKIP LOCKED;

-- name: turn
UPDATE campaign_series SET state = :becomes
WHERE workspace_id = :workspace_id AND campaign_id = :campaign_id AND state = ANY(:was::text[]);

-- name: begin_edition
INSERT INTO campaign_sends (workspace_id, campaign_id, version, state, author, created_at, due_at, occasion, anyway,
  edition)
SELECT :workspace_id, :campaign_id, :version, 'scheduled', :author, :now, :occasion, :occasion, :anyway,
  (SELECT count(*) + 1 FROM campaign_sends WHERE workspace_id = :workspace_id AND campaign_id = :campaign_id)
ON CONFLICT (workspace_id, campaign_id, occasion) WHERE occasion IS NOT NULL DO NOTHING;

-- name: dealt_with
UPDATE campaign_series SET upto = :upto, editions = editions + :editions, missed = missed + :missed
WHERE workspace_id = :workspace_id AND campaign_id = :campaign_id;
