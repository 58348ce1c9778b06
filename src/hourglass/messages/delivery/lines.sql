-- name: open
INSERT INTO delivery_lines (workspace_id, provider, domain, used_until, booked_until, day, day_used)
SELECT workspace_id, provider, domain, :now, :now, :today::date, 0
FROM unnest(:workspace_ids::int[], :providers::text[], :domains::text[]) AS asked (workspace_id, provider, domain)
ORDER BY 1, 2, 3 ON CONFLICT DO NOTHING;

-- name: look
SELECT l.workspace_id, l.provider, l.domain, l.used_until, l.booked_until, l.day, l.day_used FROM delivery_lines l
JOIN unnest(:workspace_ids::int[], :providers::text[], :domains::text[]) AS asked (workspace_id, provider, domain)
  USING (workspace_id, provider, domain);

-- name: hold
SELECT l.workspace_id, l.provider, l.domain, l.used_until, l.booked_until, l.day, l.day_used FROM delivery_lines l
JOIN unnest(:workspace_ids::int[], :providers::text[], :domains::text[]) AS asked (workspace_id, provider, domain)
  USING (workspace_id, provider, domain)
ORDER BY 1, 2, 3 FOR UPDATE OF l;

-- name: store
UPDATE delivery_lines l SET used_until = n.used_until, booked_until = n.booked_until, day = n.day, day_used = n.day_used
FROM unnest(:workspace_ids::int[], :providers::text[], :domains::text[], :used::timestamptz[], :booked::timestamptz[],
  :days::date[], :counts::bigint[]) AS n (workspace_id, provider, domain, used_until, booked_until, day, day_used)
WHERE (l.workspace_id, l.provider, l.domain) = (n.workspace_id, n.provider, n.domain);

-- name: give_back
WITH told AS (
  SELECT * FROM unnest(:workspace_ids::int[], :providers::text[], :domains::text[], :counts::bigint[])
    AS n (workspace_id, provider, domain, count)),
held AS (
  SELECT l.workspace_id, l.provider, l.domain FROM delivery_lines l JOIN told USING (workspace_id, provider, domain)
  ORDER BY 1, 2, 3 FOR UPDATE OF l)
UPDATE delivery_lines l SET day_used = greatest(0, l.day_used - t.count)
FROM told t JOIN held USING (workspace_id, provider, domain)
WHERE (l.workspace_id, l.provider, l.domain) = (t.workspace_id, t.provider, t.domain) AND l.day = :today::date;
