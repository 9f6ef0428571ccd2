SELECT count(*) AS rows 
FROM (SELECT feedback_case.id AS case_id, NULL AS deadline, NULL AS remedy_id 
FROM feedback_case 
WHERE feedback_case.status IN ('logged', 'acknowledged', 'investigating', 'on hold', 'response sent', 'in review') AND (feedback_case.id NOT IN (SELECT deadline.case_id 
FROM deadline 
WHERE deadline.state = 'open' AND (deadline.kind IN ('acknowledgement', 'stage_2_acknowledgement', 'stage_3_acknowledgement', 'stage_4_acknowledgement', 'stage_5_acknowledgement', 'stage_6_acknowledgement', 'stage_1_target', 'stage_2_target', 'stage_3_target', 'stage_4_target', 'stage_5_target', 'stage_6_target', 'stage_1_limit', 'stage_1_panel', 'stage_1_report', 'stage_1_reply', 'stage_2_limit', 'stage_2_panel', 'stage_2_report', 'stage_2_reply', 'stage_3_limit', 'stage_3_panel', 'stage_3_report', 'stage_3_reply', 'stage_4_limit', 'stage_4_panel', 'stage_4_report', 'stage_4_reply', 'stage_5_limit', 'stage_5_panel', 'stage_5_report', 'stage_5_reply', 'stage_6_limit', 'stage_6_panel', 'stage_6_report', 'stage_6_reply', 'response_promised') OR deadline.kind = 'statutory_limit' AND deadline.due_on <= :horizon))) UNION ALL SELECT remedy.case_id AS case_id, 'remedy' AS anon_1, remedy.id AS id 
FROM remedy JOIN feedback_case ON feedback_case.id = remedy.case_id 
WHERE remedy.done_on IS NULL AND remedy.due_on IS NULL AND (NOT (EXISTS (SELECT * 
FROM event AS import_event 
WHERE import_event.case_id = remedy.case_id AND import_event.step = 'import' AND import_event.to_status = 'closed')) OR (EXISTS (SELECT * 
FROM event AS redress_event 
WHERE redress_event.case_id = remedy.case_id AND redress_event.step = 'redress'))) AND feedback_case.status != 'void' AND feedback_case.erased_on IS NULL) AS items
