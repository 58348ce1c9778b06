-- name: collected
-- The events of each run's person between two moments, the latest first; and the one that let it in, where that counts.
SELECT r.id AS run_id, e.seq, e.at, e.order_id, e.product_id, e.category, e.quantity, e.revenue, e.properties
FROM unnest(:runs::bigint[], :people::bigint[], :since::timestamptz[], :until::timestamptz[], :firsts::bigint[])
  AS r (id, profile_id, since, until, first_seq)
CROSS JOIN LATERAL (
  SELECT e.* FROM identities i
  JOIN LATERAL (
    SELECT * FROM events e
    WHERE e.identity_id = i.id AND e.workspace_id = :workspace_id
      AND e.name_id = (SELECT n.id FROM event_names n WHERE n.workspace_id = :workspace_id AND n.name = :event)
      AND e.at <= r.until AND (e.at >= r.since OR e.seq = r.first_seq)
    OFFSET 0) e ON true
  WHERE i.workspace_id = :workspace_id AND i.profile_id = r.profile_id
  ORDER BY e.at DESC, e.seq DESC LIMIT :most) e
ORDER BY r.id, e.at DESC, e.seq DESC;
