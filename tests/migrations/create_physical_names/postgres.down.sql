-- data loss: drops table People with all its rows
-- data loss: drops table pets with all its rows

DROP TABLE "pets";

DROP TABLE "People";
