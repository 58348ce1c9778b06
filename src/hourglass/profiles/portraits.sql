-- name: of_identities
SELECT id, traits, trait_times FROM identities
WHERE workspace_id = :workspace_id AND id = ANY(:ids::bigint[]) AND traits IS NOT NULL;

-- name: of_profiles
SELECT id, traits, trait_times FROM profiles WHERE workspace_id = :workspace_id AND id = ANY(:ids::bigint[]);

-- name: parts
-- What each identifier of these people was told.
SELECT profile_id, traits, trait_times FROM identities
WHERE workspace_id = :workspace_id AND profile_id = ANY(:ids::bigint[]) AND traits IS NOT NULL;

-- name: write_identities
UPDATE identities i SET traits = new.traits::jsonb, trait_times = new.times::jsonb
FROM unnest(:ids::bigint[], :traits::text[], :times::text[]) AS new (id, traits, times)
WHERE i.workspace_id = :workspace_id AND i.id = new.id;

-- name: write_profiles
UPDATE profiles p SET traits = new.traits::jsonb, trait_times = new.times::jsonb, email = new.email, phone = new.phone
FROM unnest(:ids::bigint[], :traits::text[], :times::text[], :emails::text[], :phones::text[])
  AS new (id, traits, times, email, phone)
WHERE p.workspace_id = :workspace_id AND p.id = new.id;

-- name: count
-- Every touched person once. Before the first event the times are provisional. Moments come as microseconds, because
-- those are read several times faster than dates. All ids at once are one walk along the index.
UPDATE profiles p SET events = p.events + new.events,
  first_seen_at = least(CASE WHEN p.events > 0 THEN p.first_seen_at END, to_timestamp(new.first_us * 1e-6::float8)),
  last_seen_at = greatest(CASE WHEN p.events > 0 THEN p.last_seen_at END, to_timestamp(new.last_us * 1e-6::float8))
FROM unnest(:ids::bigint[], :counts::int[], :firsts::bigint[], :lasts::bigint[]) AS new (id, events, first_us, last_us)
WHERE p.workspace_id = :workspace_id AND p.id = new.id AND p.id = ANY(:ids::bigint[]);
