-- name: editions
SELECT * FROM campaign_sends WHERE workspace_id = :workspace_id AND campaign_id = :campaign_id AND occasion IS NOT NULL
ORDER BY id DESC LIMIT 500;
