-- What is due is looked up journey by journey: those of a paused one, however many are overdue, are never walked through.
-- The same index tells who waits where in which version.
DROP INDEX runs_due;
CREATE INDEX runs_due ON journey_runs (workspace_id, journey_id, wake_at) WHERE state = 'waiting';
