-- name: ask
INSERT INTO journey_calls (workspace_id, run_id, visit, journey, step, method, host, request, asked_at, not_before, deadline,
  waited)
SELECT :workspace_id, run_id, visit, journey, step, method, host, request, :now, :now, deadline, waited
FROM unnest(:runs::bigint[], :visits::text[], :journeys::text[], :steps::text[], :methods::text[], :hosts::text[],
            :requests::jsonb[], :deadlines::timestamptz[], :waited::boolean[])
  AS asked (run_id, visit, journey, step, method, host, request, deadline, waited)
ON CONFLICT DO NOTHING;

-- name: wake
SELECT pg_notify('hourglass_calls', '');

-- name: drop
-- all workspaces: one worker serves them all
-- Nobody waits for these any more: the run is over or was not willing to wait so long. Where nobody ever did, they are tried
-- for a day.
UPDATE journey_calls c SET state = 'dropped', ended_at = :now
WHERE c.state = 'queued' AND c.not_before <= :now AND (c.deadline <= :now OR c.waited AND NOT EXISTS (
  SELECT FROM journey_runs r WHERE r.workspace_id = c.workspace_id AND r.id = c.run_id AND r.state = 'waiting'));

-- name: claim
-- all workspaces: one worker serves them all
-- The next calls; should this worker die, they are due again after the lease.
UPDATE journey_calls c SET not_before = :lease, tries = c.tries + 1
FROM (SELECT workspace_id, run_id, visit FROM journey_calls
      WHERE state = 'queued' AND not_before <= :now AND host <> ALL(:away::text[])
      ORDER BY not_before LIMIT :most FOR UPDATE SKIP LOCKED) due
WHERE (c.workspace_id, c.run_id, c.visit) = (due.workspace_id, due.run_id, due.visit)
RETURNING c.workspace_id, c.run_id, c.visit, c.journey, c.step, c.method, c.host, c.request, c.tries, c.proof, c.asked_at,
          c.deadline;

-- name: again
UPDATE journey_calls SET not_before = :not_before, tries = :tries, detail = :detail, status = :status
WHERE workspace_id = :workspace_id AND run_id = :run_id AND visit = :visit AND state = 'queued';

-- name: end
UPDATE journey_calls SET state = :state, detail = :detail, status = :status, ended_at = :now
WHERE workspace_id = :workspace_id AND run_id = :run_id AND visit = :visit AND state = 'queued';

-- name: who
-- How an event names the person of a run.
SELECT i.kind, i.value FROM journey_runs r
JOIN identities i ON i.workspace_id = :workspace_id AND i.profile_id = r.profile_id
WHERE r.workspace_id = :workspace_id AND r.id = :run_id AND i.kind IN ('user_id', 'anonymous_id')
ORDER BY i.kind DESC, i.id LIMIT 1;

-- name: genuine
-- Which of these answers are about calls of ours.
SELECT said.run_id, said.visit FROM unnest(:runs::bigint[], :visits::text[], :proofs::uuid[]) AS said (run_id, visit, proof)
JOIN journey_calls c ON c.workspace_id = :workspace_id AND c.run_id = said.run_id AND c.visit = said.visit
  AND c.proof = said.proof;

-- name: next
-- all workspaces: one worker serves them all
SELECT min(not_before) FROM journey_calls WHERE state = 'queued';

-- name: forget
-- all workspaces: one worker serves them all
DELETE FROM journey_calls WHERE state <> 'queued' AND ended_at < :before;
