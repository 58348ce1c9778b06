-- name: forget_workspace
-- all workspaces: the scratch has the one that is replayed, and no other.
DELETE FROM workspaces;

-- name: workspaces
SELECT {columns} FROM workspaces WHERE id = :workspace_id;

-- name: event_names
SELECT {columns} FROM event_names WHERE workspace_id = :workspace_id;

-- name: definitions
SELECT {columns} FROM definitions WHERE workspace_id = :workspace_id;

-- name: definition_versions
SELECT {columns} FROM definition_versions WHERE workspace_id = :workspace_id;

-- name: identities
SELECT {columns} FROM identities WHERE workspace_id = :workspace_id
  AND (:everybody OR id = ANY(:identities::bigint[]));

-- name: identity_links
SELECT {columns} FROM identity_links WHERE workspace_id = :workspace_id
  AND (:everybody OR low = ANY(:identities::bigint[]));

-- name: profiles
SELECT {columns} FROM profiles WHERE workspace_id = :workspace_id
  AND (:everybody OR id = ANY(:people::bigint[]));

-- name: computed_traits
SELECT {columns} FROM computed_traits WHERE workspace_id = :workspace_id
  AND (:everybody OR profile_id = ANY(:people::bigint[]));

-- name: consents
SELECT {columns} FROM consents WHERE workspace_id = :workspace_id AND at < :start
  AND (:everybody OR profile_id = ANY(:people::bigint[]));

-- name: later_consents
-- Given on pages and by hand. Those that events tell come with their events.
SELECT {columns} FROM consents WHERE workspace_id = :workspace_id AND at >= :start AND at < :stop AND event IS NULL
  AND (:everybody OR profile_id = ANY(:people::bigint[]));

-- name: consent_requests
SELECT {columns} FROM consent_requests WHERE workspace_id = :workspace_id AND at < :start
  AND (:everybody OR identity_id = ANY(:identities::bigint[]));

-- name: wishes
SELECT {columns} FROM wishes WHERE workspace_id = :workspace_id AND at < :start
  AND (:everybody OR identity_id = ANY(:identities::bigint[]));

-- name: suppressions
SELECT {columns} FROM suppressions WHERE workspace_id = :workspace_id AND at < :start;

-- name: later_suppressions
SELECT {columns} FROM suppressions WHERE workspace_id = :workspace_id AND at >= :start AND at < :stop;

-- name: mail_domains
-- all workspaces: what the DNS says is the same for everybody.
SELECT {columns} FROM mail_domains;

-- name: products
SELECT {columns} FROM products WHERE workspace_id = :workspace_id;

-- name: promo_codes
-- Those that are free now, and those that were given away meanwhile: a pool may have been filled only for the draft.
SELECT {columns} FROM promo_codes WHERE workspace_id = :workspace_id AND (given_at IS NULL OR given_at >= :start);

-- name: free_codes
-- Of the past it is not asked whether codes of today were good then; how long each is good stays.
UPDATE promo_codes SET given_at = NULL, expires_at = NULL, run_id = NULL, visit = NULL, profile_id = NULL,
  redeemed_at = NULL, order_id = NULL, valid_from = NULL, valid_until = NULL
WHERE workspace_id = :workspace_id
  AND (given_at IS NOT NULL OR redeemed_at IS NOT NULL OR valid_from IS NOT NULL OR valid_until IS NOT NULL);

-- name: orders
SELECT {columns} FROM orders WHERE workspace_id = :workspace_id AND ordered_at < :start
  AND (:everybody OR profile_id = ANY(:people::bigint[]));

-- name: carts
SELECT {columns} FROM carts WHERE workspace_id = :workspace_id AND updated_at < :start
  AND (:everybody OR profile_id = ANY(:people::bigint[]));

-- name: messages
-- What others had said to people: it counts for caps and slots.
SELECT {columns} FROM messages
WHERE workspace_id = :workspace_id AND state IN ('sent', 'unknown') AND sent_at < :start AND sent_at >= :since
  AND journey_id <> ALL(:journeys::int[])
  AND (:everybody OR profile_id = ANY(:people::bigint[]));

-- name: later_messages
SELECT {columns} FROM messages
WHERE workspace_id = :workspace_id AND state IN ('sent', 'unknown') AND sent_at >= :start AND sent_at < :stop
  AND journey_id <> ALL(:journeys::int[])
  AND (:everybody OR profile_id = ANY(:people::bigint[]));

-- name: segment_members
-- Of static lists, as they are today.
SELECT {columns} FROM segment_members WHERE workspace_id = :workspace_id AND segment_id = ANY(:lists::int[])
  AND (:everybody OR profile_id = ANY(:people::bigint[]));

