-- name: forget
-- What was known and is old is asked again when somebody writes there.
DELETE FROM mail_domains WHERE expires_at <= :now AND checked_at IS NOT NULL;

-- name: take
-- Nobody else takes them meanwhile; after a crash they are asked again once the time is over.
UPDATE mail_domains SET expires_at = :until, checked_at = '-infinity'
WHERE domain IN (SELECT domain FROM mail_domains WHERE checked_at IS NULL ORDER BY domain LIMIT :most FOR UPDATE SKIP LOCKED)
RETURNING domain;

-- name: keep_verdicts
UPDATE mail_domains d SET takes_mail = v.takes, detail = v.detail, expires_at = v.until, checked_at = :now
FROM unnest(:domains::text[], :takes::bool[], :details::text[], :until::timestamptz[]) AS v (domain, takes, detail, until)
WHERE d.domain = v.domain;
