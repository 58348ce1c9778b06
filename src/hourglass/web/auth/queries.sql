-- name: create_key
INSERT INTO api_keys (workspace_id, kind, role, exports, hash, hint, created_at)
VALUES (:workspace_id, :kind, :role, :exports, :hash, :hint, :now);

-- name: list_keys
SELECT id, kind, role, exports, hint, created_at, revoked_at FROM api_keys WHERE workspace_id = :workspace_id ORDER BY id;

-- name: revoke_key
UPDATE api_keys SET revoked_at = coalesce(revoked_at, :now) WHERE workspace_id = :workspace_id AND id = :id
RETURNING id, kind, role, exports, hint, created_at, revoked_at;

-- name: find_key
-- all workspaces: the key itself says which one
SELECT workspace_id, kind, role, exports FROM api_keys WHERE hash = :hash AND revoked_at IS NULL;

-- name: living_keys
-- all workspaces: the key itself says which one
SELECT hash, workspace_id, kind FROM api_keys WHERE revoked_at IS NULL;

-- name: has_users
SELECT EXISTS (SELECT FROM users WHERE workspace_id = :workspace_id);

-- name: first_owner
SELECT id FROM users WHERE workspace_id = :workspace_id AND role = 'owner' ORDER BY id LIMIT 1;

-- name: create_link
-- all workspaces: the user has one
INSERT INTO login_links (hash, user_id, expires_at) VALUES (:hash, :user_id, :expires_at);

-- name: use_link
-- all workspaces: the token itself is the proof
UPDATE login_links SET used_at = :now WHERE hash = :hash AND used_at IS NULL AND expires_at > :now RETURNING user_id;

-- name: create_session
-- all workspaces: the user has one
INSERT INTO sessions (hash, user_id, created_at, expires_at) VALUES (:hash, :user_id, :now, :expires_at);

-- name: forget_sessions
-- all workspaces: what is over is over
DELETE FROM sessions WHERE expires_at <= :now;

-- name: find_session
-- all workspaces: the token itself is the proof
SELECT u.id AS user_id, u.workspace_id, u.name, u.role, u.exports, u.locale
FROM sessions s JOIN users u ON u.id = s.user_id WHERE s.hash = :hash AND s.expires_at > :now;

-- name: end_session
-- all workspaces: the token itself is the proof
DELETE FROM sessions WHERE hash = :hash;
