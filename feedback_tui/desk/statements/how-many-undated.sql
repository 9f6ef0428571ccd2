SELECT count(*) AS rows 
FROM feedback_case 
WHERE feedback_case.status IN ('logged', 'acknowledged', 'investigating', 'on hold', 'response sent', 'in review') AND (feedback_case.id NOT IN (SELECT deadline.case_id 
FROM deadline 
WHERE deadline.state = 'open' AND (deadline.kind IN ('acknowledgement', 'stage_2_acknowledgement', 'stage_1_target', 'stage_2_target', 'stage_1_limit', 'stage_2_limit', 'response_promised') OR deadline.kind = 'statutory_limit' AND deadline.due_on <= :horizon)))
