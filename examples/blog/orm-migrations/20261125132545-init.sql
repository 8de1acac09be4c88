-- orm:migration 1
-- orm:parent none
-- orm:content 57753610e9393960393284b97c859ced

-- orm:postgres up
CREATE TABLE "authors" (
  "id" UUID NOT NULL PRIMARY KEY DEFAULT gen_random_uuid(),
  "created_at" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "updated_at" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "handle" VARCHAR(30) NOT NULL,
  "email" TEXT NOT NULL,
  "display_name" TEXT NOT NULL,
  "biography" TEXT,
  "is_active" BOOLEAN NOT NULL DEFAULT true,
  CONSTRAINT "ck_authors_handle_is_long_enough" CHECK (char_length("handle") >= 3)
);

COMMENT ON TABLE "authors" IS 'Who writes and who reads.';
COMMENT ON COLUMN "authors"."handle" IS 'The name in the address of the author''s page.';

CREATE TABLE "posts" (
  "id" UUID NOT NULL PRIMARY KEY DEFAULT gen_random_uuid(),
  "created_at" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "updated_at" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "author_id" UUID NOT NULL,
  "status" VARCHAR(10) NOT NULL DEFAULT 'draft',
  "title" VARCHAR(200) NOT NULL,
  "slug" VARCHAR(200) NOT NULL,
  "body" TEXT NOT NULL,
  "cover" JSONB,
  "published_at" TIMESTAMP WITH TIME ZONE,
  CONSTRAINT "ck_posts_published_has_date" CHECK ("status" <> 'published' OR "published_at" IS NOT NULL),
  CONSTRAINT "ck_posts_status" CHECK ("status" IN ('draft', 'review', 'published', 'withdrawn'))
);

CREATE TABLE "comments" (
  "id" UUID NOT NULL PRIMARY KEY DEFAULT gen_random_uuid(),
  "created_at" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "updated_at" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "post_id" UUID NOT NULL,
  "parent_id" UUID,
  "author_name" TEXT NOT NULL,
  "body" TEXT NOT NULL,
  "is_hidden" BOOLEAN NOT NULL DEFAULT false
);

COMMENT ON TABLE "comments" IS 'A remark on a post, or the answer to another remark.';

CREATE TABLE "tags" (
  "id" UUID NOT NULL PRIMARY KEY DEFAULT gen_random_uuid(),
  "created_at" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "updated_at" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "name" VARCHAR(40) NOT NULL
);

CREATE TABLE "post_tags" (
  "post_id" UUID NOT NULL,
  "tag_id" UUID NOT NULL,
  PRIMARY KEY ("post_id", "tag_id")
);

COMMENT ON TABLE "post_tags" IS 'Which post has which tag.';

CREATE TABLE "subscribers" (
  "id" UUID NOT NULL PRIMARY KEY DEFAULT gen_random_uuid(),
  "created_at" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "updated_at" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "email" TEXT NOT NULL,
  "frequency" VARCHAR(10) NOT NULL DEFAULT 'weekly',
  "confirmed_at" TIMESTAMP WITH TIME ZONE,
  "left_at" TIMESTAMP WITH TIME ZONE,
  CONSTRAINT "ck_subscribers_frequency" CHECK ("frequency" IN ('each-post', 'daily', 'weekly')),
  CONSTRAINT "ck_subscribers_left_after_confirmed" CHECK ("left_at" IS NULL OR "confirmed_at" IS NOT NULL)
);

