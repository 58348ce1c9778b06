-- name: append
-- What an event says that was written down already is not written twice.
INSERT INTO consents (workspace_id, identity_id, profile_id, channel, topic, granted, at, source, purpose, proof, told, form,
                      ip, user_agent, event)
SELECT :workspace_id, identity_id, profile_id, channel, topic, granted, at, source, purpose, proof::jsonb, told, form,
       ip, user_agent, event
FROM unnest(:identities::bigint[], :profiles::bigint[], :channels::text[], :topics::text[], :answers::bool[],
            :ats::timestamptz[], :sources::text[], :purposes::text[], :proofs::text[], :told::text[], :forms::text[],
            :ips::text[], :agents::text[], :events::uuid[])
  AS new (identity_id, profile_id, channel, topic, granted, at, source, purpose, proof, told, form, ip, user_agent, event)
ON CONFLICT DO NOTHING;

-- name: current
-- The latest answer per person, purpose, channel and topic; at the same moment no outweighs yes.
SELECT DISTINCT ON (profile_id, channel, topic, purpose) profile_id, channel, topic, granted, at, source, purpose
FROM consents WHERE workspace_id = :workspace_id AND profile_id = ANY(:ids::bigint[])
  AND (:purpose::text IS NULL OR purpose = :purpose)
ORDER BY profile_id, channel, topic, purpose, at DESC, granted, id DESC;

-- name: ledger
SELECT id, profile_id, channel, topic, granted, at, source, purpose, told, form, ip, user_agent, proof
FROM consents WHERE workspace_id = :workspace_id AND profile_id = :profile_id ORDER BY at DESC, id DESC;

-- name: answered
-- What these people have said anything about.
SELECT DISTINCT profile_id, channel, topic FROM consents
WHERE workspace_id = :workspace_id AND profile_id = ANY(:ids::bigint[]) AND purpose = ANY(:purposes::text[]) ORDER BY 1, 2, 3;

-- name: strongest
-- The identity that stands for each person: the strongest kind, then the oldest.
SELECT DISTINCT ON (profile_id) profile_id, id FROM identities
WHERE workspace_id = :workspace_id AND profile_id = ANY(:ids::bigint[])
ORDER BY profile_id, array_position(ARRAY['user_id', 'email', 'phone', 'anonymous_id'], kind), id;
