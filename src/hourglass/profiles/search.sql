-- name: counts
SELECT count(*) FILTER (WHERE known) AS known, count(*) FILTER (WHERE NOT known) AS visitors,
       count(*) FILTER (WHERE known AND first_seen_at >= :since) AS new_today
FROM profiles WHERE workspace_id = :workspace_id AND merged_into IS NULL;

-- name: recent
SELECT id, known, email, phone, traits, last_seen_at FROM profiles
WHERE workspace_id = :workspace_id AND merged_into IS NULL AND known
  AND (last_seen_at, id) < (:before_at::timestamptz, :before_id::bigint)
ORDER BY last_seen_at DESC, id DESC LIMIT :most;

-- name: matching
-- By the beginning of an identifier or a part of the name.
WITH hits AS (
  SELECT kind.profile_id AS id FROM unnest(:kinds::text[], :starts::text[]) AS asked (kind, start)
  CROSS JOIN LATERAL (SELECT profile_id FROM identities i WHERE i.workspace_id = :workspace_id AND i.kind = asked.kind
    AND i.value ^@ asked.start ORDER BY i.value LIMIT 500) AS kind
  UNION
  SELECT id FROM profiles WHERE workspace_id = :workspace_id AND merged_into IS NULL AND known
    AND (traits->>'name' ILIKE :pattern OR email LIKE lower(:pattern)
      OR concat_ws(' ', coalesce(traits->>'firstName', traits->>'first_name'),
                        coalesce(traits->>'lastName', traits->>'last_name')) ILIKE :pattern))
SELECT p.id, p.known, p.email, p.phone, p.traits, p.last_seen_at FROM hits
JOIN profiles p ON p.workspace_id = :workspace_id AND p.id = hits.id
WHERE (p.last_seen_at, p.id) < (:before_at::timestamptz, :before_id::bigint)
ORDER BY p.last_seen_at DESC, p.id DESC LIMIT :most;

-- name: bought
-- Orders and what stayed with the shop, in its own currency.
SELECT profile_id, count(*), coalesce(sum(net) FILTER (WHERE currency = :currency), 0)::bigint
FROM orders WHERE workspace_id = :workspace_id AND profile_id = ANY(:ids::bigint[]) GROUP BY 1;
