DROP INDEX uq_items_note;
