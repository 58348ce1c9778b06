-- name: append
INSERT INTO consents (workspace_id, identity_id, profile_id, channel, topic, granted, at, source, proof)
SELECT :workspace_id, identity_id, profile_id, channel, topic, granted, at, source, proof::jsonb
FROM unnest(:identities::bigint[], :profiles::bigint[], :channels::text[], :topics::text[], :answers::bool[],
            :ats::timestamptz[], :sources::text[], :proofs::text[])
  AS new (identity_id, profile_id, channel, topic, granted, at, source, proof);

-- name: current
-- The latest answer per person, channel and topic; at the same moment no outweighs yes.
SELECT DISTINCT ON (profile_id, channel, topic) profile_id, channel, topic, granted, at, source
FROM consents WHERE workspace_id = :workspace_id AND profile_id = ANY(:ids::bigint[])
ORDER BY profile_id, channel, topic, at DESC, granted, id DESC;

-- name: answered
-- What these people have said anything about.
SELECT DISTINCT profile_id, channel, topic FROM consents
WHERE workspace_id = :workspace_id AND profile_id = ANY(:ids::bigint[]) ORDER BY 1, 2, 3;

-- name: strongest
-- The identity that stands for each person: the strongest kind, then the oldest.
SELECT DISTINCT ON (profile_id) profile_id, id FROM identities
WHERE workspace_id = :workspace_id AND profile_id = ANY(:ids::bigint[])
ORDER BY profile_id, array_position(ARRAY['user_id', 'email', 'phone', 'anonymous_id'], kind), id;
