-- name: request
INSERT INTO consent_requests (workspace_id, identity_id, channel, topic, at, expires_at, source, told, form, ip, user_agent,
                              proof)
SELECT DISTINCT ON (profile_id, channel, topic) :workspace_id, identity_id, channel, topic, at, until, source, told, form, ip,
       user_agent, proof::jsonb
FROM unnest(:identities::bigint[], :profiles::bigint[], :channels::text[], :topics::text[], :ats::timestamptz[],
            :until::timestamptz[], :quiet::timestamptz[], :sources::text[], :told::text[], :forms::text[], :ips::text[],
            :agents::text[], :proofs::text[])
  AS new (identity_id, profile_id, channel, topic, at, until, quiet, source, told, form, ip, user_agent, proof)
WHERE NOT EXISTS (
  SELECT FROM identities i JOIN consent_requests r ON r.workspace_id = i.workspace_id AND r.identity_id = i.id
  WHERE i.workspace_id = :workspace_id AND i.profile_id = new.profile_id AND r.channel = new.channel
    AND r.topic = new.topic AND r.at > new.quiet AND r.confirmed_at IS NULL)
ORDER BY profile_id, channel, topic, at;

-- name: find
SELECT r.*, i.profile_id FROM consent_requests r
JOIN identities i ON i.workspace_id = r.workspace_id AND i.id = r.identity_id
WHERE r.workspace_id = :workspace_id AND r.id = :id;

-- name: of_person
SELECT r.*, i.profile_id FROM identities i
JOIN consent_requests r ON r.workspace_id = i.workspace_id AND r.identity_id = i.id
WHERE i.workspace_id = :workspace_id AND i.profile_id = :profile_id ORDER BY r.at DESC, r.id DESC;

-- name: confirm
UPDATE consent_requests SET confirmed_at = :now WHERE workspace_id = :workspace_id AND id = :id AND confirmed_at IS NULL;