COMMENT ON TABLE "subscribers" IS 'Somebody who gets new posts by mail.';
CREATE INDEX "idx_posts_author_id_created_at" ON "posts" ("author_id", "created_at" DESC);
CREATE INDEX "idx_posts_status_published_at" ON "posts" ("status", "published_at" DESC);
CREATE INDEX "idx_comments_parent_id" ON "comments" ("parent_id");
CREATE INDEX "idx_comments_post_id_created_at" ON "comments" ("post_id", "created_at");
CREATE INDEX "idx_post_tags_tag_id" ON "post_tags" ("tag_id");
ALTER TABLE "authors" ADD CONSTRAINT "uq_authors_email" UNIQUE ("email");
ALTER TABLE "authors" ADD CONSTRAINT "uq_authors_handle" UNIQUE ("handle");
ALTER TABLE "posts" ADD CONSTRAINT "uq_posts_slug" UNIQUE ("slug");
ALTER TABLE "tags" ADD CONSTRAINT "uq_tags_name" UNIQUE ("name");
ALTER TABLE "subscribers" ADD CONSTRAINT "uq_subscribers_email" UNIQUE ("email");
ALTER TABLE "posts" ADD CONSTRAINT "fk_posts_author_id_authors" FOREIGN KEY ("author_id") REFERENCES "authors" ("id");
ALTER TABLE "comments" ADD CONSTRAINT "fk_comments_parent_id_comments" FOREIGN KEY ("parent_id") REFERENCES "comments" ("id");
ALTER TABLE "comments" ADD CONSTRAINT "fk_comments_post_id_posts" FOREIGN KEY ("post_id") REFERENCES "posts" ("id") ON DELETE CASCADE;
ALTER TABLE "post_tags" ADD CONSTRAINT "fk_post_tags_post_id_posts" FOREIGN KEY ("post_id") REFERENCES "posts" ("id") ON DELETE CASCADE;
ALTER TABLE "post_tags" ADD CONSTRAINT "fk_post_tags_tag_id_tags" FOREIGN KEY ("tag_id") REFERENCES "tags" ("id") ON DELETE CASCADE;

-- orm:postgres down
DROP TABLE "subscribers";
DROP TABLE "post_tags";
DROP TABLE "tags";
DROP TABLE "comments";
DROP TABLE "posts";
DROP TABLE "authors";

-- orm:spanner up
CREATE TABLE authors (
  id STRING(36) NOT NULL DEFAULT (GENERATE_UUID()),
  created_at TIMESTAMP NOT NULL DEFAULT (CURRENT_TIMESTAMP()),
  updated_at TIMESTAMP NOT NULL DEFAULT (CURRENT_TIMESTAMP()),
  handle STRING(30) NOT NULL,
  email STRING(MAX) NOT NULL,
  display_name STRING(MAX) NOT NULL,
  biography STRING(MAX),
  is_active BOOL NOT NULL DEFAULT (TRUE),
  CONSTRAINT ck_authors_handle_is_long_enough CHECK (CHAR_LENGTH(handle) >= 3)
) PRIMARY KEY (id);

CREATE UNIQUE INDEX uq_authors_email ON authors (email);
CREATE UNIQUE INDEX uq_authors_handle ON authors (handle);

CREATE TABLE posts (
  id STRING(36) NOT NULL DEFAULT (GENERATE_UUID()),
  created_at TIMESTAMP NOT NULL DEFAULT (CURRENT_TIMESTAMP()),
  updated_at TIMESTAMP NOT NULL DEFAULT (CURRENT_TIMESTAMP()),
  author_id STRING(36) NOT NULL,
  status STRING(10) NOT NULL DEFAULT ('draft'),
  title STRING(200) NOT NULL,
  slug STRING(200) NOT NULL,
  body STRING(MAX) NOT NULL,
  cover JSON,
  published_at TIMESTAMP,
  CONSTRAINT ck_posts_published_has_date CHECK (status <> 'published' OR published_at IS NOT NULL),
  CONSTRAINT ck_posts_status CHECK (status IN ('draft', 'review', 'published', 'withdrawn'))
) PRIMARY KEY (id);

CREATE INDEX idx_posts_author_id_created_at ON posts (author_id, created_at DESC);
CREATE INDEX idx_posts_status_published_at ON posts (status, published_at DESC);
CREATE UNIQUE INDEX uq_posts_slug ON posts (slug);

