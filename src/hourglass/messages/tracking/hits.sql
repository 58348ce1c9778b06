-- name: note
INSERT INTO message_hits (workspace_id, message_id, kind, at, method, url, ip, user_agent)
SELECT m.workspace_id, m.id, :kind, :at, :method, :url, :ip, :user_agent FROM messages m
WHERE m.workspace_id = :workspace_id AND m.id = :message_id
  AND (SELECT count(*) FROM message_hits h WHERE h.workspace_id = m.workspace_id AND h.message_id = m.id) < :most;

-- name: claim
-- all workspaces: whoever judges serves everybody.
SELECT id FROM message_hits WHERE NOT told AND at <= :before ORDER BY at LIMIT :limit FOR UPDATE SKIP LOCKED;

-- name: around
-- The claimed hits and all others on the same messages, with what an event says about each message.
-- all workspaces: whoever judges serves everybody.
SELECT h.workspace_id, h.message_id, h.told, h.id = ANY(:ids::bigint[]) AS due, h.id, h.kind, h.at, h.method, h.url, h.ip,
  h.user_agent, m.sent_at, m.profile_id, m.channel, m.template, m.topic, m.proof,
  (SELECT d.key FROM definitions d WHERE d.workspace_id = m.workspace_id AND d.id = m.journey_id AND d.kind = 'journey')
    AS journey,
  (SELECT d.key FROM definitions d WHERE d.workspace_id = m.workspace_id AND d.id = m.journey_id AND d.kind = 'campaign')
    AS campaign
FROM (SELECT DISTINCT workspace_id, message_id FROM message_hits WHERE id = ANY(:ids::bigint[])) AS hit
JOIN message_hits h ON h.workspace_id = hit.workspace_id AND h.message_id = hit.message_id
JOIN messages m ON m.workspace_id = h.workspace_id AND m.id = h.message_id
ORDER BY h.at, h.id;

-- name: done
-- all workspaces: whoever judges serves everybody.
UPDATE message_hits SET told = true WHERE id = ANY(:ids::bigint[]);

-- name: forget
-- all workspaces: whoever judges serves everybody.
DELETE FROM message_hits WHERE told AND at < :before;
