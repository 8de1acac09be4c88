CREATE TABLE "measures" (
  "id" UUID NOT NULL PRIMARY KEY,
  "col""umn with 'quotes'" TEXT NOT NULL
);
