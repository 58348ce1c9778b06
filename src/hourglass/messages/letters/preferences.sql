-- name: topics
SELECT v.body FROM definitions d
JOIN definition_versions v ON (v.workspace_id, v.kind, v.key, v.version) = (d.workspace_id, d.kind, d.key, d.version)
WHERE d.workspace_id = :workspace_id AND d.kind = 'topic' AND d.state = 'live' ORDER BY d.key;

-- name: unconfirmed
SELECT r.channel, r.topic FROM identities i
JOIN consent_requests r ON r.workspace_id = i.workspace_id AND r.identity_id = i.id
WHERE i.workspace_id = :workspace_id AND i.profile_id = :person AND r.confirmed_at IS NULL AND r.expires_at > :now;

-- name: wishes
SELECT DISTINCT ON (w.wish) w.wish, w.until
FROM identities i JOIN wishes w ON w.workspace_id = i.workspace_id AND w.identity_id = i.id
WHERE i.workspace_id = :workspace_id AND i.profile_id = :person ORDER BY w.wish, w.at DESC, w.id DESC;

-- name: wish
-- Written down only where it changes something.
INSERT INTO wishes (workspace_id, identity_id, wish, until, at, source, ip, user_agent)
SELECT :workspace_id, :identity, :wish, :until, :now, :source, :ip, :user_agent
WHERE (SELECT w.until FROM identities i JOIN wishes w ON w.workspace_id = i.workspace_id AND w.identity_id = i.id
       WHERE i.workspace_id = :workspace_id AND i.profile_id = :person AND w.wish = :wish
       ORDER BY w.at DESC, w.id DESC LIMIT 1) IS DISTINCT FROM :until::timestamptz;
