"""The review dossier: what the record says of a period, in one set of facts and four forms (V.3-2).

`facts.dossier` gathers; `wording.worded` finds the words; `formats` makes JSON, HTML, PDF or DOCX of them.

The JSON has these keys (more may be added; days are ISO 8601, instants UTC with `Z`):
`agreement`, `title`, `clause`, `from`, `until`, `number` (of the dossier, or null), `held_on`;
`schedule`: `reading`, `scheduling`, `window_opens`, `window_closes` (the day for compliance), `anniversary`,
`rolled`, `proposed`, `last_review`, `rolling`, `opens_on`;
`sections`: each `section`, `clauses`, `contributions` (`party`, `asked`, `text`, `by`, `at`; only what was
submitted), `parts`;
`parts`: each `name`, `clauses`, `items` (`number`, `title`, `party`, `on`, `status`), `tallies` (`by`, `rows` of
`keys` and `count`);
`tags`: each `taxonomy`, `term`, `title`, `count` (null while nothing is tagged in that taxonomy);
`cadence`: each `duty`, `clause`, `title`, `basis`, `every` (ISO 8601), `rows` (`window_start`, `due_on`,
`standing`, `met_on`, `evidence`, `days_between`, `within` one interval of the one before);
`open_items`: each `kind`, `clause`, `number`, `title`, `on`.
"""
