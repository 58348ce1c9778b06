-- name: traits
SELECT p.id, {columns} FROM profiles p WHERE p.workspace_id = :workspace_id AND p.id = ANY(:ids::bigint[]);

-- name: members
SELECT m.profile_id, 'segment:' || d.key
FROM segment_members m JOIN definitions d ON d.id = m.segment_id AND d.workspace_id = m.workspace_id
WHERE m.workspace_id = :workspace_id AND m.profile_id = ANY(:ids::bigint[]) AND d.key = ANY(:keys::text[]);

-- name: consented
-- As the gate decides: the last word on the topic or on every topic of the channel; at the same moment no outweighs yes.
SELECT profile_id, 'consent:' || channel || ':' || topic
FROM (
  SELECT DISTINCT ON (c.profile_id, asked.channel, asked.topic) c.profile_id, asked.channel, asked.topic, c.granted
  FROM consents c
  JOIN unnest(:channels::text[], :topics::text[]) AS asked (channel, topic)
    ON c.channel = asked.channel AND c.topic IN (asked.topic, :every)
  WHERE c.workspace_id = :workspace_id AND c.profile_id = ANY(:ids::bigint[]) AND c.purpose = 'marketing'
  ORDER BY c.profile_id, asked.channel, asked.topic, c.at DESC, c.granted, c.id DESC) latest
WHERE granted;

-- name: all_members
SELECT m.profile_id
FROM segment_members m JOIN definitions d ON d.id = m.segment_id AND d.workspace_id = m.workspace_id
WHERE m.workspace_id = :workspace_id AND d.kind = 'segment' AND d.key = :key;

-- name: all_consented
SELECT profile_id FROM (
  SELECT DISTINCT ON (profile_id) profile_id, granted FROM consents
  WHERE workspace_id = :workspace_id AND channel = :channel AND topic IN (:topic, :every) AND purpose = 'marketing'
  ORDER BY profile_id, at DESC, granted, id DESC) latest
WHERE granted;

-- name: all_traits
SELECT p.id, {columns} FROM profiles p WHERE p.workspace_id = :workspace_id AND p.merged_into IS NULL;
