-- name: identities
-- Who is told of for the first time by now. They keep the numbers that they were given then, and are asked about segments.
WITH born AS (DELETE FROM later_identities WHERE workspace_id = :workspace_id AND first_seen_at <= :now RETURNING *),
identified AS (
  INSERT INTO identities (workspace_id, id, kind, value, profile_id, first_seen_at, holds)
  SELECT workspace_id, id, kind, value, profile_id, first_seen_at, holds FROM born),
people AS (
  INSERT INTO profiles (workspace_id, id, known, first_seen_at, last_seen_at)
  SELECT workspace_id, profile_id, bool_or(kind <> 'anonymous_id'), min(first_seen_at), min(first_seen_at)
  FROM born GROUP BY 1, 2 ON CONFLICT DO NOTHING RETURNING id)
INSERT INTO rechecks (workspace_id, profile_id, due_at)
SELECT :workspace_id, id, :now FROM people WHERE :asked ON CONFLICT DO NOTHING;

-- name: others
-- What others said to people by now, answers given on pages, addresses suppressed.
WITH said AS (
  INSERT INTO messages SELECT l.* FROM later_messages l WHERE l.workspace_id = :workspace_id AND l.sent_at <= :now
  ON CONFLICT DO NOTHING),
answered AS (
  INSERT INTO consents OVERRIDING SYSTEM VALUE
  SELECT l.* FROM later_consents l WHERE l.workspace_id = :workspace_id AND l.at <= :now ON CONFLICT DO NOTHING),
suppressed AS (
  INSERT INTO suppressions SELECT l.* FROM later_suppressions l WHERE l.workspace_id = :workspace_id AND l.at <= :now
  ON CONFLICT DO NOTHING),
gone_messages AS (DELETE FROM later_messages WHERE workspace_id = :workspace_id AND sent_at <= :now),
gone_consents AS (DELETE FROM later_consents WHERE workspace_id = :workspace_id AND at <= :now)
DELETE FROM later_suppressions WHERE workspace_id = :workspace_id AND at <= :now;

-- name: moments
SELECT sent_at FROM later_messages WHERE workspace_id = :workspace_id
UNION ALL SELECT first_seen_at FROM later_identities WHERE workspace_id = :workspace_id
UNION ALL SELECT at FROM later_consents WHERE workspace_id = :workspace_id
UNION ALL SELECT at FROM later_suppressions WHERE workspace_id = :workspace_id ORDER BY 1;
