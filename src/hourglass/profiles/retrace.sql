-- name: forget_later
-- Evidence, identities and answers that nobody had yet.
WITH links AS (DELETE FROM identity_links WHERE workspace_id = :workspace_id AND at >= :moment)
DELETE FROM identities WHERE workspace_id = :workspace_id AND first_seen_at >= :moment;

-- name: regrouped
-- Everybody who ever changed their person, and whoever shares one with them.
WITH concerned AS (
  SELECT profile_id AS id FROM identities WHERE workspace_id = :workspace_id AND home_id IS NOT NULL
  UNION SELECT home_id FROM identities WHERE workspace_id = :workspace_id AND home_id IS NOT NULL)
SELECT id, kind, value, profile_id, coalesce(home_id, profile_id) FROM identities
WHERE workspace_id = :workspace_id
  AND (profile_id IN (SELECT id FROM concerned) OR home_id IN (SELECT id FROM concerned));

-- name: links
SELECT low, high, kind, at, state, reason FROM identity_links
WHERE workspace_id = :workspace_id AND low = ANY(:ids::bigint[]) AND high = ANY(:ids::bigint[]);

-- name: place
UPDATE identities i SET profile_id = p.profile_id, home_id = nullif(coalesce(i.home_id, i.profile_id), p.profile_id)
FROM unnest(:ids::bigint[], :profiles::bigint[]) AS p (id, profile_id)
WHERE i.workspace_id = :workspace_id AND i.id = p.id AND i.profile_id <> p.profile_id;

-- name: forget_traits
-- What was said later is not known yet. Who lost something by that.
UPDATE identities i SET traits = kept.traits, trait_times = kept.times
FROM (SELECT o.id, coalesce(jsonb_object_agg(t.key, o.traits -> t.key) FILTER (WHERE o.traits ? t.key), '{}') AS traits,
             coalesce(jsonb_object_agg(t.key, t.value) FILTER (WHERE t.key IS NOT NULL), '{}') AS times
      FROM identities o
      LEFT JOIN LATERAL jsonb_each(o.trait_times) AS t ON t.value::float8 < extract(epoch FROM :moment::timestamptz)
      WHERE o.workspace_id = :workspace_id AND EXISTS (
        SELECT FROM jsonb_each(o.trait_times) AS l WHERE l.value::float8 >= extract(epoch FROM :moment::timestamptz))
      GROUP BY o.id) kept
WHERE i.workspace_id = :workspace_id AND i.id = kept.id RETURNING i.id;

-- name: people
-- Nobody is left who is nobody yet; who is a person is no pointer.
WITH gone AS (
  DELETE FROM profiles p WHERE p.workspace_id = :workspace_id AND NOT EXISTS (
    SELECT FROM identities i WHERE i.workspace_id = :workspace_id AND i.profile_id = p.id)
  AND NOT EXISTS (SELECT FROM identities i WHERE i.workspace_id = :workspace_id AND i.home_id = p.id))
UPDATE profiles p SET merged_into = NULL, regrouped_in = NULL, known = now.known,
  last_seen_at = least(p.last_seen_at, :moment)
FROM (SELECT profile_id, bool_or(kind <> 'anonymous_id') AS known FROM identities
      WHERE workspace_id = :workspace_id GROUP BY 1) now
WHERE p.workspace_id = :workspace_id AND p.id = now.profile_id
  AND (p.merged_into IS NOT NULL OR p.known <> now.known OR p.last_seen_at > :moment);

-- name: people_of
SELECT DISTINCT profile_id FROM identities WHERE workspace_id = :workspace_id AND id = ANY(:ids::bigint[]);
