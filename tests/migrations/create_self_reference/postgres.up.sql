CREATE TABLE "employees" (
  "id" UUID NOT NULL PRIMARY KEY,
  "manager_id" UUID
);

ALTER TABLE "employees" ADD CONSTRAINT "fk_employees_manager_id_employees" FOREIGN KEY ("manager_id") REFERENCES "employees" ("id") ON DELETE CASCADE;
