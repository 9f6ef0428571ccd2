SELECT feedback_case.id, feedback_case.reference, feedback_case.kind, feedback_case.status, complaint_point.team, feedback_case.officer, stage.investigator, feedback_case.summary, feedback_case.restricted_to 
FROM feedback_case LEFT OUTER JOIN stage ON stage.case_id = feedback_case.id AND stage.number = feedback_case.stage_number LEFT OUTER JOIN complaint_point ON complaint_point.case_id = feedback_case.id AND complaint_point.position = 1 
WHERE feedback_case.status IN ('logged', 'acknowledged', 'investigating', 'on hold', 'response sent', 'in review') AND (feedback_case.id NOT IN (SELECT deadline.case_id 
FROM deadline 
WHERE deadline.state = 'open')) ORDER BY feedback_case.received_on, feedback_case.reference_key
 LIMIT :limit OFFSET 0
