-- all_users
SELECT
  users.id AS id,
  users.email AS email,
  users.name AS name,
  users.mood AS mood,
  users.age AS age,
  users.joined AS joined
FROM users AS users
ORDER BY users.id;

-- recent_users
SELECT
  users.id AS id,
  users.name AS name
FROM users AS users
WHERE users.joined > @p1
  AND users.name IS NOT NULL
ORDER BY users.joined DESC, users.id
LIMIT @p2;

-- user_by_email
SELECT
  users.id AS id,
  users.email AS email
FROM users AS users
WHERE users.email = @p1;

-- user_by_id
SELECT users.name AS name
FROM users AS users
WHERE users.id = @p1;

-- by_name
SELECT
  users.id AS id,
  users.name AS name
FROM users AS users
ORDER BY users.name IS NULL, users.name, users.id;

-- by_name_down
SELECT
  users.id AS id,
  users.name AS name
FROM users AS users
ORDER BY users.name IS NOT NULL, users.name DESC, users.id;

-- by_score
SELECT
  posts.id AS id,
  posts.score AS score
FROM posts AS posts
ORDER BY posts.score, posts.id;

-- by_score_down
SELECT
  posts.id AS id,
  posts.score AS score
FROM posts AS posts
ORDER BY posts.score IS NOT NULL, posts.score DESC, posts.id DESC;

-- high_scores
SELECT
  posts.id AS id,
  posts.score > 1.0 AS high,
  posts.score < @p1 AS low,
  posts.score = posts.score AS same
FROM posts AS posts
WHERE posts.score >= @p1
ORDER BY posts.id;

-- filtered
SELECT
  posts.id AS id,
  posts.state AS state
FROM posts AS posts
WHERE TRUE
  AND posts.state = @p1
  AND posts.views >= @p2
ORDER BY posts.id;

-- by_size
SELECT users.email AS email
FROM users AS users
WHERE users.email < @p1 OR users.name BETWEEN 'A' AND 'Z'
ORDER BY users.email;

-- page
SELECT
  posts.id AS id,
  posts.`at` AS `at`
FROM posts AS posts
WHERE posts.`at` < @p1 OR posts.`at` = @p1 AND posts.id < @p2
ORDER BY posts.`at` DESC, posts.id DESC
LIMIT 2;

-- users_in
SELECT users.id AS id
FROM users AS users
WHERE users.id IN UNNEST(@p1)
ORDER BY users.id;

-- users_not_in
SELECT users.id AS id
FROM users AS users
WHERE users.id NOT IN UNNEST(@p1)
ORDER BY users.id;

-- in_mood
SELECT
  users.id AS id,
  users.mood AS mood
FROM users AS users
WHERE users.mood = @p1 OR users.mood IN ('happy')
ORDER BY users.mood, users.id;

-- skipped
SELECT users.id AS id
FROM users AS users
ORDER BY users.id
LIMIT 9223372036854775807
OFFSET @p1;

-- distinct_views
SELECT distinct_rows.views AS views
FROM (
  SELECT DISTINCT posts.views AS views
  FROM posts AS posts
) AS distinct_rows
ORDER BY distinct_rows.views DESC
LIMIT 2;

-- of_every_kind
SELECT
  kinds.id AS id,
  kinds.yes AS yes,
  kinds.small AS small,
  kinds.whole AS whole,
  kinds.big AS big,
  kinds.single AS single,
  kinds.double AS double,
  kinds.exact AS exact,
  kinds.word AS word,
  kinds.raw AS raw,
  kinds.key AS key,
  kinds.day AS day,
  kinds.`at` AS `at`,
  kinds.local AS local,
  kinds.json AS json,
  kinds.words AS words,
  kinds.exacts AS exacts,
  kinds.moods AS moods
FROM kinds AS kinds
ORDER BY kinds.id;

-- by_truth
SELECT
  users.id AS id,
  users.age AS age,
  users.name AS name
FROM users AS users
ORDER BY (users.age > 30) IS NULL, (users.age > 30), (users.name LIKE 'A%') IS NOT NULL, (users.name LIKE 'A%') DESC, users.id;