CREATE TABLE comments (
  id STRING(36) NOT NULL DEFAULT (GENERATE_UUID()),
  created_at TIMESTAMP NOT NULL DEFAULT (CURRENT_TIMESTAMP()),
  updated_at TIMESTAMP NOT NULL DEFAULT (CURRENT_TIMESTAMP()),
  post_id STRING(36) NOT NULL,
  parent_id STRING(36),
  author_name STRING(MAX) NOT NULL,
  body STRING(MAX) NOT NULL,
  is_hidden BOOL NOT NULL DEFAULT (FALSE)
) PRIMARY KEY (id);

CREATE INDEX idx_comments_parent_id ON comments (parent_id);
CREATE INDEX idx_comments_post_id_created_at ON comments (post_id, created_at);

CREATE TABLE tags (
  id STRING(36) NOT NULL DEFAULT (GENERATE_UUID()),
  created_at TIMESTAMP NOT NULL DEFAULT (CURRENT_TIMESTAMP()),
  updated_at TIMESTAMP NOT NULL DEFAULT (CURRENT_TIMESTAMP()),
  name STRING(40) NOT NULL
) PRIMARY KEY (id);

CREATE UNIQUE INDEX uq_tags_name ON tags (name);

CREATE TABLE post_tags (
  post_id STRING(36) NOT NULL,
  tag_id STRING(36) NOT NULL
) PRIMARY KEY (post_id, tag_id);

CREATE INDEX idx_post_tags_tag_id ON post_tags (tag_id);

CREATE TABLE subscribers (
  id STRING(36) NOT NULL DEFAULT (GENERATE_UUID()),
  created_at TIMESTAMP NOT NULL DEFAULT (CURRENT_TIMESTAMP()),
  updated_at TIMESTAMP NOT NULL DEFAULT (CURRENT_TIMESTAMP()),
  email STRING(MAX) NOT NULL,
  frequency STRING(10) NOT NULL DEFAULT ('weekly'),
  confirmed_at TIMESTAMP,
  left_at TIMESTAMP,
  CONSTRAINT ck_subscribers_frequency CHECK (frequency IN ('each-post', 'daily', 'weekly')),
  CONSTRAINT ck_subscribers_left_after_confirmed CHECK (left_at IS NULL OR confirmed_at IS NOT NULL)
) PRIMARY KEY (id);

CREATE UNIQUE INDEX uq_subscribers_email ON subscribers (email);
ALTER TABLE posts ADD CONSTRAINT fk_posts_author_id_authors FOREIGN KEY (author_id) REFERENCES authors (id);
ALTER TABLE comments ADD CONSTRAINT fk_comments_parent_id_comments FOREIGN KEY (parent_id) REFERENCES comments (id);
ALTER TABLE comments ADD CONSTRAINT fk_comments_post_id_posts FOREIGN KEY (post_id) REFERENCES posts (id) ON DELETE CASCADE;
ALTER TABLE post_tags ADD CONSTRAINT fk_post_tags_post_id_posts FOREIGN KEY (post_id) REFERENCES posts (id) ON DELETE CASCADE;
ALTER TABLE post_tags ADD CONSTRAINT fk_post_tags_tag_id_tags FOREIGN KEY (tag_id) REFERENCES tags (id) ON DELETE CASCADE;

-- orm:spanner down
DROP INDEX uq_subscribers_email;
DROP TABLE subscribers;
DROP INDEX idx_post_tags_tag_id;
DROP TABLE post_tags;
DROP INDEX uq_tags_name;
DROP TABLE tags;
DROP INDEX idx_comments_parent_id;
DROP INDEX idx_comments_post_id_created_at;
DROP TABLE comments;
DROP INDEX idx_posts_author_id_created_at;
DROP INDEX idx_posts_status_published_at;
DROP INDEX uq_posts_slug;
DROP TABLE posts;
DROP INDEX uq_authors_email;
DROP INDEX uq_authors_handle;
DROP TABLE authors;

