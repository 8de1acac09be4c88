-- raw_totals
SELECT COUNT(*) AS total, SUM(price) AS sum FROM "posts" WHERE "views" > $1::integer;

-- raw_users
SELECT id, email, $1::text AS word FROM "users" WHERE id = ANY($2::bigint[]) ORDER BY id;
