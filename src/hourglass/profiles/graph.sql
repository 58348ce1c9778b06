-- name: phone_region
SELECT settings->>'phone_region' FROM workspaces WHERE id = :workspace_id;

-- name: moment
-- all workspaces: a moment of this database, this transaction, and whether an earlier one committed. One that is yet to
-- come was of another server, whose place this one has taken without its last transactions; asking about it is an error.
SELECT pg_current_snapshot()::text AS snapshot, pg_current_xact_id()::text::bigint AS transaction,
       CASE WHEN :earlier::bigint BETWEEN 1 AND pg_snapshot_xmax(pg_current_snapshot())::text::bigint - 1
         THEN coalesce(pg_xact_status(:earlier::bigint::text::xid8) = 'committed', false) ELSE false END AS committed;

-- name: find
-- One kind at a time: then the values are one walk along the index.
SELECT value, id, profile_id, coalesce(home_id, profile_id), holds FROM identities
WHERE workspace_id = :workspace_id AND kind = :kind AND value = ANY(:values::text[]);

-- name: new_profile_ids
-- all workspaces: a sequence
SELECT nextval('profile_ids') FROM generate_series(1, :count);

-- name: create
-- Sorted by the caller, so that parallel workers wait for each other and never deadlock.
INSERT INTO identities (workspace_id, kind, value, profile_id, first_seen_at, holds)
SELECT :workspace_id, * FROM unnest(:kinds::text[], :values::text[], :profiles::bigint[], :ats::timestamptz[], :holds::bool[])
ON CONFLICT DO NOTHING RETURNING kind, value, id, profile_id;

-- name: now_hold
-- Events are stored under these from now on.
UPDATE identities SET holds = true WHERE workspace_id = :workspace_id AND id = ANY(:ids::bigint[]);

-- name: hold
-- Everybody concerned, in the order of ids; who last regrouped them, and whether that was after the snapshot.
SELECT id, coalesce(regrouped_in::text::bigint, 0), merged_into IS NOT NULL OR (regrouped_in IS NOT NULL
         AND NOT pg_visible_in_snapshot(regrouped_in, :since::pg_snapshot))
FROM profiles WHERE workspace_id = :workspace_id AND id = ANY(:ids::bigint[])
ORDER BY id FOR NO KEY UPDATE;

-- name: hold_free
-- The same for those whom nobody else holds.
SELECT id, coalesce(regrouped_in::text::bigint, 0), merged_into IS NOT NULL OR (regrouped_in IS NOT NULL
         AND NOT pg_visible_in_snapshot(regrouped_in, :since::pg_snapshot))
FROM profiles WHERE workspace_id = :workspace_id AND id = ANY(:ids::bigint[])
ORDER BY id FOR NO KEY UPDATE SKIP LOCKED;

-- name: unrecorded
-- Those of the pairs that were not on record at that moment, by their place in the arrays; and since when, if later on.
-- The values are one walk along the index, as joining with the pairs themselves would not be; and the kind is compared
-- outside, because the index, looked into by it too, would be probed for every `high`.
WITH recorded AS MATERIALIZED (
  SELECT low, high, kind, at FROM identity_links
  WHERE workspace_id = :workspace_id AND low = ANY(:lows::bigint[]))
SELECT pair.place, recorded.at
FROM unnest(:lows::bigint[], :highs::bigint[]) WITH ORDINALITY AS pair (low, high, place)
LEFT JOIN recorded ON recorded.low = pair.low AND recorded.high = pair.high AND recorded.kind = :kind
WHERE recorded.at IS NULL OR recorded.at > :since::timestamptz;

-- name: renamed
-- Who was once said (by an alias) to be the visitor of this name, now that there is a user of the same name.
SELECT a.value, l.other, l.at FROM identities a CROSS JOIN LATERAL (
  SELECT high AS other, at FROM identity_links WHERE workspace_id = :workspace_id AND low = a.id AND kind = 'stated'
  UNION ALL
  SELECT low, at FROM identity_links WHERE workspace_id = :workspace_id AND high = a.id AND kind = 'stated') l
WHERE a.workspace_id = :workspace_id AND a.kind = 'anonymous_id' AND a.value = ANY(:values::text[]);

-- name: reach
-- Everything that evidence connects with these, near or far, refused evidence too: that is what it may change.
WITH RECURSIVE reached (id) AS (
  SELECT unnest(:seeds::bigint[])
  UNION
  SELECT other.id FROM reached CROSS JOIN LATERAL (
    SELECT high AS id FROM identity_links
    WHERE workspace_id = :workspace_id AND low = reached.id AND (state = 'applied' OR :widely)
    UNION ALL
    SELECT low FROM identity_links
    WHERE workspace_id = :workspace_id AND high = reached.id AND (state = 'applied' OR :widely)) other)
