-- Which identities events are stored under: a person has many names (addresses, devices) under which none ever were,
-- and the tick need not look there. True where nobody knows better.
ALTER TABLE identities ADD COLUMN holds boolean NOT NULL DEFAULT true;
