DROP INDEX uq_items_name;
