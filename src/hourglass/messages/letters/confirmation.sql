-- name: ask
-- all workspaces: one worker looks after everybody.
WITH unsent AS (
  SELECT r.id, r.workspace_id, i.profile_id, r.channel, r.topic, nextval('run_ids') AS run_id
  FROM consent_requests r JOIN identities i ON i.workspace_id = r.workspace_id AND i.id = r.identity_id
  WHERE r.message_id IS NULL AND r.confirmed_at IS NULL AND r.expires_at > :now
  ORDER BY r.id LIMIT :most FOR UPDATE OF r SKIP LOCKED),
made AS (
  INSERT INTO messages (workspace_id, profile_id, run_id, journey_id, step, channel, template, topic, class, state, facts,
    created_at, not_before)
  SELECT u.workspace_id, u.profile_id, u.run_id, 0, 'confirm', u.channel, :template, u.topic, 'transactional', 'queued',
    jsonb_build_object('event', 'Consent Requested', 'at', :now::timestamptz, 'properties', jsonb_build_object(
      'request_id', u.id, 'topic', coalesce(v.body ->> 'name', u.topic),
      'topic_ru', v.body -> 'locales' -> 'ru' ->> 'name')),
    :now, :now
  FROM unsent u
  LEFT JOIN definitions d ON d.workspace_id = u.workspace_id AND d.kind = 'topic' AND d.key = u.topic
  LEFT JOIN definition_versions v
    ON (v.workspace_id, v.kind, v.key, v.version) = (d.workspace_id, d.kind, d.key, d.version)
  RETURNING id, run_id)
UPDATE consent_requests r SET message_id = made.id FROM unsent u JOIN made USING (run_id) WHERE r.id = u.id;

-- name: notify_outbox
SELECT pg_notify('hourglass_outbox', '');

-- name: request_of
SELECT facts -> 'properties' ->> 'request_id' FROM messages
WHERE workspace_id = :workspace_id AND id = :id AND step = 'confirm' AND run_id > 0;

-- name: topic
SELECT v.body FROM definitions d
JOIN definition_versions v ON (v.workspace_id, v.kind, v.key, v.version) = (d.workspace_id, d.kind, d.key, d.version)
WHERE d.workspace_id = :workspace_id AND d.kind = 'topic' AND d.key = :key;
