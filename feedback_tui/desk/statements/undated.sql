SELECT feedback_case.id, NULL AS deadline_id, items.deadline, NULL AS due_on, NULL AS original_due_on, 0 AS to_tell, items.remedy_id, feedback_case.reference, feedback_case.kind, feedback_case.status, complaint_point.team, feedback_case.officer, stage.investigator, feedback_case.summary, feedback_case.restricted_to, (SELECT CASE WHEN (who_party.role = 'anonymous') THEN '' ELSE who_person.name END AS anon_1 
FROM party AS who_party LEFT OUTER JOIN person AS who_person ON who_person.id = who_party.person_id 
WHERE who_party.case_id = feedback_case.id AND (who_party.role = 'anonymous' OR who_person.name != '') ORDER BY who_party.ended_on IS NOT NULL, CASE WHEN (who_party.part = 'complainant') THEN 0 WHEN (who_party.part = 'customer') THEN 1 ELSE 2 END, who_party.position, who_party.id
 LIMIT 1 OFFSET 0) AS who, CASE WHEN (feedback_case.status = 'on hold') THEN (SELECT hold.rule 
FROM deadline AS hold 
WHERE hold.case_id = feedback_case.id AND hold.kind = 'review_hold' ORDER BY hold.state != 'open', hold.id DESC
 LIMIT 1 OFFSET 0) END AS hold_rule, CASE WHEN (feedback_case.status = 'on hold') THEN (SELECT hold.due_on 
FROM deadline AS hold 
WHERE hold.case_id = feedback_case.id AND hold.kind = 'review_hold' ORDER BY hold.state != 'open', hold.id DESC
 LIMIT 1 OFFSET 0) END AS hold_until 
FROM (SELECT feedback_case.id AS case_id, NULL AS deadline, NULL AS remedy_id 
FROM feedback_case 
WHERE feedback_case.status IN ('logged', 'acknowledged', 'investigating', 'on hold', 'response sent', 'in review') AND (feedback_case.id NOT IN (SELECT deadline.case_id 
FROM deadline 
WHERE deadline.state = 'open' AND (deadline.kind IN ('acknowledgement', 'stage_2_acknowledgement', 'stage_1_target', 'stage_2_target', 'stage_1_limit', 'stage_2_limit', 'response_promised') OR deadline.kind = 'statutory_limit' AND deadline.due_on <= :horizon))) UNION ALL SELECT remedy.case_id AS case_id, 'remedy' AS anon_2, remedy.id AS id 
FROM remedy JOIN feedback_case ON feedback_case.id = remedy.case_id 
WHERE remedy.done_on IS NULL AND remedy.due_on IS NULL AND feedback_case.erased_on IS NULL AND (feedback_case.status IN ('logged', 'acknowledged', 'investigating', 'on hold', 'response sent', 'in review') OR feedback_case.status != 'void' AND NOT (EXISTS (SELECT * 
FROM event AS imported 
WHERE imported.case_id = feedback_case.id AND imported.step = 'import' AND imported.to_status = 'closed')))) AS items JOIN feedback_case ON feedback_case.id = items.case_id LEFT OUTER JOIN stage ON stage.case_id = feedback_case.id AND stage.number = feedback_case.stage_number LEFT OUTER JOIN complaint_point ON complaint_point.case_id = feedback_case.id AND complaint_point.position = 1 ORDER BY feedback_case.received_on, feedback_case.reference_key, items.remedy_id IS NOT NULL, items.remedy_id
 LIMIT :limit OFFSET 0
