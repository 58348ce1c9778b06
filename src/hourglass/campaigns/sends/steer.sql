-- name: begin
INSERT INTO campaign_sends (workspace_id, campaign_id, version, state, author, created_at, due_at, anyway)
VALUES (:workspace_id, :campaign_id, :version, 'scheduled', :author, :now, :due_at, :anyway)
ON CONFLICT DO NOTHING;

-- name: resume
UPDATE campaign_sends SET paused = false WHERE workspace_id = :workspace_id AND id = :id;

-- name: cancel
-- What has come to its end in this moment stays finished.
UPDATE campaign_sends SET state = 'cancelling', paused = false
WHERE workspace_id = :workspace_id AND id = :id AND state IN ('scheduled', 'sending', 'cancelling');
