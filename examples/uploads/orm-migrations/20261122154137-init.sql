-- orm:migration 1
-- orm:parent none
-- orm:content 8246531d3acf1f6d19d219926cae0a84

-- orm:postgres up
CREATE TABLE "my_table" (
  "part_one" TEXT NOT NULL,
  "part_two" INTEGER NOT NULL,
  "data" TEXT,
  CONSTRAINT "my_table_pk" PRIMARY KEY ("part_one", "part_two")
);

CREATE TABLE "users" (
  "id" UUID NOT NULL PRIMARY KEY DEFAULT gen_random_uuid(),
  "created_at" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "updated_at" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "email" TEXT NOT NULL,
  "name" TEXT
);

CREATE TABLE "posts" (
  "id" UUID NOT NULL PRIMARY KEY DEFAULT gen_random_uuid(),
  "created_at" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "updated_at" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "user_id" UUID NOT NULL,
  "title" TEXT NOT NULL,
  "slug" TEXT NOT NULL,
  "content" TEXT,
  "views" BIGINT NOT NULL DEFAULT 0
);

CREATE TABLE "uploads" (
  "id" UUID NOT NULL PRIMARY KEY DEFAULT gen_random_uuid(),
  "created_at" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "updated_at" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "user_id" UUID NOT NULL,
  "visibility" VARCHAR(10) NOT NULL DEFAULT 'private',
  "gcs_object_name" TEXT NOT NULL,
  "file_name" TEXT NOT NULL,
  "file_type" TEXT NOT NULL,
  "mime_type" TEXT NOT NULL,
  "size" INTEGER NOT NULL,
  "is_processed" BOOLEAN DEFAULT false,
  "metadata" JSONB,
  CONSTRAINT "ck_uploads_visibility" CHECK ("visibility" IN ('private', 'shared', 'public'))
);

CREATE INDEX "idx_posts_user_id_created_at" ON "posts" ("user_id", "created_at" DESC);
CREATE INDEX "idx_uploads_file_type" ON "uploads" ("file_type");
CREATE INDEX "idx_uploads_user_id" ON "uploads" ("user_id");
CREATE UNIQUE INDEX "uq_gcs_object" ON "uploads" ("gcs_object_name");
ALTER TABLE "users" ADD CONSTRAINT "uq_users_email" UNIQUE ("email");
ALTER TABLE "posts" ADD CONSTRAINT "fk_posts_user_id_users" FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE CASCADE;
ALTER TABLE "uploads" ADD CONSTRAINT "fk_uploads_user_id_users" FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE CASCADE;

-- orm:postgres down
DROP TABLE "uploads";
DROP TABLE "posts";
DROP TABLE "users";
DROP TABLE "my_table";

-- orm:spanner up
CREATE TABLE my_table (
  part_one STRING(MAX) NOT NULL,
  part_two INT64 NOT NULL,
  data STRING(MAX),
  CONSTRAINT ck_my_table_part_two CHECK (part_two BETWEEN -2147483648 AND 2147483647)
) PRIMARY KEY (part_one, part_two);

CREATE TABLE users (
  id STRING(36) NOT NULL DEFAULT (GENERATE_UUID()),
  created_at TIMESTAMP NOT NULL DEFAULT (CURRENT_TIMESTAMP()),
  updated_at TIMESTAMP NOT NULL DEFAULT (CURRENT_TIMESTAMP()),
  email STRING(MAX) NOT NULL,
  name STRING(MAX)
) PRIMARY KEY (id);

CREATE UNIQUE INDEX uq_users_email ON users (email);

CREATE TABLE posts (
  id STRING(36) NOT NULL DEFAULT (GENERATE_UUID()),
  created_at TIMESTAMP NOT NULL DEFAULT (CURRENT_TIMESTAMP()),
  updated_at TIMESTAMP NOT NULL DEFAULT (CURRENT_TIMESTAMP()),
  user_id STRING(36) NOT NULL,
  title STRING(MAX) NOT NULL,
  slug STRING(MAX) NOT NULL,
  content STRING(MAX),
  views INT64 NOT NULL DEFAULT (0)
) PRIMARY KEY (id);

CREATE INDEX idx_posts_user_id_created_at ON posts (user_id, created_at DESC);

CREATE TABLE uploads (
  id STRING(36) NOT NULL DEFAULT (GENERATE_UUID()),
  created_at TIMESTAMP NOT NULL DEFAULT (CURRENT_TIMESTAMP()),
  updated_at TIMESTAMP NOT NULL DEFAULT (CURRENT_TIMESTAMP()),
  user_id STRING(36) NOT NULL,
  visibility STRING(10) NOT NULL DEFAULT ('private'),
  gcs_object_name STRING(MAX) NOT NULL,
  file_name STRING(MAX) NOT NULL,
  file_type STRING(MAX) NOT NULL,
  mime_type STRING(MAX) NOT NULL,
  size INT64 NOT NULL,
  is_processed BOOL DEFAULT (FALSE),
  metadata JSON,
  CONSTRAINT ck_uploads_size CHECK (size BETWEEN -2147483648 AND 2147483647),
  CONSTRAINT ck_uploads_visibility CHECK (visibility IN ('private', 'shared', 'public'))
) PRIMARY KEY (id);

