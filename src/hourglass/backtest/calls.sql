-- name: calls
SELECT profile_id, correlation, entered_at AS at, entry_seq AS seq, entry AS facts FROM journey_runs
WHERE workspace_id = :workspace_id AND journey_id = ANY(:journeys::int[]) AND entered_at >= :start AND entered_at < :stop
  AND entry->>'event' = 'Journey Invitation' ORDER BY entered_at, id;

-- name: repeat
INSERT INTO journey_entrants (workspace_id, journey_id, profile_id, correlation, not_before, at, seq, source, facts)
SELECT :workspace_id, :journey_id, profile_id, correlation, at, at, seq, 'call', facts
FROM unnest(:profiles::bigint[], :correlations::text[], :ats::timestamptz[], :seqs::bigint[], :facts::jsonb[])
  AS come (profile_id, correlation, at, seq, facts);
