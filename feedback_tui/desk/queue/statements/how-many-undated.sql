SELECT count(*) AS rows 
FROM (SELECT feedback_case.id AS case_id, NULL AS deadline, NULL AS remedy_id 
FROM feedback_case 
WHERE feedback_case.status IN ('logged', 'acknowledged', 'investigating', 'on hold', 'response sent', 'in review') AND (feedback_case.id NOT IN (SELECT deadline.case_id 
FROM deadline 
WHERE deadline.state = 'open' AND (deadline.kind IN ('acknowledgement', 'stage_2_acknowledgement', 'stage_1_target', 'stage_2_target', 'stage_1_limit', 'stage_2_limit', 'response_promised') OR deadline.kind = 'statutory_limit' AND deadline.due_on <= :horizon))) UNION ALL SELECT remedy.case_id AS case_id, 'remedy' AS anon_1, remedy.id AS id 
FROM remedy JOIN feedback_case ON feedback_case.id = remedy.case_id 
WHERE remedy.done_on IS NULL AND remedy.due_on IS NULL AND (NOT (EXISTS (SELECT * 
FROM event AS import_event 
WHERE import_event.case_id = remedy.case_id AND import_event.step = 'import' AND import_event.to_status = 'closed')) OR (EXISTS (SELECT * 
FROM event AS redress_event 
WHERE redress_event.case_id = remedy.case_id AND redress_event.step = 'redress'))) AND feedback_case.status != 'void' AND feedback_case.erased_on IS NULL) AS items
