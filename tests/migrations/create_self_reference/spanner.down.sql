-- data loss: drops table employees with all its rows

DROP TABLE employees;
