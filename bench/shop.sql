-- A shop's people (known by user id, e-mail and one device) and their past, spread over a year.
INSERT INTO profiles (workspace_id, id, known, email, traits, first_seen_at, last_seen_at, events)
SELECT 1, nextval('profile_ids'), true, 'p' || n || '@example.com',
  jsonb_build_object('city', (ARRAY['Almaty','Astana','Moscow','Belgrade','London'])[1 + n %% 5], 'age', 18 + n %% 60),
  %(now)s - interval '1 year', %(now)s - interval '1 day', 0
FROM generate_series(1, %(people)s) AS n;

INSERT INTO identities (workspace_id, kind, value, profile_id, first_seen_at, holds)
SELECT 1, kind, CASE kind WHEN 'email' THEN p.email WHEN 'user_id' THEN 'u' || p.id ELSE 'a' || p.id END, p.id,
  p.first_seen_at, kind = 'user_id'
FROM profiles p CROSS JOIN (VALUES ('user_id'), ('email'), ('anonymous_id')) AS kinds (kind);

INSERT INTO identity_links (workspace_id, low, high, kind, at)
SELECT 1, least(a.id, b.id), greatest(a.id, b.id), CASE WHEN b.kind = 'email' THEN 'stated' ELSE 'device' END,
  a.first_seen_at
FROM identities a JOIN identities b ON b.profile_id = a.profile_id AND b.kind <> 'user_id'
WHERE a.kind = 'user_id';

INSERT INTO products (workspace_id, id, name, category, price, currency, updated_at)
SELECT 1, 'sku' || n, 'Nice thing ' || n, (%(categories)s::text[])[1 + n %% 8], 100 + n * 37 %% 8900, 'EUR',
  %(now)s - interval '1 hour'
FROM generate_series(0, 4999) AS n;

INSERT INTO event_names (workspace_id, name, first_seen_at) SELECT 1, unnest(%(names)s::text[]), %(now)s;

INSERT INTO events (workspace_id, identity_id, name_id, at, seq, message_id, product_id, category, quantity, revenue,
  properties)
SELECT 1, i.id, n.id, %(now)s - random() * interval '365 days', 0, gen_random_uuid(),
  'sku' || (random() * 5000)::int, (%(categories)s::text[])[1 + (random() * 7)::int], 1,
  (random() * 9000)::bigint + 100, '{}'
FROM identities i
CROSS JOIN LATERAL (SELECT random() * 100 AS r FROM generate_series(1, %(each)s) WHERE i.id IS NOT NULL) AS draws
JOIN event_names n ON n.name = (%(names)s::text[])[
  CASE WHEN r < 60 THEN 1 WHEN r < 78 THEN 2 WHEN r < 85 THEN 3 WHEN r < 91 THEN 4 ELSE 5 END]
WHERE i.kind = 'user_id';

ANALYZE;
