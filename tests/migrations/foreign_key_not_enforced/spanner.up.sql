ALTER TABLE books DROP CONSTRAINT fk_books_author_id_authors;

ALTER TABLE books ADD CONSTRAINT fk_books_author_id_authors FOREIGN KEY (author_id) REFERENCES authors (id) NOT ENFORCED;
