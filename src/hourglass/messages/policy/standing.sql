-- name: policy
SELECT v.body::text FROM definitions d
JOIN definition_versions v ON (v.workspace_id, v.kind, v.key, v.version) = (d.workspace_id, d.kind, d.key, d.version)
WHERE d.workspace_id = :workspace_id AND d.kind = 'policy' AND d.key = :key AND d.state = 'live';

-- name: journeys
SELECT key FROM definitions WHERE workspace_id = :workspace_id AND kind IN ('journey', 'campaign') AND state <> 'archived';
