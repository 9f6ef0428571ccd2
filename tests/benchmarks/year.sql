-- The year of a register by hand: the questions of the report, each as an officer who knows SQL would ask it.
-- Each with the first and last day of the year (start, end), those of the year before, and the day of the report (as_of).

-- feedback: kinds, months
SELECT kind, strftime('%Y-%m', received_on), count(*) FROM feedback_case
WHERE received_on BETWEEN :start AND :end AND status <> 'void' GROUP BY 1, 2;

-- complaints: what became of them, outcomes at stage 1, by procedure
SELECT c.procedure, c.status = 'closed', c.closing_reason, s.outcome,
  s.investigation_started_on IS NULL AND s.responded_on IS NULL, count(*)
FROM feedback_case c LEFT JOIN stage s ON s.case_id = c.id AND s.number = 1
WHERE c.kind = 'complaint' AND c.received_on BETWEEN :start AND :end AND c.status <> 'void' GROUP BY 1, 2, 3, 4, 5;

-- complaints by procedure and team
SELECT c.procedure, p.team, count(DISTINCT c.id) FROM feedback_case c JOIN complaint_point p ON p.case_id = c.id
WHERE c.kind = 'complaint' AND c.received_on BETWEEN :start AND :end AND c.status <> 'void' GROUP BY 1, 2;
-- … provider
SELECT c.procedure, p.provider, count(DISTINCT c.id) FROM feedback_case c JOIN complaint_point p ON p.case_id = c.id
WHERE c.kind = 'complaint' AND c.received_on BETWEEN :start AND :end AND c.status <> 'void' GROUP BY 1, 2;
-- … category
SELECT c.procedure, p.category, count(DISTINCT c.id) FROM feedback_case c JOIN complaint_point p ON p.case_id = c.id
WHERE c.kind = 'complaint' AND c.received_on BETWEEN :start AND :end AND c.status <> 'void' GROUP BY 1, 2;
-- … sub-category
SELECT c.procedure, p.category, p.subcategory, count(DISTINCT c.id)
FROM feedback_case c JOIN complaint_point p ON p.case_id = c.id
WHERE c.kind = 'complaint' AND c.received_on BETWEEN :start AND :end AND c.status <> 'void' GROUP BY 1, 2, 3;
-- … theme
SELECT c.procedure, p.theme, count(DISTINCT c.id) FROM feedback_case c JOIN complaint_point p ON p.case_id = c.id
WHERE c.kind = 'complaint' AND c.received_on BETWEEN :start AND :end AND c.status <> 'void' GROUP BY 1, 2;
-- how many cases have any of these, so that the tables reconcile
SELECT c.procedure, count(DISTINCT CASE WHEN p.team IS NOT NULL THEN c.id END),
  count(DISTINCT CASE WHEN p.provider IS NOT NULL THEN c.id END),
  count(DISTINCT CASE WHEN p.category IS NOT NULL THEN c.id END),
  count(DISTINCT CASE WHEN p.subcategory IS NOT NULL THEN c.id END),
  count(DISTINCT CASE WHEN p.theme IS NOT NULL THEN c.id END)
FROM feedback_case c JOIN complaint_point p ON p.case_id = c.id
WHERE c.kind = 'complaint' AND c.received_on BETWEEN :start AND :end AND c.status <> 'void' GROUP BY 1;
-- complaints about providers by sub-category
SELECT p.category, p.subcategory, count(DISTINCT c.id) FROM feedback_case c JOIN complaint_point p ON p.case_id = c.id
WHERE c.kind = 'complaint' AND c.received_on BETWEEN :start AND :end AND c.status <> 'void' AND p.provider IS NOT NULL
GROUP BY 1, 2;
-- channel; who complained
SELECT procedure, channel, count(*) FROM feedback_case
WHERE kind = 'complaint' AND received_on BETWEEN :start AND :end AND status <> 'void' GROUP BY 1, 2;
SELECT c.procedure, a.role, count(DISTINCT c.id)
FROM feedback_case c JOIN party a ON a.case_id = c.id AND a.part = 'complainant'
WHERE c.kind = 'complaint' AND c.received_on BETWEEN :start AND :end AND c.status <> 'void' GROUP BY 1, 2;

-- acknowledged in time, of those acknowledged or overdue
SELECT procedure, count(CASE WHEN done <= original THEN 1 END),
  count(CASE WHEN done IS NOT NULL OR (due < coalesce(closed_on, :as_of) AND due < :as_of) THEN 1 END)
FROM (
  SELECT c.procedure, c.closed_on, coalesce(c.acknowledged_on, s.responded_on) AS done,
    min(d.original_due_on) AS original, max(d.due_on) AS due
  FROM feedback_case c LEFT JOIN stage s ON s.case_id = c.id AND s.number = 1
  LEFT JOIN deadline d ON d.case_id = c.id AND d.kind = 'acknowledgement' AND d.state <> 'superseded'
  WHERE c.kind = 'complaint' AND c.received_on BETWEEN :start AND :end AND c.status <> 'void'
  GROUP BY c.id
) GROUP BY 1;

