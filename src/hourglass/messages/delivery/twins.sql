-- name: twins
-- Messages of a send beside which stands one to the person themselves, or an earlier one to somebody else who is that person.
SELECT m.id FROM unnest(:workspace_ids::int[], :ids::bigint[], :people::bigint[]) AS q (workspace_id, id, person)
JOIN messages m ON m.workspace_id = q.workspace_id AND m.id = q.id
WHERE EXISTS (
  SELECT FROM messages o
  WHERE o.send_id = m.send_id AND o.workspace_id = m.workspace_id AND o.id <> m.id
    AND o.profile_id IN (SELECT q.person UNION ALL
      SELECT a.id FROM profiles a WHERE a.workspace_id = q.workspace_id AND a.merged_into = q.person)
    AND (o.profile_id = q.person OR o.id < m.id));
