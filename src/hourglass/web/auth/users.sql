-- name: create_user
INSERT INTO users (workspace_id, name, role, exports, locale)
VALUES (:workspace_id, :name, :role, :exports, :locale) RETURNING id;

-- name: list_users
SELECT id, name, role, exports, locale, created_at FROM users WHERE workspace_id = :workspace_id ORDER BY id;

-- name: hold
-- Changes of who is an owner come one after another, so that two cannot each take away the other's last one.
SELECT pg_advisory_xact_lock(hashtext('hourglass users'), :workspace_id);

-- name: set_rights
UPDATE users SET role = :role, exports = :exports WHERE workspace_id = :workspace_id AND id = :id;

-- name: remove_user
DELETE FROM users WHERE workspace_id = :workspace_id AND id = :id;
