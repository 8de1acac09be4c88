CREATE TABLE "albums" (
  "singer_id" UUID NOT NULL,
  "album_id" UUID NOT NULL,
  "title" TEXT NOT NULL,
  PRIMARY KEY ("singer_id", "album_id")
);

COMMENT ON TABLE "albums" IS 'Albums lie near their singer, who need not be there.';