SELECT id FROM reached LIMIT :most;

-- name: nodes
SELECT id, kind, value, profile_id, coalesce(home_id, profile_id) FROM identities
WHERE workspace_id = :workspace_id AND id = ANY(:ids::bigint[]);

-- name: links_among
SELECT low, high, kind, at, state, reason FROM identity_links
WHERE workspace_id = :workspace_id AND low = ANY(:ids::bigint[]) AND high = ANY(:ids::bigint[]);

-- name: put_links
INSERT INTO identity_links (workspace_id, low, high, kind, at, state, reason, author)
SELECT :workspace_id, * FROM unnest(
  :lows::bigint[], :highs::bigint[], :kinds::text[], :ats::timestamptz[], :states::text[], :reasons::text[], :authors::text[])
ON CONFLICT (workspace_id, low, high, kind) DO UPDATE
SET at = least(identity_links.at, EXCLUDED.at), state = EXCLUDED.state, reason = EXCLUDED.reason,
    author = coalesce(EXCLUDED.author, identity_links.author);

-- name: place
-- An identity that is not new remembers where it began; null: where it is now.
UPDATE identities i SET profile_id = p.profile_id, home_id = nullif(p.home_id, p.profile_id)
FROM unnest(:ids::bigint[], :profiles::bigint[], :homes::bigint[]) AS p (id, profile_id, home_id)
WHERE i.workspace_id = :workspace_id AND i.id = p.id;

-- name: note_moves
INSERT INTO identity_moves (workspace_id, identity_id, from_profile, to_profile, reason, author, at)
SELECT :workspace_id, id, came_from, went_to, :reason, :author, :now
FROM unnest(:ids::bigint[], :froms::bigint[], :tos::bigint[]) AS m (id, came_from, went_to);

-- name: add_profiles
INSERT INTO profiles (workspace_id, id, known, first_seen_at, last_seen_at)
SELECT workspace_id, profile_id, bool_or(kind <> 'anonymous_id'), min(first_seen_at), min(first_seen_at)
FROM identities WHERE workspace_id = :workspace_id AND profile_id = ANY(:ids::bigint[]) GROUP BY 1, 2;

-- name: regrouped
-- Who they are now follows from their identifiers; who is a person again is no longer a pointer.
UPDATE profiles p SET known = now.known, merged_into = NULL, regrouped_in = pg_current_xact_id()
FROM (SELECT profile_id, bool_or(kind <> 'anonymous_id') AS known FROM identities
      WHERE workspace_id = :workspace_id AND profile_id = ANY(:ids::bigint[]) GROUP BY 1) now
WHERE p.workspace_id = :workspace_id AND p.id = now.profile_id;

-- name: absorbed
UPDATE profiles p SET merged_into = a.winner, regrouped_in = pg_current_xact_id()
FROM unnest(:losers::bigint[], :winners::bigint[]) AS a (loser, winner)
WHERE p.workspace_id = :workspace_id AND p.id = a.loser;

-- name: add_up
-- Somebody who was absorbed whole brings along what was counted. Without events the times are only provisional.
UPDATE profiles p SET events = p.events + a.events,
  first_seen_at = least(CASE WHEN p.events > 0 THEN p.first_seen_at END, a.first_seen_at),
  last_seen_at = greatest(CASE WHEN p.events > 0 THEN p.last_seen_at END, a.last_seen_at)
FROM (SELECT winner, sum(l.events) AS events, min(l.first_seen_at) AS first_seen_at, max(l.last_seen_at) AS last_seen_at
      FROM unnest(:losers::bigint[], :winners::bigint[]) AS pair (loser, winner)
      JOIN profiles l ON l.workspace_id = :workspace_id AND l.id = pair.loser AND l.events > 0 GROUP BY 1) a
WHERE p.workspace_id = :workspace_id AND p.id = a.winner;

-- name: recount
-- People who were taken apart are counted anew from the hot history.
UPDATE profiles p SET events = now.events, first_seen_at = now.first_seen_at, last_seen_at = now.last_seen_at
FROM (SELECT i.profile_id, sum(e.events) AS events, coalesce(min(e.first_at), min(i.first_seen_at)) AS first_seen_at,
             coalesce(max(e.last_at), min(i.first_seen_at)) AS last_seen_at
      FROM identities i CROSS JOIN LATERAL (
        SELECT count(*) AS events, min(at) AS first_at, max(at) AS last_at FROM events
        WHERE workspace_id = :workspace_id AND identity_id = i.id) e
      WHERE i.workspace_id = :workspace_id AND i.profile_id = ANY(:ids::bigint[]) GROUP BY 1) now
WHERE p.workspace_id = :workspace_id AND p.id = now.profile_id;