-- responses: working days by procedure and month, against aim and limit, and as extended
SELECT procedure, month, days, count(*), count(CASE WHEN responded_on <= target THEN 1 END), count(target),
  count(CASE WHEN responded_on <= "limit" THEN 1 END), count("limit"),
  count(CASE WHEN extended AND ((responded_on > target AND responded_on <= target_now)
    OR (responded_on > "limit" AND responded_on <= limit_now)) THEN 1 END)
FROM (
  SELECT c.procedure, strftime('%Y-%m', c.received_on) AS month, s.working_days_taken AS days, s.responded_on,
    min(CASE WHEN d.kind = 'stage_1_target' THEN d.original_due_on END) AS target,
    max(CASE WHEN d.kind = 'stage_1_target' THEN d.due_on END) AS target_now,
    min(CASE WHEN d.kind = 'stage_1_limit' THEN d.original_due_on END) AS "limit",
    max(CASE WHEN d.kind = 'stage_1_limit' THEN d.due_on END) AS limit_now,
    EXISTS (SELECT 1 FROM extension e WHERE e.case_id = c.id AND e.stage_number = 1) AS extended
  FROM feedback_case c JOIN stage s ON s.case_id = c.id AND s.number = 1
  LEFT JOIN deadline d ON d.case_id = c.id AND d.kind IN ('stage_1_target', 'stage_1_limit')
    AND d.state NOT IN ('superseded', 'cancelled')
  WHERE c.kind = 'complaint' AND c.received_on BETWEEN :start AND :end AND c.status <> 'void'
    AND s.responded_on IS NOT NULL
  GROUP BY c.id
) GROUP BY 1, 2, 3;

-- extensions, and told in time
SELECT count(DISTINCT c.id), count(CASE WHEN e.told_on <= e.extended_from THEN 1 END), count(*)
FROM feedback_case c JOIN extension e ON e.case_id = c.id AND e.stage_number = 1
WHERE c.kind = 'complaint' AND c.received_on BETWEEN :start AND :end AND c.status <> 'void';

-- outcomes by team; reviews
SELECT p.team, c.status = 'closed', c.closing_reason, s.outcome, count(DISTINCT c.id)
FROM feedback_case c JOIN complaint_point p ON p.case_id = c.id JOIN stage s ON s.case_id = c.id AND s.number = 1
WHERE c.kind = 'complaint' AND c.received_on BETWEEN :start AND :end AND c.status <> 'void' AND p.team IS NOT NULL
  AND (s.investigation_started_on IS NOT NULL OR s.responded_on IS NOT NULL)
GROUP BY 1, 2, 3, 4;
SELECT c.procedure, c.status = 'closed', c.closing_reason, s.outcome, count(*)
FROM feedback_case c JOIN stage s ON s.case_id = c.id AND s.number = 2
WHERE c.kind = 'complaint' AND c.received_on BETWEEN :start AND :end AND c.status <> 'void' GROUP BY 1, 2, 3, 4;
SELECT procedure, count(CASE WHEN responded_on <= due THEN 1 END), count(*) FROM (
  SELECT c.procedure, s.responded_on, min(d.original_due_on) AS due
  FROM feedback_case c JOIN stage s ON s.case_id = c.id AND s.number = 2
  JOIN deadline d ON d.case_id = c.id AND d.kind = 'stage_2_limit' AND d.state NOT IN ('superseded', 'cancelled')
  WHERE c.kind = 'complaint' AND c.received_on BETWEEN :start AND :end AND c.status <> 'void'
    AND s.responded_on IS NOT NULL
  GROUP BY c.id
) GROUP BY 1;

-- the Ombudsman: received, decided, replies, what was agreed
SELECT c.procedure, o.decision, count(*), count(CASE WHEN o.responded_on <= o.due_on THEN 1 END),
  count(CASE WHEN o.responded_on IS NOT NULL OR (o.decided_on IS NULL AND o.due_on < :as_of) THEN 1 END)
FROM ombudsman_record o JOIN feedback_case c ON c.id = o.case_id
WHERE o.received_on BETWEEN :start AND :end AND c.status <> 'void' GROUP BY 1, 2;
SELECT o.decision, count(*) FROM ombudsman_record o JOIN feedback_case c ON c.id = o.case_id
WHERE o.decided_on BETWEEN :start AND :end AND o.decision IS NOT NULL AND c.status <> 'void' GROUP BY 1;
SELECT o.decided_on, o.summary, o.category, o.decision, o.agreed
FROM ombudsman_record o JOIN feedback_case c ON c.id = o.case_id
WHERE o.decided_on BETWEEN :start AND :end AND c.status <> 'void'
  AND o.decision IN ('upheld', 'not upheld', 'passed to PHSO', 'discontinued') ORDER BY 1;
