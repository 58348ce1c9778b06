-- name: hold
SELECT id FROM profiles WHERE workspace_id = :workspace_id AND id = ANY(:profiles::bigint[]) ORDER BY id FOR UPDATE;

-- name: names
SELECT id, kind, value FROM identities WHERE workspace_id = :workspace_id AND profile_id = ANY(:profiles::bigint[]);

-- name: addresses
SELECT email FROM profiles WHERE workspace_id = :workspace_id AND id = ANY(:profiles::bigint[]) AND email IS NOT NULL
UNION
SELECT phone FROM profiles WHERE workspace_id = :workspace_id AND id = ANY(:profiles::bigint[]) AND phone IS NOT NULL
UNION
SELECT address FROM messages WHERE workspace_id = :workspace_id AND profile_id = ANY(:profiles::bigint[]) AND address IS NOT NULL;

-- name: events
DELETE FROM events WHERE workspace_id = :workspace_id AND identity_id = ANY(:identities::bigint[]);

-- name: orders
DELETE FROM orders WHERE workspace_id = :workspace_id
  AND (profile_id = ANY(:profiles::bigint[]) OR identity_id = ANY(:identities::bigint[]));

-- name: carts
DELETE FROM carts WHERE workspace_id = :workspace_id
  AND (profile_id = ANY(:profiles::bigint[]) OR identity_id = ANY(:identities::bigint[]));

-- name: run_steps
DELETE FROM run_steps WHERE workspace_id = :workspace_id AND run_id IN (
  SELECT id FROM journey_runs WHERE workspace_id = :workspace_id AND profile_id = ANY(:profiles::bigint[]));

-- name: run_calls
DELETE FROM journey_calls WHERE workspace_id = :workspace_id AND run_id IN (
  SELECT id FROM journey_runs WHERE workspace_id = :workspace_id AND profile_id = ANY(:profiles::bigint[]));

-- name: run_tasks
DELETE FROM journey_tasks WHERE workspace_id = :workspace_id AND profile_id = ANY(:profiles::bigint[]);

-- name: run_alerts
DELETE FROM journey_alerts WHERE workspace_id = :workspace_id AND profile_id = ANY(:profiles::bigint[]);

-- name: run_codes
-- A code that was given away stays so.
UPDATE promo_codes SET run_id = NULL, visit = NULL, profile_id = NULL
WHERE workspace_id = :workspace_id AND run_id IN (
  SELECT id FROM journey_runs WHERE workspace_id = :workspace_id AND profile_id = ANY(:profiles::bigint[]));

-- name: runs
DELETE FROM journey_runs WHERE workspace_id = :workspace_id AND profile_id = ANY(:profiles::bigint[]);

-- name: audiences
DELETE FROM audience_syncs WHERE workspace_id = :workspace_id AND profile_id = ANY(:profiles::bigint[]);

-- name: entrants
DELETE FROM journey_entrants WHERE workspace_id = :workspace_id AND profile_id = ANY(:profiles::bigint[]);

-- name: messages
-- That a message was written stays for the counts; to whom and what it said does not.
UPDATE messages SET address = NULL, subject = NULL, detail = NULL, facts = '{}', answers = NULL, others = NULL, tried = NULL,
  state = CASE WHEN state IN ('queued', 'claimed') THEN 'withheld' ELSE state END,
  reason = CASE WHEN state IN ('queued', 'claimed') THEN 'no_person' ELSE reason END
WHERE workspace_id = :workspace_id AND profile_id = ANY(:profiles::bigint[]);

-- name: hits
-- From which address and with which browser they opened and clicked.
DELETE FROM message_hits WHERE workspace_id = :workspace_id AND message_id IN (
  SELECT id FROM messages WHERE workspace_id = :workspace_id AND profile_id = ANY(:profiles::bigint[]));

-- name: pending
-- Whom an import announced; without this the next event would put them on the list again.
DELETE FROM list_pending WHERE workspace_id = :workspace_id
  AND (kind, value) IN (SELECT * FROM unnest(:kinds::text[], :values::text[]));

-- name: consents
DELETE FROM consents WHERE workspace_id = :workspace_id AND profile_id = ANY(:profiles::bigint[]);

-- name: consent_requests
DELETE FROM consent_requests WHERE workspace_id = :workspace_id AND identity_id = ANY(:identities::bigint[]);

-- name: wishes
DELETE FROM wishes WHERE workspace_id = :workspace_id AND identity_id = ANY(:identities::bigint[]);

-- name: segment_members
DELETE FROM segment_members WHERE workspace_id = :workspace_id AND profile_id = ANY(:profiles::bigint[]);

-- name: segment_moves
DELETE FROM segment_moves WHERE workspace_id = :workspace_id AND profile_id = ANY(:profiles::bigint[]);

-- name: rechecks
DELETE FROM rechecks WHERE workspace_id = :workspace_id AND profile_id = ANY(:profiles::bigint[]);

-- name: computed_traits
DELETE FROM computed_traits WHERE workspace_id = :workspace_id AND profile_id = ANY(:profiles::bigint[]);

-- name: suppression_changes
DELETE FROM suppression_changes WHERE workspace_id = :workspace_id AND lower(address) = ANY(:addresses::text[]);

-- name: suppressions
DELETE FROM suppressions WHERE workspace_id = :workspace_id AND lower(address) = ANY(:addresses::text[]);

-- name: mails
-- all workspaces: the development inbox is one for the machine
DELETE FROM inbox_mails WHERE lower(recipient) = ANY(:addresses::text[]);

-- name: dead_letters
-- A letter that names the person anywhere. Both sides as escaped text, so that no encoding can hide a name.
DELETE FROM dead_letters WHERE workspace_id = :workspace_id AND EXISTS (
  SELECT FROM unnest(:needles::text[]) AS needle
  WHERE strpos(lower(encode(payload, 'escape')), lower(encode(convert_to(needle, 'UTF8'), 'escape'))) > 0);

-- name: lists
DELETE FROM list_identities WHERE workspace_id = :workspace_id AND identity_id = ANY(:identities::bigint[]);

-- name: links
DELETE FROM identity_links WHERE workspace_id = :workspace_id
  AND (low = ANY(:identities::bigint[]) OR high = ANY(:identities::bigint[]));

-- name: moves
DELETE FROM identity_moves WHERE workspace_id = :workspace_id AND identity_id = ANY(:identities::bigint[]);

-- name: identities
DELETE FROM identities WHERE workspace_id = :workspace_id AND id = ANY(:identities::bigint[]);

-- name: profiles
DELETE FROM profiles WHERE workspace_id = :workspace_id AND id = ANY(:profiles::bigint[]);

-- name: record
INSERT INTO erasures (workspace_id, profile_id, identity_ids, requested_at)
SELECT :workspace_id, id, :identities::bigint[], :now FROM unnest(:profiles::bigint[]) AS gone (id);

-- name: stale_visitors
-- Visitors of long ago whom nothing ties to the shop: no order, and nobody was ever absorbed into them.
SELECT id FROM profiles p WHERE workspace_id = :workspace_id AND NOT known AND last_seen_at < :before
  AND merged_into IS NULL
  AND NOT EXISTS (SELECT FROM profiles a WHERE a.workspace_id = :workspace_id AND a.merged_into = p.id)
  AND NOT EXISTS (SELECT FROM orders o WHERE o.workspace_id = :workspace_id AND o.profile_id = p.id)
ORDER BY id LIMIT :most FOR UPDATE SKIP LOCKED;
