-- name: traits
SELECT p.id, {columns} FROM profiles p WHERE p.workspace_id = :workspace_id AND p.id = ANY(:ids::bigint[]);

-- name: members
SELECT m.profile_id, 'segment:' || d.key
FROM segment_members m JOIN definitions d ON d.id = m.segment_id AND d.workspace_id = m.workspace_id
WHERE m.workspace_id = :workspace_id AND m.profile_id = ANY(:ids::bigint[]) AND d.key = ANY(:keys::text[]);

-- name: consented
SELECT profile_id, 'consent:' || channel || ':' || topic
FROM (SELECT DISTINCT ON (profile_id, channel, topic) profile_id, channel, topic, granted FROM consents
      WHERE workspace_id = :workspace_id AND profile_id = ANY(:ids::bigint[])
      ORDER BY profile_id, channel, topic, at DESC, id DESC) latest
WHERE granted;
