ALTER TYPE "State" RENAME VALUE 'open' TO 'opened';
