ALTER TYPE "Phase" RENAME TO "State";

ALTER TYPE "State" RENAME VALUE 'done' TO 'over';

ALTER TYPE "State" RENAME VALUE 'gone' TO 'lost';
