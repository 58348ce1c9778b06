-- name: open
INSERT INTO journey_arms (workspace_id, journey_id, step, arm)
SELECT :workspace_id, :journey_id, :step, arm FROM unnest(:arms::text[]) AS a (arm) ON CONFLICT DO NOTHING;

-- name: time_to_settle
-- Also takes hold of the counts: who comes second waits for the first.
WITH mine AS (
  SELECT arm FROM journey_arms
  WHERE workspace_id = :workspace_id AND journey_id = :journey_id AND step = :step ORDER BY arm FOR UPDATE)
UPDATE journey_arms a SET settled_at = :now FROM mine
WHERE a.workspace_id = :workspace_id AND a.journey_id = :journey_id AND a.step = :step AND a.arm = mine.arm
  AND a.settled_at <= :before RETURNING a.arm;

-- name: counts
SELECT arm, drawn, rewarded FROM journey_arms
WHERE workspace_id = :workspace_id AND journey_id = :journey_id AND step = :step ORDER BY arm;

-- name: keep
WITH put AS (
  INSERT INTO journey_lots (workspace_id, run_id, visit, journey_id, step, arm, drawn_at, until)
  SELECT :workspace_id, run_id, visit, :journey_id, :step, arm, drawn_at, until
  FROM unnest(:runs::bigint[], :visits::text[], :drawn::text[], :moments::timestamptz[], :untils::timestamptz[])
    AS l (run_id, visit, arm, drawn_at, until)
  ON CONFLICT DO NOTHING)
UPDATE journey_arms a SET drawn = a.drawn + c.count FROM unnest(:arms::text[], :counts::bigint[]) AS c (arm, count)
WHERE a.workspace_id = :workspace_id AND a.journey_id = :journey_id AND a.step = :step AND a.arm = c.arm;

-- name: won
-- Draws that have brought the reward in their time: a goal of the run, a click on a message of it, an order of the person.
SELECT l.arm, l.run_id, l.visit FROM journey_lots l
WHERE l.workspace_id = :workspace_id AND l.journey_id = :journey_id AND l.step = :step
  AND CASE :reward::text
    WHEN 'goal' THEN EXISTS (SELECT FROM run_steps s WHERE s.workspace_id = l.workspace_id AND s.run_id = l.run_id
      AND s.outcome = 'goal' AND s.at BETWEEN l.drawn_at AND l.until)
    WHEN 'click' THEN EXISTS (SELECT FROM messages m WHERE m.workspace_id = l.workspace_id AND m.run_id = l.run_id
      AND m.clicked_at BETWEEN l.drawn_at AND l.until)
    ELSE EXISTS (SELECT FROM journey_runs r
      JOIN profiles p ON p.workspace_id = r.workspace_id AND p.id = r.profile_id
      JOIN orders o ON o.workspace_id = r.workspace_id AND o.profile_id IN (p.id, p.merged_into)
      WHERE r.workspace_id = l.workspace_id AND r.id = l.run_id AND o.state <> 'cancelled'
        AND o.ordered_at BETWEEN l.drawn_at AND l.until)
  END;

-- name: close
WITH over AS (
  DELETE FROM journey_lots l
  WHERE l.workspace_id = :workspace_id AND l.journey_id = :journey_id AND l.step = :step
    AND (l.until < :before OR (l.run_id, l.visit) IN (SELECT * FROM unnest(:runs::bigint[], :visits::text[]))))
UPDATE journey_arms a SET rewarded = a.rewarded + c.count FROM unnest(:arms::text[], :counts::bigint[]) AS c (arm, count)
WHERE a.workspace_id = :workspace_id AND a.journey_id = :journey_id AND a.step = :step AND a.arm = c.arm;
