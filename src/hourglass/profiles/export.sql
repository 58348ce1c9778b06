-- name: events
SELECT e.at, n.name, e.properties, i.kind || ':' || i.value AS said_by FROM events e
JOIN event_names n ON n.workspace_id = e.workspace_id AND n.id = e.name_id
JOIN identities i ON i.workspace_id = e.workspace_id AND i.id = e.identity_id
WHERE e.workspace_id = :workspace_id AND i.profile_id = ANY(:profiles::bigint[]) ORDER BY e.at, e.seq;

-- name: orders
SELECT to_jsonb(o) - 'workspace_id' FROM orders o
WHERE workspace_id = :workspace_id AND profile_id = ANY(:profiles::bigint[]) ORDER BY ordered_at;

-- name: carts
SELECT to_jsonb(c) - 'workspace_id' FROM carts c
WHERE workspace_id = :workspace_id AND profile_id = ANY(:profiles::bigint[]) ORDER BY opened_at;

-- name: messages
SELECT to_jsonb(m) - ARRAY['workspace_id', 'proof', 'claimed_by'] FROM messages m
WHERE workspace_id = :workspace_id AND profile_id = ANY(:profiles::bigint[]) ORDER BY created_at;

-- name: runs
SELECT to_jsonb(r) - 'workspace_id' FROM journey_runs r
WHERE workspace_id = :workspace_id AND profile_id = ANY(:profiles::bigint[]) ORDER BY entered_at;

-- name: consents
SELECT to_jsonb(c) - 'workspace_id' FROM consents c
WHERE workspace_id = :workspace_id AND profile_id = ANY(:profiles::bigint[]) ORDER BY at;

-- name: consent_requests
SELECT to_jsonb(r) - 'workspace_id' FROM consent_requests r
WHERE workspace_id = :workspace_id AND identity_id IN (
  SELECT id FROM identities WHERE workspace_id = :workspace_id AND profile_id = ANY(:profiles::bigint[])) ORDER BY at;

-- name: wishes
SELECT to_jsonb(w) - 'workspace_id' FROM wishes w
WHERE workspace_id = :workspace_id AND identity_id IN (
  SELECT id FROM identities WHERE workspace_id = :workspace_id AND profile_id = ANY(:profiles::bigint[])) ORDER BY at;

-- name: links
-- Why these identifiers are thought to be one person, or not.
SELECT jsonb_build_object('one', a.kind || ':' || a.value, 'other', b.kind || ':' || b.value, 'kind', l.kind, 'at', l.at,
  'state', l.state, 'reason', l.reason)
FROM identities mine
JOIN identity_links l ON l.workspace_id = mine.workspace_id AND l.low = mine.id
JOIN identities a ON a.workspace_id = l.workspace_id AND a.id = l.low
JOIN identities b ON b.workspace_id = l.workspace_id AND b.id = l.high
WHERE mine.workspace_id = :workspace_id AND mine.profile_id = ANY(:profiles::bigint[]) AND b.profile_id = mine.profile_id
ORDER BY l.at;

-- name: moves
SELECT to_jsonb(m) - ARRAY['workspace_id', 'id'] FROM identity_moves m
WHERE workspace_id = :workspace_id AND identity_id IN (
  SELECT id FROM identities WHERE workspace_id = :workspace_id AND profile_id = ANY(:profiles::bigint[])) ORDER BY m.id;

-- name: suppressions
SELECT to_jsonb(s) - 'workspace_id' FROM suppressions s
JOIN profiles p ON p.workspace_id = s.workspace_id AND s.address IN (p.email, p.phone)
WHERE s.workspace_id = :workspace_id AND p.id = ANY(:profiles::bigint[]);
