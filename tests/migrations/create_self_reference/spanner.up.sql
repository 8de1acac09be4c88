CREATE TABLE employees (
  id STRING(36) NOT NULL,
  manager_id STRING(36)
) PRIMARY KEY (id);

ALTER TABLE employees ADD CONSTRAINT fk_employees_manager_id_employees FOREIGN KEY (manager_id) REFERENCES employees (id) ON DELETE CASCADE;
