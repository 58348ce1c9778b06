-- name: name
-- Whatever the clock of the workspace shows: sweeping goes by the server's own.
SELECT 'hourglass_backtest_' || to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYYMMDDHH24MISS')
  || '_' || substr(md5(random()::text), 1, 6);

-- name: forgotten
-- Left behind by a crash: ours, not brand-new, and nobody is in it.
SELECT d.datname FROM pg_database d
WHERE d.datname ~ '^hourglass_backtest_\d{14}_' AND NOT EXISTS (SELECT FROM pg_stat_activity a WHERE a.datname = d.datname)
  AND substr(d.datname, 20, 14) < to_char(clock_timestamp() AT TIME ZONE 'UTC' - interval '2 minutes', 'YYYYMMDDHH24MISS');

-- name: create
CREATE DATABASE {name};

-- name: hurry
-- Nothing in it has to outlive a crash.
ALTER DATABASE {name} SET synchronous_commit = off;

-- name: drop
DROP DATABASE IF EXISTS {name} WITH (FORCE);
