"""How the acts of the benchmark are made, and its question as somebody would write it by hand in DuckDB."""

MAKE = """
COPY (
  SELECT i, (i % {communities})::SMALLINT AS place,
    (DATE '2024-01-01' + INTERVAL (h % {months}) MONTH)::DATE AS month,
    'organ' || (h % 11 % 7) AS organ, 'procedure' || (h % 11) AS procedure, 'plain' AS kind,
    ['Filed','Entered','Left','Answered','Closed','Raised','Breached','Declined','Reopened','Published'][1 + h // 97 % 10]
      AS event,
    ['content','partly','not_content','no_answer','done','open','upheld','agreed'][1 + h // 1009 % 8] AS word,
    h // 31 % 9 = 0 AS late, h // 53 % 3 = 0 AS handed, h // 71 % 40 = 0 AS refusal,
    (CASE WHEN h // 7 % 10 < 8 THEN h // 131 % 240 ELSE 240 + h // 131 % 60 * 24 END)::SMALLINT AS hours
  FROM (SELECT i, (hash(i) % 1000000007)::BIGINT AS h FROM range({first}, {last}) t(i))
) TO '{file}' (FORMAT parquet)
"""
COUNTS_BY_HAND = """
SELECT place, month, organ, procedure, kind,
  count(*) FILTER (event = 'Filed') AS filed,
  count(*) FILTER (event = 'Answered') AS answered,
  count(*) FILTER (event = 'Answered' AND NOT late) AS answered_in_time,
  count(*) FILTER (event = 'Closed') AS closed,
  count(*) FILTER (event = 'Closed' AND NOT late) AS in_time,
  count(*) FILTER (event = 'Closed' AND late) AS late,
  count(*) FILTER (event = 'Closed' AND word = 'content') AS solved,
  count(*) FILTER (event = 'Breached') AS breaches,
  count(*) FILTER (event = 'Raised') AS raised,
  count(*) FILTER (event = 'Declined') AS passed_on,
  count(*) FILTER (event = 'Reopened') AS reopened,
  count(*) FILTER (event = 'Left' AND word IN ('content', 'partly', 'not_content')) AS confirmed,
  count(*) FILTER (event = 'Left' AND word = 'content') AS content,
  count(*) FILTER (event = 'Left' AND word = 'partly') AS partly,
  count(*) FILTER (event = 'Left' AND word = 'not_content') AS not_content,
  count(*) FILTER (event = 'Left' AND word = 'no_answer') AS unanswered,
  count(*) FILTER (event = 'Left' AND word IN ('agreed', 'agreement', 'settled', 'mediated')) AS agreed,
  count(*) FILTER (event = 'Left' AND word IN ('no_agreement', 'not_agreed')) AS not_agreed,
  count(*) FILTER (event = 'Filed' AND refusal) AS refused_tasks,
  count(*) FILTER (event = 'Filed' AND handed) AS handed_down,
  count(*) FILTER (event = 'Filed' AND NOT handed) AS own_matters,
  count(*) FILTER (event = 'Published') AS published,
  count(*) FILTER (event = 'ObjectionChanged' AND word = 'open') AS objections,
  count(*) FILTER (event = 'ObjectionChanged' AND word = 'upheld') AS upheld
FROM acts GROUP BY ALL
"""
DURATIONS_BY_HAND = """
SELECT place, month, organ, procedure, kind, 'to_answer' AS name, hours, count(*) AS n
FROM acts WHERE event = 'Answered' GROUP BY ALL
UNION ALL
SELECT place, month, organ, procedure, kind, 'to_close' AS name, hours, count(*) AS n
FROM acts WHERE event = 'Closed' GROUP BY ALL
"""
