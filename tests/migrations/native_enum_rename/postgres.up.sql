ALTER TYPE "State" RENAME TO "Phase";

ALTER TYPE "Phase" RENAME VALUE 'over' TO 'done';

ALTER TYPE "Phase" RENAME VALUE 'lost' TO 'gone';
