-- name: identified
SELECT DISTINCT profile_id, 'identified:' || kind FROM identities
WHERE workspace_id = :workspace_id AND profile_id = ANY(:ids::bigint[]) AND kind = ANY(:kinds::text[]);

-- name: reachable
-- As the gate decides: an address that is not suppressed, and of the last words on the topic and on every topic of the
-- channel, the later one is yes; at the same moment no outweighs yes. Without a topic, one that is agreed to will do.
WITH asked AS (
  SELECT * FROM unnest(:names::text[], :channels::text[], :kinds::text[], :topics::text[]) AS a (name, channel, kind, topic)),
addressed AS (
  SELECT p.id, a.name, a.channel, a.topic
  FROM asked a
  JOIN profiles p ON p.workspace_id = :workspace_id AND p.id = ANY(:ids::bigint[])
  CROSS JOIN LATERAL (SELECT lower(CASE a.kind WHEN 'email' THEN p.email WHEN 'phone' THEN p.phone END) AS address) x
  WHERE x.address IS NOT NULL AND NOT EXISTS (
    SELECT FROM suppressions s WHERE (s.workspace_id, s.channel, s.address) = (:workspace_id, a.channel, x.address))),
said AS (
  SELECT DISTINCT ON (profile_id, channel, topic) profile_id, channel, topic, granted, at
  FROM consents
  WHERE workspace_id = :workspace_id AND profile_id = ANY(:ids::bigint[]) AND purpose = 'marketing'
    AND channel IN (SELECT channel FROM asked)
  ORDER BY profile_id, channel, topic, at DESC, granted, id DESC),
words AS (
  -- What every topic says, and each topic that was ever answered about: the later of the two.
  SELECT s.profile_id, s.channel, s.topic,
    CASE WHEN e.at > s.at OR (e.at = s.at AND NOT e.granted) THEN e.granted ELSE s.granted END AS granted
  FROM said s LEFT JOIN said e ON (e.profile_id, e.channel, e.topic) = (s.profile_id, s.channel, :every))
SELECT a.id, a.name
FROM addressed a
JOIN words w ON w.profile_id = a.id AND w.channel = a.channel AND (a.topic IS NULL OR w.topic IN (a.topic, :every))
GROUP BY a.id, a.name, a.topic
HAVING CASE WHEN a.topic IS NULL THEN bool_or(w.granted)
  ELSE coalesce(bool_or(w.granted) FILTER (WHERE w.topic = a.topic), bool_or(w.granted)) END;

-- name: all_identified
SELECT DISTINCT profile_id FROM identities WHERE workspace_id = :workspace_id AND kind = :kind;

-- name: all_reachable
-- The same of everybody for one channel, and one topic or any.
WITH said AS (
  SELECT DISTINCT ON (profile_id, topic) profile_id, topic, granted, at FROM consents
  WHERE workspace_id = :workspace_id AND channel = :channel AND purpose = 'marketing'
  ORDER BY profile_id, topic, at DESC, granted, id DESC),
words AS (
  SELECT s.profile_id, s.topic,
    CASE WHEN e.at > s.at OR (e.at = s.at AND NOT e.granted) THEN e.granted ELSE s.granted END AS granted
  FROM said s LEFT JOIN said e ON e.profile_id = s.profile_id AND e.topic = :every),
agreed AS (
  SELECT profile_id FROM words WHERE :topic::text IS NULL OR topic IN (:topic, :every) GROUP BY profile_id
  HAVING CASE WHEN :topic::text IS NULL THEN bool_or(granted)
    ELSE coalesce(bool_or(granted) FILTER (WHERE topic = :topic), bool_or(granted)) END)
SELECT p.id
FROM agreed JOIN profiles p ON p.workspace_id = :workspace_id AND p.id = agreed.profile_id
CROSS JOIN LATERAL (SELECT lower(CASE :kind WHEN 'email' THEN p.email WHEN 'phone' THEN p.phone END) AS address) x
WHERE x.address IS NOT NULL AND p.merged_into IS NULL AND NOT EXISTS (
  SELECT FROM suppressions s WHERE (s.workspace_id, s.channel, s.address) = (:workspace_id, :channel, x.address));
