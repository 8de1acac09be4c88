ALTER TYPE "State" RENAME VALUE 'opened' TO 'open';
