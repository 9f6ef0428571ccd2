SELECT feedback_case.id, NULL AS deadline_id, items.deadline, NULL AS due_on, NULL AS original_due_on, 0 AS to_tell, items.remedy_id, feedback_case.reference, feedback_case.kind, feedback_case.status, complaint_point.team, feedback_case.officer, stage.investigator, feedback_case.summary, feedback_case.restricted_to, coalesce((SELECT CASE WHEN (complainant_party.role = 'anonymous') THEN '' ELSE complainant_person.name END AS anon_1 
FROM party AS complainant_party LEFT OUTER JOIN person AS complainant_person ON complainant_person.id = complainant_party.person_id 
WHERE complainant_party.case_id = feedback_case.id AND complainant_party.part = 'complainant' AND complainant_party.ended_on IS NULL AND (complainant_party.role = 'anonymous' OR complainant_person.name != '') ORDER BY complainant_party.id
 LIMIT 1 OFFSET 0), (SELECT CASE WHEN (customer_party.role = 'anonymous') THEN '' ELSE customer_person.name END AS anon_2 
FROM party AS customer_party LEFT OUTER JOIN person AS customer_person ON customer_person.id = customer_party.person_id 
WHERE customer_party.case_id = feedback_case.id AND customer_party.part = 'customer' AND customer_party.ended_on IS NULL AND (customer_party.role = 'anonymous' OR customer_person.name != '') ORDER BY customer_party.id
 LIMIT 1 OFFSET 0), (SELECT CASE WHEN (anyone_party.role = 'anonymous') THEN '' ELSE anyone_person.name END AS anon_3 
FROM party AS anyone_party LEFT OUTER JOIN person AS anyone_person ON anyone_person.id = anyone_party.person_id 
WHERE anyone_party.case_id = feedback_case.id AND (anyone_party.role = 'anonymous' OR anyone_person.name != '') ORDER BY anyone_party.id
 LIMIT 1 OFFSET 0)) AS who, CASE WHEN (feedback_case.status = 'on hold') THEN (SELECT hold.rule 
FROM deadline AS hold 
WHERE hold.case_id = feedback_case.id AND hold.kind = 'review_hold' ORDER BY hold.state != 'open', hold.id DESC
 LIMIT 1 OFFSET 0) END AS hold_rule, CASE WHEN (feedback_case.status = 'on hold') THEN (SELECT hold.due_on 
FROM deadline AS hold 
WHERE hold.case_id = feedback_case.id AND hold.kind = 'review_hold' ORDER BY hold.state != 'open', hold.id DESC
 LIMIT 1 OFFSET 0) END AS hold_until, feedback_case.procedure, feedback_case.procedure_version 
FROM (SELECT feedback_case.id AS case_id, NULL AS deadline, NULL AS remedy_id 
FROM feedback_case 
WHERE feedback_case.status IN ('logged', 'acknowledged', 'investigating', 'on hold', 'response sent', 'in review') AND (feedback_case.id NOT IN (SELECT deadline.case_id 
FROM deadline 
WHERE deadline.state = 'open' AND (deadline.kind IN ('acknowledgement', 'stage_2_acknowledgement', 'stage_3_acknowledgement', 'stage_4_acknowledgement', 'stage_5_acknowledgement', 'stage_6_acknowledgement', 'stage_1_target', 'stage_2_target', 'stage_3_target', 'stage_4_target', 'stage_5_target', 'stage_6_target', 'stage_1_limit', 'stage_1_panel', 'stage_1_report', 'stage_1_reply', 'stage_2_limit', 'stage_2_panel', 'stage_2_report', 'stage_2_reply', 'stage_3_limit', 'stage_3_panel', 'stage_3_report', 'stage_3_reply', 'stage_4_limit', 'stage_4_panel', 'stage_4_report', 'stage_4_reply', 'stage_5_limit', 'stage_5_panel', 'stage_5_report', 'stage_5_reply', 'stage_6_limit', 'stage_6_panel', 'stage_6_report', 'stage_6_reply', 'response_promised') OR deadline.kind = 'statutory_limit' AND deadline.due_on <= :horizon))) UNION ALL SELECT remedy.case_id AS case_id, 'remedy' AS anon_4, remedy.id AS id 
FROM remedy JOIN feedback_case ON feedback_case.id = remedy.case_id 
WHERE remedy.done_on IS NULL AND remedy.due_on IS NULL AND (NOT (EXISTS (SELECT * 
FROM event AS import_event 
WHERE import_event.case_id = remedy.case_id AND import_event.step = 'import' AND import_event.to_status = 'closed')) OR (EXISTS (SELECT * 
FROM event AS redress_event 
WHERE redress_event.case_id = remedy.case_id AND redress_event.step = 'redress'))) AND feedback_case.status != 'void' AND feedback_case.erased_on IS NULL) AS items JOIN feedback_case ON feedback_case.id = items.case_id LEFT OUTER JOIN stage ON stage.case_id = feedback_case.id AND stage.number = feedback_case.stage_number LEFT OUTER JOIN complaint_point ON complaint_point.case_id = feedback_case.id AND complaint_point.position = 1 ORDER BY feedback_case.received_on, feedback_case.reference_key, items.remedy_id IS NOT NULL, items.remedy_id
 LIMIT :limit OFFSET 0
