-- name: about
SELECT m.workspace_id, m.id, m.profile_id, m.channel, m.template, m.topic, m.proof, coalesce(jsonb_array_length(m.tried), 0) AS tries,
  (SELECT d.key FROM definitions d WHERE d.workspace_id = m.workspace_id AND d.id = m.journey_id AND d.kind = 'journey')
    AS journey,
  (SELECT d.key FROM definitions d WHERE d.workspace_id = m.workspace_id AND d.id = m.journey_id AND d.kind = 'campaign')
    AS campaign
FROM unnest(:workspace_ids::int[], :ids::bigint[]) AS told (workspace_id, id)
JOIN messages m ON m.workspace_id = told.workspace_id AND m.id = told.id
WHERE m.sent_at IS NOT NULL AND (m.tried IS NULL OR m.address LIKE '%@%');

-- name: keep
INSERT INTO returned_mail (workspace_id, message_id, at, kind, sort, domain, status, said)
SELECT told.workspace_id, told.id, told.at, told.kind, told.sort, lower(split_part(m.address, '@', 2)), told.status, told.said
FROM unnest(:workspace_ids::int[], :ids::bigint[], :ats::timestamptz[], :kinds::text[], :sorts::text[], :statuses::text[],
  :saids::text[]) AS told (workspace_id, id, at, kind, sort, status, said)
JOIN messages m ON m.workspace_id = told.workspace_id AND m.id = told.id
ON CONFLICT DO NOTHING;

-- name: forget
-- all workspaces: the role that receives returned mail looks after the table.
DELETE FROM returned_mail WHERE at < :before;
