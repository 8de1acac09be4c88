-- raw_totals
SELECT COUNT(*) AS total, SUM(price) AS sum FROM posts WHERE views > @p1;

-- raw_users
SELECT id, email, @p1 AS word FROM users WHERE id IN UNNEST(@p2) ORDER BY id;
