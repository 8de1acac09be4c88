ALTER TYPE "State" RENAME TO "State_old";

CREATE TYPE "State" AS ENUM ('open', 'done');

ALTER TABLE "tasks" ALTER COLUMN "state" DROP DEFAULT;

-- rewrites tasks unless the new type only takes more; fails when a value does not fit
ALTER TABLE "tasks" ALTER COLUMN "state" SET DATA TYPE TEXT USING "state"::text::TEXT;

UPDATE "tasks" SET "state" = CASE "state" WHEN 'opened' THEN 'open' ELSE "state" END WHERE "state" IN ('opened');

-- rewrites tasks unless the new type only takes more; fails when a value does not fit
ALTER TABLE "tasks" ALTER COLUMN "state" SET DATA TYPE "State" USING "state"::text::"State";

ALTER TABLE "tasks" ALTER COLUMN "state" SET DEFAULT 'open';

ALTER TABLE "tasks" ALTER COLUMN "others" DROP DEFAULT;

-- rewrites tasks unless the new type only takes more; fails when a value does not fit
ALTER TABLE "tasks" ALTER COLUMN "others" SET DATA TYPE TEXT[] USING "others"::text[]::TEXT[];

UPDATE "tasks" SET "others" = ARRAY(SELECT CASE value WHEN 'opened' THEN 'open' ELSE value END FROM unnest("others") WITH ORDINALITY AS it (value, place) ORDER BY place)::TEXT[] WHERE "others" && ARRAY['opened']::TEXT[];

-- rewrites tasks unless the new type only takes more; fails when a value does not fit
ALTER TABLE "tasks" ALTER COLUMN "others" SET DATA TYPE "State"[] USING "others"::text[]::"State"[];

ALTER TABLE "tasks" ALTER COLUMN "others" SET DEFAULT ARRAY['open', 'done']::"State"[];

DROP TYPE "State_old";
