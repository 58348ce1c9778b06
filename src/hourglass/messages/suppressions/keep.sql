-- name: list
SELECT channel, address, reason, detail, at, author FROM suppressions
WHERE workspace_id = :workspace_id AND (:channel::text IS NULL OR channel = :channel) AND address LIKE :pattern
  AND (address, channel) > (:after_address, :after_channel)
ORDER BY address, channel LIMIT :most;

-- name: add
WITH new AS (
  INSERT INTO suppressions (workspace_id, channel, address, reason, detail, at, author)
  SELECT :workspace_id, :channel, address, :reason, :detail, :now, :author FROM unnest(:addresses::text[]) AS a (address)
  ON CONFLICT DO NOTHING RETURNING address)
INSERT INTO suppression_changes (workspace_id, channel, address, action, reason, author, at)
SELECT :workspace_id, :channel, address, 'added', :reason, :author, :now FROM new;

-- name: reason
SELECT reason FROM suppressions WHERE workspace_id = :workspace_id AND channel = :channel AND address = :address FOR UPDATE;

-- name: remove
WITH gone AS (
  DELETE FROM suppressions WHERE workspace_id = :workspace_id AND channel = :channel AND address = :address
  RETURNING channel, address)
INSERT INTO suppression_changes (workspace_id, channel, address, action, reason, author, at)
SELECT :workspace_id, channel, address, 'removed', :reason, :author, :now FROM gone;

-- name: changes
SELECT channel, address, action, reason, author, at FROM suppression_changes
WHERE workspace_id = :workspace_id ORDER BY id DESC LIMIT :most;