WITH upheld AS (
  SELECT c.id, min(o.decided_on) AS decided_on FROM ombudsman_record o JOIN feedback_case c ON c.id = o.case_id
  WHERE o.decided_on BETWEEN :start AND :end AND o.decision = 'upheld' AND c.status <> 'void' GROUP BY 1
)
SELECT count(CASE WHEN done_on <= due_on THEN 1 END), count(CASE WHEN done_on IS NOT NULL OR due_on < :as_of THEN 1 END)
FROM (
  SELECT a.due_on, a.done_on FROM action a JOIN upheld u ON u.id = a.case_id WHERE a.due_on >= u.decided_on
  UNION ALL
  SELECT r.due_on, r.done_on FROM remedy r JOIN upheld u ON u.id = r.case_id WHERE r.due_on >= u.decided_on
);

-- redress, learning, actions
SELECT r.kind, count(*), sum(r.amount_pence), count(CASE WHEN r.done_on <= r.due_on THEN 1 END)
FROM feedback_case c JOIN remedy r ON r.case_id = c.id
WHERE c.kind = 'complaint' AND c.received_on BETWEEN :start AND :end AND c.status <> 'void' GROUP BY 1;
SELECT l.area, count(*) FROM feedback_case c JOIN learning l ON l.case_id = c.id
WHERE c.kind = 'complaint' AND c.received_on BETWEEN :start AND :end AND c.status <> 'void' GROUP BY 1;
SELECT count(DISTINCT c.id), count(DISTINCT CASE WHEN s.outcome IN ('upheld', 'partly upheld')
  AND (s.investigation_started_on IS NOT NULL OR s.responded_on IS NOT NULL) THEN c.id END)
FROM feedback_case c JOIN learning l ON l.case_id = c.id LEFT JOIN stage s ON s.case_id = c.id AND s.number = 1
WHERE c.kind = 'complaint' AND c.received_on BETWEEN :start AND :end AND c.status <> 'void';
SELECT count(*), count(a.done_on), count(CASE WHEN a.done_on IS NULL AND a.due_on < :as_of THEN 1 END)
FROM feedback_case c JOIN action a ON a.case_id = c.id
WHERE c.kind = 'complaint' AND c.received_on BETWEEN :start AND :end AND c.status <> 'void';

-- compliments and enquiries
SELECT p.team, count(DISTINCT c.id) FROM feedback_case c LEFT JOIN complaint_point p ON p.case_id = c.id
WHERE c.kind = 'compliment' AND c.received_on BETWEEN :start AND :end AND c.status <> 'void' GROUP BY 1;
SELECT compliment_source, count(*) FROM feedback_case
WHERE kind = 'compliment' AND received_on BETWEEN :start AND :end AND status <> 'void' GROUP BY 1;
SELECT a.role, count(DISTINCT c.id) FROM feedback_case c JOIN party a ON a.case_id = c.id AND a.part = 'complainant'
WHERE c.kind = 'enquiry' AND c.received_on BETWEEN :start AND :end AND c.status <> 'void' GROUP BY 1;

-- the year before, beside this one
SELECT kind, count(*) FROM feedback_case
WHERE received_on BETWEEN :before AND :before_end AND status <> 'void' GROUP BY 1;
SELECT c.procedure, c.status = 'closed', c.closing_reason, s.outcome,
  s.investigation_started_on IS NULL AND s.responded_on IS NULL, count(*), sum(s.working_days_taken)
FROM feedback_case c LEFT JOIN stage s ON s.case_id = c.id AND s.number = 1
WHERE c.kind = 'complaint' AND c.received_on BETWEEN :before AND :before_end AND c.status <> 'void'
GROUP BY 1, 2, 3, 4, 5;
SELECT p.team, count(DISTINCT c.id) FROM feedback_case c JOIN complaint_point p ON p.case_id = c.id
WHERE c.kind = 'complaint' AND c.received_on BETWEEN :before AND :before_end AND c.status <> 'void' GROUP BY 1;
SELECT p.theme, count(DISTINCT c.id) FROM feedback_case c JOIN complaint_point p ON p.case_id = c.id
WHERE c.kind = 'complaint' AND c.received_on BETWEEN :before AND :before_end AND c.status <> 'void' GROUP BY 1;
SELECT channel, count(*) FROM feedback_case
WHERE kind = 'complaint' AND received_on BETWEEN :before AND :before_end AND status <> 'void' GROUP BY 1;
SELECT count(*) FROM ombudsman_record o JOIN feedback_case c ON c.id = o.case_id
WHERE o.received_on BETWEEN :before AND :before_end AND c.status <> 'void';