-- name: events
SELECT {columns} FROM events e
WHERE workspace_id = :workspace_id AND at < :start AND at >= :since AND name_id = ANY(:names::int[])
  AND seq <> ALL(:replayed::bigint[])
  AND (:everybody OR identity_id = ANY(:identities::bigint[]));

-- name: earlier_runs
-- Who was in the journey before: it counts for coming again.
SELECT {columns} FROM journey_runs
WHERE workspace_id = :workspace_id AND journey_id = ANY(:journeys::int[]) AND entered_at < :start;

-- name: end_earlier_runs
UPDATE journey_runs SET state = 'exited', wake_at = NULL, ended_at = :start, end_reason = 'before'
WHERE workspace_id = :workspace_id AND state = 'waiting';

-- name: name_ids
SELECT id FROM event_names WHERE workspace_id = :workspace_id AND name = ANY(:names::text[]);

-- name: advance_sequences
-- What is made from here on gets numbers that nothing copied has.
-- all workspaces: sequences
SELECT setval('profile_ids', :most), setval('identity_ids', :most), setval('run_ids', :most), setval('message_ids', :most),
  setval(pg_get_serial_sequence('definitions', 'id'), 1000000000),
  setval(pg_get_serial_sequence('event_names', 'id'), 1000000000),
  setval(pg_get_serial_sequence('consents', 'id'), :most),
  setval(pg_get_serial_sequence('consent_requests', 'id'), :most),
  setval(pg_get_serial_sequence('event_log', 'seq'), 1);

-- name: make_births
-- all workspaces: a table of the scratch
CREATE TABLE births (id bigint, at timestamptz);

-- name: note_births
-- Imports do not come in the order in which things happened: somebody is known since the earliest word of them.
WITH earliest AS (
  SELECT id, min(at) AS at FROM (
    SELECT id, at FROM births
    UNION ALL SELECT low, at FROM identity_links WHERE workspace_id = :workspace_id
    UNION ALL SELECT high, at FROM identity_links WHERE workspace_id = :workspace_id) said GROUP BY 1)
UPDATE identities i SET first_seen_at = e.at FROM earliest e
WHERE i.workspace_id = :workspace_id AND i.id = e.id AND i.first_seen_at > e.at;

-- name: unborn
-- Identities that come later keep their numbers: a draw by lot has to come out as it did.
CREATE TABLE later_identities AS
SELECT workspace_id, id, kind, value, coalesce(home_id, profile_id) AS profile_id, first_seen_at, holds
FROM identities WHERE workspace_id = :workspace_id AND first_seen_at >= :start AND first_seen_at < :stop;

-- name: index_unborn
-- all workspaces: a table of the scratch
CREATE INDEX ON later_identities (first_seen_at);

-- name: people_of_things
-- Orders, carts and consents belong to whom they belonged then.
WITH orders AS (
  UPDATE orders o SET profile_id = i.profile_id FROM identities i
  WHERE o.workspace_id = :workspace_id AND i.workspace_id = o.workspace_id AND i.id = o.identity_id
    AND o.profile_id <> i.profile_id),
carts AS (
  UPDATE carts c SET profile_id = i.profile_id FROM identities i
  WHERE c.workspace_id = :workspace_id AND i.workspace_id = c.workspace_id AND i.id = c.identity_id
    AND c.profile_id <> i.profile_id)
UPDATE consents c SET profile_id = i.profile_id FROM identities i
WHERE c.workspace_id = :workspace_id AND i.workspace_id = c.workspace_id AND i.id = c.identity_id
  AND c.profile_id <> i.profile_id;

-- name: later
-- all workspaces: a table of the scratch, for what is released as its time comes.
CREATE TABLE {later} (LIKE {tab});

-- name: only_these
-- Of journeys, campaigns and segments only what the draft has to do with; their others rest.
UPDATE definitions SET state = 'paused'
WHERE workspace_id = :workspace_id AND state = 'live' AND kind IN ('journey', 'campaign', 'segment')
  AND NOT (kind = 'segment' AND key = ANY(:segments::text[]));

-- name: count_as_built
INSERT INTO segment_builds (workspace_id, segment_id, version, built_at, members)
SELECT workspace_id, id, version, :start, 0 FROM definitions
WHERE workspace_id = :workspace_id AND kind = 'segment' AND state = 'live';

-- name: ask_everybody
INSERT INTO rechecks (workspace_id, profile_id, due_at)
SELECT workspace_id, id, :start FROM profiles WHERE workspace_id = :workspace_id AND merged_into IS NULL;

-- name: no_news
-- That the catalogue was copied is no occasion for anybody.
DELETE FROM product_news WHERE workspace_id = :workspace_id;

-- name: forget_catalogue
DELETE FROM products WHERE workspace_id = :workspace_id;
