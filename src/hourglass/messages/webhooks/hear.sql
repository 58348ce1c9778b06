-- name: about_all
SELECT m.workspace_id, m.id, m.profile_id, m.channel, m.template, m.topic, m.proof,
  (SELECT d.key FROM definitions d WHERE d.workspace_id = m.workspace_id AND d.id = m.journey_id AND d.kind = 'journey')
    AS journey,
  (SELECT d.key FROM definitions d WHERE d.workspace_id = m.workspace_id AND d.id = m.journey_id AND d.kind = 'campaign')
    AS campaign
FROM messages m WHERE m.workspace_id = :workspace_id AND m.channel = :channel AND m.id = ANY(:ids::bigint[]);

-- name: forget_tokens
DELETE FROM webhook_tokens WHERE workspace_id = :workspace_id AND at < :before;

-- name: use_token
-- The digest that stands with the token: this one, or the one it came with before.
INSERT INTO webhook_tokens (workspace_id, token, body, at) VALUES (:workspace_id, :token, :body, :now)
ON CONFLICT (workspace_id, token) DO UPDATE SET token = EXCLUDED.token RETURNING body;
