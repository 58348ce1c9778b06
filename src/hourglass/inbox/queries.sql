-- name: store
INSERT INTO inbox_mails (received_at, sender, recipient, subject, raw)
SELECT * FROM unnest(:received_at::timestamptz[], :senders::text[], :recipients::text[], :subjects::text[], :raws::bytea[]);

-- name: prune
-- Only the newest are kept.
DELETE FROM inbox_mails WHERE id <= (SELECT id FROM inbox_mails ORDER BY id DESC OFFSET :keep LIMIT 1);

-- name: page
SELECT id, received_at, sender, recipient, subject, raw FROM inbox_mails WHERE id < :before ORDER BY id DESC LIMIT :limit;

-- name: later
SELECT id, received_at, sender, recipient, subject, raw FROM inbox_mails
WHERE id > :last AND received_at >= :since ORDER BY id LIMIT :limit;

-- name: one
SELECT id, received_at, sender, recipient, subject, raw FROM inbox_mails WHERE id = :id;

-- name: clear
DELETE FROM inbox_mails;
