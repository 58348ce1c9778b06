-- name: hold_people
-- Two batches never judge the same person at the same moment; the second sees what the first let pass.
SELECT pg_advisory_xact_lock(7265, mod(:workspace_id::int, 4000000) * 512 + bucket)
FROM (SELECT DISTINCT (id % 512)::int AS bucket FROM unnest(:ids::bigint[]) AS p (id) ORDER BY 1) held;

-- name: journeys
SELECT m.id, d.key FROM messages m JOIN definitions d ON d.workspace_id = m.workspace_id AND d.id = m.journey_id
WHERE m.workspace_id = :workspace_id AND m.id = ANY(:ids::bigint[]);

-- name: suppressions
SELECT channel, address, reason FROM suppressions
WHERE workspace_id = :workspace_id AND (channel, address) IN (SELECT * FROM unnest(:channels::text[], :addresses::text[]));

-- name: had
-- What reached these people lately or is on its way, also under profiles they absorbed; those asked about do not count.
WITH RECURSIVE family (person, id) AS (
  SELECT p, p FROM unnest(:profile_ids::bigint[]) AS asked (p)
  UNION
  SELECT f.person, p.id FROM family f
  JOIN profiles p ON p.workspace_id = :workspace_id AND p.merged_into = f.id)
SELECT f.person, m.channel, m.topic, m.class = 'marketing' AS marketing, m.state <> 'claimed' AS sure,
  coalesce(m.sent_at, m.claimed_at) AS at, d.key AS journey
FROM family f
JOIN messages m ON m.workspace_id = :workspace_id AND m.profile_id = f.id
LEFT JOIN definitions d ON d.workspace_id = m.workspace_id AND d.id = m.journey_id
WHERE (m.class = 'marketing' OR :everything) AND m.state IN ('sent', 'unknown', 'claimed')
  AND coalesce(m.sent_at, m.claimed_at) > :since AND m.id <> ALL(:ids::bigint[]);

-- name: coming
-- Journeys that are about to write to these people: messages that wait, and runs that wait for their next step.
WITH RECURSIVE family (person, id) AS (
  SELECT p, p FROM unnest(:profile_ids::bigint[]) AS asked (p)
  UNION
  SELECT f.person, p.id FROM family f
  JOIN profiles p ON p.workspace_id = :workspace_id AND p.merged_into = f.id),
competing AS (
  SELECT id, key, state FROM definitions
  WHERE workspace_id = :workspace_id AND kind = 'journey' AND key = ANY(:journeys::text[]))
SELECT person, key, min(at) FROM (
  SELECT f.person, c.key, m.not_before AS at
  FROM family f
  JOIN messages m ON m.workspace_id = :workspace_id AND m.profile_id = f.id AND m.state = 'queued'
  JOIN competing c ON c.id = m.journey_id
  UNION ALL
  SELECT f.person, c.key, r.wake_at
  FROM family f
  JOIN journey_runs r ON r.workspace_id = :workspace_id AND r.profile_id = f.id AND r.state = 'waiting'
  JOIN competing c ON c.id = r.journey_id AND c.state = 'live'
  WHERE r.wake_at IS NOT NULL) soon
GROUP BY person, key;

-- name: wishes
-- The latest of each kind; a wish belongs to whoever has the identity now.
SELECT DISTINCT ON (i.profile_id, w.wish) i.profile_id, w.wish, w.until
FROM identities i JOIN wishes w ON w.workspace_id = i.workspace_id AND w.identity_id = i.id
WHERE i.workspace_id = :workspace_id AND i.profile_id = ANY(:profile_ids::bigint[])
ORDER BY i.profile_id, w.wish, w.at DESC, w.id DESC;

-- name: unconfirmed
SELECT DISTINCT i.profile_id, r.channel, r.topic
FROM identities i JOIN consent_requests r ON r.workspace_id = i.workspace_id AND r.identity_id = i.id
WHERE i.workspace_id = :workspace_id AND i.profile_id = ANY(:profile_ids::bigint[])
  AND r.confirmed_at IS NULL AND r.expires_at > :now;

-- name: domains
SELECT domain, takes_mail FROM mail_domains WHERE domain = ANY(:domains::text[]);

-- name: wonder
-- Domains nobody looked up yet; the look-up itself happens beside.
INSERT INTO mail_domains (domain) SELECT * FROM unnest(:domains::text[]) ON CONFLICT DO NOTHING;
