-- name: keep
UPDATE messages m SET answers = coalesce(m.answers, '[]') || a.answer
FROM unnest(:ids::bigint[], :answers::jsonb[]) AS a (id, answer)
WHERE m.workspace_id = :workspace_id AND m.id = a.id;
