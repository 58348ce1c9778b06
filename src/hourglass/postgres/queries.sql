-- name: wait_for_other_migrations
-- Held by the session, so a crash frees it. The number is only ours.
SELECT pg_advisory_lock(7261, 0);

-- name: keep_migrations
CREATE TABLE IF NOT EXISTS migrations (name text PRIMARY KEY, applied_at timestamptz NOT NULL DEFAULT now());

-- name: migrations
-- all workspaces: the shape of the database is everybody's
SELECT name FROM migrations;

-- name: note_migration
INSERT INTO migrations (name) VALUES (:name);

-- name: add_first_workspace
INSERT INTO workspaces (key, name) SELECT 'default', 'Default' WHERE NOT EXISTS (SELECT FROM workspaces);

-- name: hold_partition
-- Held by the session: a worker that dies leaves its partitions to the others.
SELECT pg_try_advisory_lock(7262, :partition::int);

-- name: release_partition
SELECT pg_advisory_unlock(7262, :partition::int);

-- name: workspace
SELECT id, key, name, currency, zone, locale, settings FROM workspaces WHERE id = :workspace_id;

-- name: workspaces
-- all workspaces: time passes in each of them
SELECT id, key, name, currency, zone, locale, settings FROM workspaces ORDER BY id;

-- name: plan_by_index
-- all workspaces: how the statements of this transaction are planned. Tables that were empty when last looked at would
-- be read whole until somebody looks again.
SELECT set_config('plan_cache_mode', 'force_generic_plan', true), set_config('enable_seqscan', 'off', true);
