COMMENT ON TABLE "users" IS 'Two.';
