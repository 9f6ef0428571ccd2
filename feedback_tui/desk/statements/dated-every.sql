SELECT feedback_case.id, owed.deadline_id, owed.deadline, owed.due_on, owed.original_due_on, feedback_case.reference, feedback_case.kind, feedback_case.status, complaint_point.team, feedback_case.officer, stage.investigator, feedback_case.summary, feedback_case.restricted_to 
FROM (SELECT deadline.id AS deadline_id, deadline.case_id AS case_id, deadline.kind AS deadline, deadline.due_on AS due_on, deadline.original_due_on AS original_due_on 
FROM deadline 
WHERE deadline.state = 'open') AS owed JOIN feedback_case ON feedback_case.id = owed.case_id LEFT OUTER JOIN stage ON stage.case_id = feedback_case.id AND stage.number = feedback_case.stage_number LEFT OUTER JOIN complaint_point ON complaint_point.case_id = feedback_case.id AND complaint_point.position = 1 ORDER BY owed.due_on, feedback_case.reference_key, owed.deadline_id
 LIMIT :limit OFFSET 0