CREATE INDEX idx_uploads_file_type ON uploads (file_type);
CREATE INDEX idx_uploads_user_id ON uploads (user_id);
CREATE UNIQUE INDEX uq_gcs_object ON uploads (gcs_object_name);
ALTER TABLE posts ADD CONSTRAINT fk_posts_user_id_users FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE;
ALTER TABLE uploads ADD CONSTRAINT fk_uploads_user_id_users FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE;

-- orm:spanner down
DROP INDEX idx_uploads_file_type;
DROP INDEX idx_uploads_user_id;
DROP INDEX uq_gcs_object;
DROP TABLE uploads;
DROP INDEX idx_posts_user_id_created_at;
DROP TABLE posts;
DROP INDEX uq_users_email;
DROP TABLE users;
DROP TABLE my_table;

-- What the migration does to the model; written by `orm`, not to be edited.
-- orm:change {"add_enum":{"name":"Visibility","storage":{"varchar":10},"values":[{"name":"private","stored":"private"},{"name":"shared","stored":"shared"},{"name":"public","stored":"public"}]}}
-- orm:change {"add_table":{"name":"my_table","columns":[{"name":"part_one","type":{"scalar":"text"}},{"name":"part_two","type":{"scalar":"integer"}},{"name":"data","type":{"scalar":"text"},"nullable":true}],"primary_key":{"name":"my_table_pk","columns":[{"name":"part_one"},{"name":"part_two"}]}}}
-- orm:change {"add_table":{"name":"posts","columns":[{"name":"id","type":{"scalar":"uuid"},"default":{"expression":{"call":{"function":"uuid","arguments":[]}}}},{"name":"created_at","type":{"scalar":{"timestamptz":null}},"default":{"expression":{"call":{"function":"now","arguments":[]}}}},{"name":"updated_at","type":{"scalar":{"timestamptz":null}},"default":{"expression":{"call":{"function":"now","arguments":[]}}},"on_update":{"expression":{"call":{"function":"now","arguments":[]}}}},{"name":"user_id","type":{"scalar":"uuid"}},{"name":"title","type":{"scalar":"text"}},{"name":"slug","type":{"scalar":"text"},"default":{"app":"slug"}},{"name":"content","type":{"scalar":"text"},"nullable":true},{"name":"views","type":{"scalar":"bigint"},"default":{"expression":{"literal":{"integer":0}}}}],"primary_key":{"columns":[{"name":"id"}]},"indexes":[{"name":"idx_posts_user_id_created_at","keys":[{"column":"user_id"},{"column":"created_at","descending":true}]}],"foreign_keys":[{"name":"fk_posts_user_id_users","columns":["user_id"],"references":"users","referenced_columns":["id"],"on_delete":"cascade"}]}}
-- orm:change {"add_table":{"name":"uploads","columns":[{"name":"id","type":{"scalar":"uuid"},"default":{"expression":{"call":{"function":"uuid","arguments":[]}}}},{"name":"created_at","type":{"scalar":{"timestamptz":null}},"default":{"expression":{"call":{"function":"now","arguments":[]}}}},{"name":"updated_at","type":{"scalar":{"timestamptz":null}},"default":{"expression":{"call":{"function":"now","arguments":[]}}},"on_update":{"expression":{"call":{"function":"now","arguments":[]}}}},{"name":"user_id","type":{"scalar":"uuid"}},{"name":"visibility","type":{"scalar":{"enum":"Visibility"}},"default":{"expression":{"literal":{"string":"private"}}}},{"name":"gcs_object_name","type":{"scalar":"text"}},{"name":"file_name","type":{"scalar":"text"}},{"name":"file_type","type":{"scalar":"text"}},{"name":"mime_type","type":{"scalar":"text"}},{"name":"size","type":{"scalar":"integer"}},{"name":"is_processed","type":{"scalar":"boolean"},"nullable":true,"default":{"expression":{"literal":{"boolean":false}}}},{"name":"metadata","type":{"scalar":"jsonb"},"nullable":true}],"primary_key":{"columns":[{"name":"id"}]},"indexes":[{"name":"idx_uploads_file_type","keys":[{"column":"file_type"}]},{"name":"idx_uploads_user_id","keys":[{"column":"user_id"}]},{"name":"uq_gcs_object","unique":true,"keys":[{"column":"gcs_object_name"}]}],"foreign_keys":[{"name":"fk_uploads_user_id_users","columns":["user_id"],"references":"users","referenced_columns":["id"],"on_delete":"cascade"}]}}
-- orm:change {"add_table":{"name":"users","columns":[{"name":"id","type":{"scalar":"uuid"},"default":{"expression":{"call":{"function":"uuid","arguments":[]}}}},{"name":"created_at","type":{"scalar":{"timestamptz":null}},"default":{"expression":{"call":{"function":"now","arguments":[]}}}},{"name":"updated_at","type":{"scalar":{"timestamptz":null}},"default":{"expression":{"call":{"function":"now","arguments":[]}}},"on_update":{"expression":{"call":{"function":"now","arguments":[]}}}},{"name":"email","type":{"scalar":"text"}},{"name":"name","type":{"scalar":"text"},"nullable":true}],"primary_key":{"columns":[{"name":"id"}]},"uniques":[{"name":"uq_users_email","columns":["email"]}]}}
