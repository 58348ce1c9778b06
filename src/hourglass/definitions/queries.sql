-- name: bump
-- Tells every cache that something changed; in the same transaction as the change.
UPDATE workspaces SET definitions_stamp = definitions_stamp + 1 WHERE id = :workspace_id;

-- name: wake_engine
SELECT pg_notify('hourglass_log', ''), pg_notify('hourglass_definitions', '');

-- name: stamp
SELECT definitions_stamp FROM workspaces WHERE id = :workspace_id;

-- name: lock
SELECT version FROM definitions WHERE workspace_id = :workspace_id AND kind = :kind AND key = :key FOR UPDATE;

-- name: put_head
INSERT INTO definitions (workspace_id, kind, key, version, state, updated_at)
VALUES (:workspace_id, :kind, :key, :version, :state, :now)
ON CONFLICT (workspace_id, kind, key)
DO UPDATE SET version = EXCLUDED.version, state = EXCLUDED.state, updated_at = EXCLUDED.updated_at
WHERE definitions.version = EXCLUDED.version - 1;

-- name: put_version
INSERT INTO definition_versions (workspace_id, kind, key, version, body, author, at)
VALUES (:workspace_id, :kind, :key, :version, :body, :author, :now);

-- name: set_state
UPDATE definitions SET state = :state, updated_at = :now
WHERE workspace_id = :workspace_id AND kind = :kind AND key = :key;

-- name: remove
DELETE FROM definitions WHERE workspace_id = :workspace_id AND kind = :kind AND key = :key;

-- name: find
SELECT d.id, d.kind, d.key, d.version, d.state, d.updated_at, v.body
FROM definitions d JOIN definition_versions v USING (workspace_id, kind, key, version)
WHERE d.workspace_id = :workspace_id AND d.kind = :kind AND d.key = :key;

-- name: list
-- Of one kind, or of all when kind is null.
SELECT d.id, d.kind, d.key, d.version, d.state, d.updated_at, v.body
FROM definitions d JOIN definition_versions v USING (workspace_id, kind, key, version)
WHERE d.workspace_id = :workspace_id AND (:kind::text IS NULL OR d.kind = :kind)
ORDER BY d.kind, d.key;

-- name: versions
SELECT version, body, author, at FROM definition_versions
WHERE workspace_id = :workspace_id AND kind = :kind AND key = :key ORDER BY version DESC;

-- name: bodies
-- Documents at stated versions, for people who still stand on an older one.
SELECT d.id, v.version, v.body
FROM unnest(:ids::int[], :numbers::int[]) AS wanted (id, version)
JOIN definitions d ON d.id = wanted.id AND d.workspace_id = :workspace_id
JOIN definition_versions v ON (v.workspace_id, v.kind, v.key, v.version) = (d.workspace_id, d.kind, d.key, wanted.version);
