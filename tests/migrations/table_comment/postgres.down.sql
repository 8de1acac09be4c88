COMMENT ON TABLE "users" IS 'One.';
