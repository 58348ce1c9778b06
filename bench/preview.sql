-- Everybody of the lake of segments_lake.py: a third are contacts, most of whom agreed to news.
INSERT INTO profiles (workspace_id, id, known, email, traits, first_seen_at, last_seen_at, events)
SELECT 1, n, n %% 3 = 0, CASE WHEN n %% 3 = 0 THEN 'p' || n || '@example.com' END,
  jsonb_build_object('name', 'Person ' || n, 'age', 18 + n::bigint * 7919 %% 60,
    'city', (%(cities)s::text[])[1 + n %% cardinality(%(cities)s::text[])]),
  %(now)s - interval '1 year', %(now)s - (n %% 100000) * interval '1 minute', 20
FROM generate_series(1, %(people)s) AS n;

INSERT INTO identities (workspace_id, id, kind, value, profile_id, first_seen_at)
SELECT 1, id + 10000000, CASE WHEN known THEN 'user_id' ELSE 'anonymous_id' END, 'u' || id, id, first_seen_at
FROM profiles;

INSERT INTO consents (workspace_id, identity_id, profile_id, channel, topic, granted, at, source)
SELECT 1, id + 10000000, id, 'email', 'news', id %% 4 > 0, first_seen_at, 'shop' FROM profiles WHERE known;

INSERT INTO segment_members (workspace_id, profile_id, segment_id, entered_at)
SELECT 1, p.id, d.id, %(now)s FROM profiles p, definitions d WHERE d.key = 'loyal' AND p.id %% 5 = 0;

ANALYZE;
