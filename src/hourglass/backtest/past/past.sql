-- name: names
-- What the identifiers of these identities are.
SELECT id, kind, value FROM identities WHERE workspace_id = :workspace_id AND id = ANY(:ids::bigint[]);

-- name: evidence
-- Two identifiers that an event of the period named together.
SELECT l.at, l.low, l.high, low.kind AS low_kind, low.value AS low_value, high.kind AS high_kind, high.value AS high_value
FROM identity_links l
JOIN identities low ON low.workspace_id = l.workspace_id AND low.id = l.low
JOIN identities high ON high.workspace_id = l.workspace_id AND high.id = l.high
WHERE l.workspace_id = :workspace_id AND l.at >= :since AND l.at < :until AND l.kind <> 'merge';

-- name: ties
-- Every identity with its person (below zero), today's and its first, and with every other one it was said to be;
-- people with those that they were merged into.
SELECT id, -profile_id FROM identities WHERE workspace_id = :workspace_id
UNION ALL SELECT id, -home_id FROM identities WHERE workspace_id = :workspace_id AND home_id IS NOT NULL
UNION ALL SELECT low, high FROM identity_links WHERE workspace_id = :workspace_id
UNION ALL SELECT -id, -merged_into FROM profiles WHERE workspace_id = :workspace_id AND merged_into IS NOT NULL;
