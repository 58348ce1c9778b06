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

-- name: count_events
-- Every touched person once; who was told nothing new keeps their traits. Before the first event the times are provisional.
UPDATE profiles p SET events = p.events + new.events,
  first_seen_at = least(CASE WHEN p.events > 0 THEN p.first_seen_at END, new.first_at),
  last_seen_at = greatest(CASE WHEN p.events > 0 THEN p.last_seen_at END, new.last_at),
  traits = coalesce(new.traits::jsonb, p.traits), trait_times = coalesce(new.times::jsonb, p.trait_times),
  email = CASE WHEN new.traits IS NULL THEN p.email ELSE new.email END,
  phone = CASE WHEN new.traits IS NULL THEN p.phone ELSE new.phone END
FROM unnest(:ids::bigint[], :counts::int[], :firsts::timestamptz[], :lasts::timestamptz[],
            :traits::text[], :times::text[], :emails::text[], :phones::text[])
  AS new (id, events, first_at, last_at, traits, times, email, phone)
WHERE p.workspace_id = :workspace_id AND p.id = new.id;

-- name: count_only
-- The same where nobody was told anything: by far the most batches.
UPDATE profiles p SET events = p.events + new.events,
  first_seen_at = least(CASE WHEN p.events > 0 THEN p.first_seen_at END, new.first_at),
  last_seen_at = greatest(CASE WHEN p.events > 0 THEN p.last_seen_at END, new.last_at)
FROM unnest(:ids::bigint[], :counts::int[], :firsts::timestamptz[], :lasts::timestamptz[])
  AS new (id, events, first_at, last_at)
WHERE p.workspace_id = :workspace_id AND p.id = new.id;
