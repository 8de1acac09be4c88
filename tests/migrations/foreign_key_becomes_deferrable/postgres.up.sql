ALTER TABLE "authors" ALTER CONSTRAINT "fk_authors_editor_id_authors" NOT DEFERRABLE;

ALTER TABLE "books" ALTER CONSTRAINT "fk_books_author_id_authors" DEFERRABLE INITIALLY DEFERRED;
