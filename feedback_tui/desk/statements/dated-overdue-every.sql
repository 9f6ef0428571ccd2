SELECT feedback_case.id, owed.deadline_id, owed.deadline, owed.due_on, owed.original_due_on, owed.to_tell, NULL AS remedy_id, feedback_case.reference, feedback_case.kind, feedback_case.status, complaint_point.team, feedback_case.officer, stage.investigator, feedback_case.summary, feedback_case.restricted_to, (SELECT CASE WHEN (who_party.role = 'anonymous') THEN '' ELSE who_person.name END AS anon_1 
FROM party AS who_party LEFT OUTER JOIN person AS who_person ON who_person.id = who_party.person_id 
WHERE who_party.case_id = feedback_case.id AND (who_party.role = 'anonymous' OR who_person.name != '') ORDER BY who_party.ended_on IS NOT NULL, CASE WHEN (who_party.part = 'complainant') THEN 0 WHEN (who_party.part = 'customer') THEN 1 ELSE 2 END, who_party.position, who_party.id
 LIMIT 1 OFFSET 0) AS who, CASE WHEN (feedback_case.status = 'on hold') THEN (SELECT hold.rule 
FROM deadline AS hold 
WHERE hold.case_id = feedback_case.id AND hold.kind = 'review_hold' ORDER BY hold.state != 'open', hold.id DESC
 LIMIT 1 OFFSET 0) END AS hold_rule, CASE WHEN (feedback_case.status = 'on hold') THEN (SELECT hold.due_on 
FROM deadline AS hold 
WHERE hold.case_id = feedback_case.id AND hold.kind = 'review_hold' ORDER BY hold.state != 'open', hold.id DESC
 LIMIT 1 OFFSET 0) END AS hold_until 
FROM (SELECT deadline.id AS deadline_id, deadline.case_id AS case_id, deadline.kind AS deadline, deadline.due_on AS due_on, deadline.original_due_on AS original_due_on, deadline.kind IN ('stage_1_target', 'stage_2_target') AND deadline.due_on < :today AND deadline.told_on IS NULL AND NOT (EXISTS (SELECT * 
FROM contact AS letter 
WHERE letter.case_id = deadline.case_id AND letter.contacted_on >= deadline.due_on AND letter.kind = 'holding letter')) AS to_tell 
FROM deadline 
WHERE deadline.state = 'open') AS owed JOIN feedback_case ON feedback_case.id = owed.case_id LEFT OUTER JOIN stage ON stage.case_id = feedback_case.id AND stage.number = feedback_case.stage_number LEFT OUTER JOIN complaint_point ON complaint_point.case_id = feedback_case.id AND complaint_point.position = 1 
WHERE owed.due_on < :today ORDER BY owed.due_on, feedback_case.reference_key, owed.deadline_id
 LIMIT :limit OFFSET 0
