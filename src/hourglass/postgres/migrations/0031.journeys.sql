-- Throttles look back over a span that ends now, instead of counting hours of the clock.
ALTER TABLE journey_turns
  DROP COLUMN last_period, DROP COLUMN given, DROP COLUMN this_period, DROP COLUMN passed,
  ADD COLUMN given_at timestamptz[] NOT NULL DEFAULT '{}',   -- the latest turns that were given out, oldest first
  ADD COLUMN given integer[] NOT NULL DEFAULT '{}',          -- how many of each moment
  ADD COLUMN passed_at timestamptz[] NOT NULL DEFAULT '{}',  -- when somebody passed, which differs when the engine was away
  ADD COLUMN passed integer[] NOT NULL DEFAULT '{}';
