-- name: known_ids
SELECT message_id FROM event_ids WHERE workspace_id = :workspace_id AND message_id = ANY(:ids::uuid[]);

-- name: take_ids
-- The workspace stands in every row.
COPY event_ids (workspace_id, message_id) FROM STDIN;

-- name: names
SELECT name, id FROM event_names WHERE workspace_id = :workspace_id;

-- name: add_names
INSERT INTO event_names (workspace_id, name, first_seen_at)
SELECT :workspace_id, name, :now FROM unnest(:names::text[]) AS new (name)
ON CONFLICT (workspace_id, name) DO NOTHING;

-- name: add_count
INSERT INTO counters (workspace_id, day, name, worker, value)
VALUES (:workspace_id, :day, :name, :worker, :value)
ON CONFLICT (workspace_id, day, name, worker) DO UPDATE SET value = counters.value + EXCLUDED.value;

-- name: counts
SELECT name, sum(value)::bigint, coalesce(sum(value) FILTER (WHERE day = :day), 0)::bigint
FROM counters WHERE workspace_id = :workspace_id GROUP BY name;

-- name: per_minute
-- Live events of the last hour, by minute and name.
SELECT date_trunc('minute', e.at) AS minute, n.name, count(*) AS events
FROM events e JOIN event_names n ON n.workspace_id = e.workspace_id AND n.id = e.name_id
WHERE e.workspace_id = :workspace_id AND e.at >= :since AND e.at <= :now GROUP BY 1, 2;

-- name: latest
SELECT e.at, n.name, i.profile_id, e.properties, e.seq
FROM events e JOIN event_names n ON n.workspace_id = e.workspace_id AND n.id = e.name_id
JOIN identities i ON i.id = e.identity_id AND i.workspace_id = e.workspace_id
WHERE e.workspace_id = :workspace_id AND e.at >= :since AND e.at <= :now ORDER BY e.at DESC, e.seq DESC LIMIT :most;

-- name: read
-- The identities that hold events are looked up first and then each one's events by its index. OFFSET 0 keeps the planner
-- from turning that into a join that reads the whole table.
SELECT i.profile_id, e.name_id, e.at, e.seq {columns}
FROM identities i
JOIN LATERAL (
  SELECT * FROM events e
  WHERE e.identity_id = i.id AND e.workspace_id = :workspace_id AND e.name_id = ANY(:names::int[]) {since} OFFSET 0) e ON true
WHERE i.workspace_id = :workspace_id AND i.profile_id = ANY(:people::bigint[]) AND i.holds;

-- name: read_lines
SELECT i.profile_id, e.name_id, e.at, e.seq, l.number {columns}
FROM identities i
JOIN LATERAL (
  SELECT * FROM events e
  WHERE e.identity_id = i.id AND e.workspace_id = :workspace_id AND e.name_id = ANY(:names::int[]) {since} OFFSET 0) e ON true
LEFT JOIN LATERAL jsonb_array_elements(
  CASE jsonb_typeof(e.properties->'products') WHEN 'array' THEN e.properties->'products' END)
  WITH ORDINALITY AS l (line, number) ON true
WHERE i.workspace_id = :workspace_id AND i.profile_id = ANY(:people::bigint[]) AND i.holds;