-- What the migration does to the model; written by `orm`, not to be edited.
-- orm:change {"add_enum":{"name":"Frequency","storage":{"varchar":10},"values":[{"name":"each_post","stored":"each-post"},{"name":"daily","stored":"daily"},{"name":"weekly","stored":"weekly"}]}}
-- orm:change {"add_enum":{"name":"PostStatus","storage":{"varchar":10},"values":[{"name":"draft","stored":"draft"},{"name":"review","stored":"review"},{"name":"published","stored":"published"},{"name":"withdrawn","stored":"withdrawn"}]}}
-- orm:change {"add_table":{"name":"authors","doc":"Who writes and who reads.","columns":[{"name":"id","type":{"scalar":"uuid"},"default":{"expression":{"call":{"function":"uuid","arguments":[]}}}},{"name":"created_at","type":{"scalar":{"timestamptz":null}},"default":{"expression":{"call":{"function":"now","arguments":[]}}}},{"name":"updated_at","type":{"scalar":{"timestamptz":null}},"default":{"expression":{"call":{"function":"now","arguments":[]}}},"on_update":{"expression":{"call":{"function":"now","arguments":[]}}}},{"name":"handle","doc":"The name in the address of the author's page.","type":{"scalar":{"varchar":30}}},{"name":"email","type":{"scalar":"text"}},{"name":"display_name","type":{"scalar":"text"}},{"name":"biography","type":{"scalar":"text"},"nullable":true},{"name":"is_active","type":{"scalar":"boolean"},"default":{"expression":{"literal":{"boolean":true}}}}],"primary_key":{"columns":[{"name":"id"}]},"uniques":[{"name":"uq_authors_email","columns":["email"]},{"name":"uq_authors_handle","columns":["handle"]}],"checks":[{"name":"ck_authors_handle_is_long_enough","expression":{"binary":{"operator":"greater_or_equal","left":{"call":{"function":"char_length","arguments":[{"column":"handle"}]}},"right":{"literal":{"integer":3}}}}}]}}
-- orm:change {"add_table":{"name":"comments","doc":"A remark on a post, or the answer to another remark.","columns":[{"name":"id","type":{"scalar":"uuid"},"default":{"expression":{"call":{"function":"uuid","arguments":[]}}}},{"name":"created_at","type":{"scalar":{"timestamptz":null}},"default":{"expression":{"call":{"function":"now","arguments":[]}}}},{"name":"updated_at","type":{"scalar":{"timestamptz":null}},"default":{"expression":{"call":{"function":"now","arguments":[]}}},"on_update":{"expression":{"call":{"function":"now","arguments":[]}}}},{"name":"post_id","type":{"scalar":"uuid"}},{"name":"parent_id","type":{"scalar":"uuid"},"nullable":true},{"name":"author_name","type":{"scalar":"text"}},{"name":"body","type":{"scalar":"text"}},{"name":"is_hidden","type":{"scalar":"boolean"},"default":{"expression":{"literal":{"boolean":false}}}}],"primary_key":{"columns":[{"name":"id"}]},"indexes":[{"name":"idx_comments_parent_id","keys":[{"column":"parent_id"}]},{"name":"idx_comments_post_id_created_at","keys":[{"column":"post_id"},{"column":"created_at"}]}],"foreign_keys":[{"name":"fk_comments_parent_id_comments","columns":["parent_id"],"references":"comments","referenced_columns":["id"]},{"name":"fk_comments_post_id_posts","columns":["post_id"],"references":"posts","referenced_columns":["id"],"on_delete":"cascade"}]}}
-- orm:change {"add_table":{"name":"post_tags","doc":"Which post has which tag.","columns":[{"name":"post_id","type":{"scalar":"uuid"}},{"name":"tag_id","type":{"scalar":"uuid"}}],"primary_key":{"columns":[{"name":"post_id"},{"name":"tag_id"}]},"indexes":[{"name":"idx_post_tags_tag_id","keys":[{"column":"tag_id"}]}],"foreign_keys":[{"name":"fk_post_tags_post_id_posts","columns":["post_id"],"references":"posts","referenced_columns":["id"],"on_delete":"cascade"},{"name":"fk_post_tags_tag_id_tags","columns":["tag_id"],"references":"tags","referenced_columns":["id"],"on_delete":"cascade"}]}}
-- orm:change {"add_table":{"name":"posts","columns":[{"name":"id","type":{"scalar":"uuid"},"default":{"expression":{"call":{"function":"uuid","arguments":[]}}}},{"name":"created_at","type":{"scalar":{"timestamptz":null}},"default":{"expression":{"call":{"function":"now","arguments":[]}}}},{"name":"updated_at","type":{"scalar":{"timestamptz":null}},"default":{"expression":{"call":{"function":"now","arguments":[]}}},"on_update":{"expression":{"call":{"function":"now","arguments":[]}}}},{"name":"author_id","type":{"scalar":"uuid"}},{"name":"status","type":{"scalar":{"enum":"PostStatus"}},"default":{"expression":{"literal":{"string":"draft"}}}},{"name":"title","type":{"scalar":{"varchar":200}}},{"name":"slug","type":{"scalar":{"varchar":200}}},{"name":"body","type":{"scalar":"text"}},{"name":"cover","type":{"scalar":"jsonb"},"nullable":true},{"name":"published_at","type":{"scalar":{"timestamptz":null}},"nullable":true}],"primary_key":{"columns":[{"name":"id"}]},"uniques":[{"name":"uq_posts_slug","columns":["slug"]}],"indexes":[{"name":"idx_posts_author_id_created_at","keys":[{"column":"author_id"},{"column":"created_at","descending":true}]},{"name":"idx_posts_status_published_at","keys":[{"column":"status"},{"column":"published_at","descending":true}]}],"foreign_keys":[{"name":"fk_posts_author_id_authors","columns":["author_id"],"references":"authors","referenced_columns":["id"]}],"checks":[{"name":"ck_posts_published_has_date","expression":{"binary":{"operator":"or","left":{"binary":{"operator":"not_equal","left":{"column":"status"},"right":{"literal":{"string":"published"}}}},"right":{"is_null":{"operand":{"column":"published_at"},"negated":true}}}}}]}}
-- orm:change {"add_table":{"name":"subscribers","doc":"Somebody who gets new posts by mail.","columns":[{"name":"id","type":{"scalar":"uuid"},"default":{"expression":{"call":{"function":"uuid","arguments":[]}}}},{"name":"created_at","type":{"scalar":{"timestamptz":null}},"default":{"expression":{"call":{"function":"now","arguments":[]}}}},{"name":"updated_at","type":{"scalar":{"timestamptz":null}},"default":{"expression":{"call":{"function":"now","arguments":[]}}},"on_update":{"expression":{"call":{"function":"now","arguments":[]}}}},{"name":"email","type":{"scalar":"text"}},{"name":"frequency","type":{"scalar":{"enum":"Frequency"}},"default":{"expression":{"literal":{"string":"weekly"}}}},{"name":"confirmed_at","type":{"scalar":{"timestamptz":null}},"nullable":true},{"name":"left_at","type":{"scalar":{"timestamptz":null}},"nullable":true}],"primary_key":{"columns":[{"name":"id"}]},"uniques":[{"name":"uq_subscribers_email","columns":["email"]}],"checks":[{"name":"ck_subscribers_left_after_confirmed","expression":{"binary":{"operator":"or","left":{"is_null":{"operand":{"column":"left_at"},"negated":false}},"right":{"is_null":{"operand":{"column":"confirmed_at"},"negated":true}}}}}]}}
-- orm:change {"add_table":{"name":"tags","columns":[{"name":"id","type":{"scalar":"uuid"},"default":{"expression":{"call":{"function":"uuid","arguments":[]}}}},{"name":"created_at","type":{"scalar":{"timestamptz":null}},"default":{"expression":{"call":{"function":"now","arguments":[]}}}},{"name":"updated_at","type":{"scalar":{"timestamptz":null}},"default":{"expression":{"call":{"function":"now","arguments":[]}}},"on_update":{"expression":{"call":{"function":"now","arguments":[]}}}},{"name":"name","type":{"scalar":{"varchar":40}}}],"primary_key":{"columns":[{"name":"id"}]},"uniques":[{"name":"uq_tags_name","columns":["name"]}]}}
