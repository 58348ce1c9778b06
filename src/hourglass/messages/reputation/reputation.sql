-- name: complaints
SELECT count(*)::int FROM messages WHERE workspace_id = :workspace_id AND complained_at > :since AND complained_at <= :now
  AND channel = 'email' AND class = 'marketing';

-- name: sent
-- A day of slack: what was made before may have left within the window.
SELECT count(*)::int FROM messages WHERE workspace_id = :workspace_id
  AND created_at > :since::timestamptz - interval '1 day' AND sent_at > :since AND sent_at <= :now
  AND channel = 'email' AND class = 'marketing';

-- name: complaints_of_sends
-- What left is counted only where a few complained.
SELECT c.send_id, c.complaints,
  (SELECT count(*)::int FROM messages s WHERE s.workspace_id = :workspace_id AND s.send_id = c.send_id AND s.sent_at IS NOT NULL)
FROM (SELECT send_id, count(*)::int AS complaints FROM messages
  WHERE workspace_id = :workspace_id AND complained_at IS NOT NULL AND send_id = ANY(:ids::bigint[])
  GROUP BY send_id HAVING count(*) >= :few) AS c ORDER BY c.send_id;

-- name: bounces
-- What came back lately, by sort and by the domain of the recipient, the most frequent first.
SELECT kind, sort, domain, count(*)::int AS count, max(at) AS last_at, (array_agg(said ORDER BY at DESC))[1] AS said
FROM returned_mail WHERE workspace_id = :workspace_id AND at > :since
GROUP BY kind, sort, domain ORDER BY count(*) DESC, domain LIMIT :limit;
