-- name: note
-- The last soft bounce of each message, in whatever order they come.
-- all workspaces: a message is named by its proof, which nobody outside knows.
UPDATE messages m SET soft_bounced_at = greatest(m.soft_bounced_at, t.at)
FROM (SELECT id, proof, max(at) AS at FROM unnest(:ids::bigint[], :proofs::uuid[], :ats::timestamptz[]) AS n (id, proof, at)
      GROUP BY 1, 2) t
WHERE m.id = t.id AND m.proof = t.proof RETURNING m.workspace_id;

-- name: suppress
-- A message counts once. One that was delivered and bounced afterwards was not delivered.
-- all workspaces: a message is named by its proof, which nobody outside knows.
WITH concerned AS (
  SELECT DISTINCT m.workspace_id, m.channel, lower(m.address) AS address, r.most, r.span, r.detail
  FROM unnest(:ids::bigint[], :proofs::uuid[], :ats::timestamptz[]) AS t (id, proof, at)
  JOIN messages m ON m.id = t.id AND m.proof = t.proof
  JOIN unnest(:workspace_ids::int[], :most::int[], :spans::interval[], :details::text[])
    AS r (workspace_id, most, span, detail) ON r.workspace_id = m.workspace_id
  WHERE m.address IS NOT NULL),
bounces AS (
  SELECT c.*, b.profile_id, b.soft_bounced_at AS at,
    max(b.soft_bounced_at) OVER (PARTITION BY c.workspace_id, c.channel, c.address) AS last_at
  FROM concerned c JOIN messages b ON b.workspace_id = c.workspace_id AND b.channel = c.channel
    AND lower(b.address) = c.address AND b.soft_bounced_at IS NOT NULL),
well AS (
  SELECT p.workspace_id, p.channel, p.address, max(greatest(m.opened_at, m.clicked_at,
    CASE WHEN m.bounced_at IS NULL OR m.delivered_at > coalesce(m.soft_bounced_at, m.bounced_at) THEN m.delivered_at END)) AS at
  FROM (SELECT DISTINCT workspace_id, channel, address, profile_id FROM bounces) p
  JOIN messages m ON m.workspace_id = p.workspace_id AND m.profile_id = p.profile_id AND m.channel = p.channel
    AND lower(m.address) = p.address
  GROUP BY 1, 2, 3)
INSERT INTO suppressions (workspace_id, channel, address, reason, detail, at)
SELECT b.workspace_id, b.channel, b.address, 'soft_bounced', min(b.detail), max(b.at)
FROM bounces b LEFT JOIN well w USING (workspace_id, channel, address)
WHERE b.at > coalesce(w.at, '-infinity') AND b.at > b.last_at - b.span
GROUP BY 1, 2, 3 HAVING count(*) >= min(b.most)
ORDER BY 1, 2, 3 ON CONFLICT DO NOTHING;

-- name: release
-- all workspaces: a message is named by its proof, which nobody outside knows.
DELETE FROM suppressions s
USING unnest(:ids::bigint[], :proofs::uuid[], :ats::timestamptz[]) AS t (id, proof, at)
JOIN messages m ON m.id = t.id AND m.proof = t.proof
WHERE s.workspace_id = m.workspace_id AND s.channel = m.channel AND s.address = lower(m.address)
  AND s.reason = 'soft_bounced' AND s.author IS NULL AND s.at < t.at;
