-- name: hold
-- all workspaces: the lock is one for the table.
LOCK TABLE secrets IN ROW EXCLUSIVE MODE;

-- name: hold_alone
-- all workspaces: the lock is one for the table.
LOCK TABLE secrets IN SHARE ROW EXCLUSIVE MODE;

-- name: put
INSERT INTO secrets (workspace_id, name, sealed, author, updated_at)
VALUES (:workspace_id, :name, :sealed, :author, :now)
ON CONFLICT (workspace_id, name)
DO UPDATE SET sealed = EXCLUDED.sealed, author = EXCLUDED.author, updated_at = EXCLUDED.updated_at;

-- name: tell
-- Whoever keeps a provider open looks at the stamp of definitions; a new key is a new provider.
UPDATE workspaces SET definitions_stamp = definitions_stamp + 1 WHERE id = :workspace_id;

-- name: list
SELECT name, author, updated_at FROM secrets WHERE workspace_id = :workspace_id ORDER BY name;

-- name: remove
DELETE FROM secrets WHERE workspace_id = :workspace_id AND name = :name;

-- name: sealed
SELECT workspace_id, name, sealed FROM secrets WHERE workspace_id = :workspace_id AND name = ANY(:names::text[]);

-- name: all_sealed
-- all workspaces: a rotation changes the key of the installation.
SELECT workspace_id, name, sealed FROM secrets ORDER BY workspace_id, name;

-- name: reseal
-- all workspaces: a rotation changes the key of the installation.
UPDATE secrets s SET sealed = fresh.sealed
FROM unnest(:workspace_ids::int[], :names::text[], :sealed::bytea[]) AS fresh (workspace_id, name, sealed)
WHERE s.workspace_id = fresh.workspace_id AND s.name = fresh.name;
