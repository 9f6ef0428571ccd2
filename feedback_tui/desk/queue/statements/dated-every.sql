SELECT feedback_case.id, owed.deadline_id, owed.deadline, owed.due_on, owed.original_due_on, owed.to_tell, NULL AS remedy_id, feedback_case.reference, feedback_case.kind, feedback_case.status, complaint_point.team, feedback_case.officer, stage.investigator, feedback_case.summary, feedback_case.restricted_to, coalesce((SELECT CASE WHEN (complainant_party.role = 'anonymous') THEN '' ELSE complainant_person.name END AS anon_1 
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
FROM (SELECT deadline.id AS deadline_id, deadline.case_id AS case_id, deadline.kind AS deadline, deadline.due_on AS due_on, deadline.original_due_on AS original_due_on, deadline.kind IN ('stage_1_target', 'stage_2_target', 'stage_3_target', 'stage_4_target', 'stage_5_target', 'stage_6_target') AND deadline.due_on < :today AND deadline.told_on IS NULL AND NOT (EXISTS (SELECT * 
FROM contact AS letter 
WHERE letter.case_id = deadline.case_id AND letter.contacted_on >= deadline.due_on AND letter.kind = 'holding letter')) AS to_tell 
FROM deadline 
WHERE deadline.state = 'open' AND NOT (deadline.kind = 'statutory_limit' AND (EXISTS (SELECT * 
FROM extension 
WHERE extension.case_id = deadline.case_id AND extension.agreed = 1 AND extension.extended_to > deadline.due_on)))) AS owed JOIN feedback_case ON feedback_case.id = owed.case_id LEFT OUTER JOIN stage ON stage.case_id = feedback_case.id AND stage.number = feedback_case.stage_number LEFT OUTER JOIN complaint_point ON complaint_point.case_id = feedback_case.id AND complaint_point.position = 1 ORDER BY owed.due_on, feedback_case.reference_key, owed.deadline_id
 LIMIT :limit OFFSET 0
