ALTER TABLE books DROP CONSTRAINT fk_books_author_id_authors;

-- fails when a row refers to one that is not there
ALTER TABLE books ADD CONSTRAINT fk_books_author_id_authors FOREIGN KEY (author_id) REFERENCES authors (id);
