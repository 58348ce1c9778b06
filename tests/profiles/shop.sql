-- Ann, who bought, was written to and is in a segment; a stranger's dead letter beside hers.
INSERT INTO event_names (workspace_id, name, first_seen_at) VALUES (1, 'Product Viewed', now());
UPDATE events SET name_id = (SELECT id FROM event_names), properties = '{"name": "Hat", "_generated": true}';

INSERT INTO orders (workspace_id, id, identity_id, profile_id, state, ordered_at, updated_at, revenue, currency, lines)
SELECT 1, 'o1', id, profile_id, 'completed', now(), now(), 1250, 'EUR', '[{"product_id": "p", "price": 1250}]'
FROM identities WHERE value = 'ann';
INSERT INTO carts (workspace_id, id, identity_id, profile_id, state, currency, opened_at, updated_at)
SELECT 1, 'c1', id, profile_id, 'open', 'EUR', now(), now() FROM identities WHERE value = 'ann';

INSERT INTO definitions (workspace_id, kind, key, version, state, updated_at)
VALUES (1, 'journey', 'welcome', 1, 'live', now()), (1, 'segment', 'vip', 1, 'live', now());
INSERT INTO definition_versions (workspace_id, kind, key, version, body, author, at)
SELECT 1, kind, key, 1, jsonb_build_object('name', initcap(key)), 'x', now() FROM definitions;
INSERT INTO segment_members
SELECT 1, d.id, i.profile_id, now() FROM definitions d, identities i WHERE d.kind = 'segment' AND i.value = 'ann';
INSERT INTO rechecks SELECT 1, profile_id, now() FROM identities WHERE value = 'ann';

INSERT INTO journey_runs (workspace_id, journey_id, version, profile_id, step, state, entered_at, entry_seq)
SELECT 1, d.id, 1, i.profile_id, 'steps.0', 'waiting', '2026-03-01 12:01:30+00', 0
FROM definitions d, identities i WHERE d.kind = 'journey' AND i.value = 'ann';
INSERT INTO run_steps (workspace_id, run_id, step, at, outcome) SELECT 1, id, step, entered_at, 'waits' FROM journey_runs;
INSERT INTO messages (workspace_id, profile_id, run_id, journey_id, step, channel, template, class, state, reason, address,
                      subject, created_at, not_before)
SELECT 1, r.profile_id, r.id, r.journey_id, 'steps.0', 'email', 'hello', 'marketing', 'withheld', 'no_consent',
       'ann@example.com', 'Hello Ann', '2026-03-01 12:02:00+00', now() FROM journey_runs r;

INSERT INTO suppressions VALUES (1, 'email', 'ann@example.com', 'bounced', now());
INSERT INTO inbox_mails (received_at, sender, recipient, subject, raw) VALUES (now(), 's', 'Ann@example.com', 'x', '');
INSERT INTO dead_letters (workspace_id, received_at, failed_at, reason, detail, payload)
SELECT 1, now(), now(), 'x', name, convert_to('{"k":"track","e":{"userId":"' || name || '"}}', 'UTF8')
FROM unnest(ARRAY['ann', 'zoe']) AS name;
