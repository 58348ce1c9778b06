-- name: put
INSERT INTO assets (workspace_id, key, media_type, content, updated_at)
VALUES (:workspace_id, :key, :media_type, :content, :now)
ON CONFLICT (workspace_id, key)
DO UPDATE SET media_type = EXCLUDED.media_type, content = EXCLUDED.content, updated_at = EXCLUDED.updated_at;

-- name: used
-- Octets of all files but one.
SELECT coalesce(sum(size), 0)::bigint FROM assets WHERE workspace_id = :workspace_id AND key <> :key;

-- name: list
SELECT key, media_type, size, updated_at FROM assets WHERE workspace_id = :workspace_id ORDER BY key;

-- name: contents
SELECT key, media_type, content FROM assets WHERE workspace_id = :workspace_id AND key = ANY(:keys::text[]);

-- name: remove
DELETE FROM assets WHERE workspace_id = :workspace_id AND key = :key;

-- name: bump
-- What is compiled with a file is compiled anew.
UPDATE workspaces SET definitions_stamp = definitions_stamp + 1 WHERE id = :workspace_id;
