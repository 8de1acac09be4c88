-- orm:migration 1
-- orm:parent none
-- orm:content b0d1d35022321df51c254071277c7b30

-- orm:postgres up
CREATE TABLE "tenants" (
  "tenant_id" UUID NOT NULL PRIMARY KEY DEFAULT gen_random_uuid(),
  "name" TEXT NOT NULL,
  "plan" VARCHAR(10) NOT NULL DEFAULT 'trial',
  "settings" JSONB NOT NULL DEFAULT '{"locale":"en"}',
  "created_at" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "updated_at" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT "ck_tenants_plan" CHECK ("plan" IN ('trial', 'basic', 'plus'))
);

COMMENT ON TABLE "tenants" IS 'A merchant. All that belongs to one is stored with its row in Spanner, and begins its key with `tenant_id`.';

CREATE TABLE "customers" (
  "tenant_id" UUID NOT NULL,
  "created_at" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "updated_at" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "customer_id" UUID NOT NULL DEFAULT gen_random_uuid(),
  "email" TEXT NOT NULL,
  "name" TEXT,
  PRIMARY KEY ("tenant_id", "customer_id")
);

CREATE TABLE "orders" (
  "tenant_id" UUID NOT NULL,
  "created_at" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "updated_at" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "order_id" UUID NOT NULL DEFAULT gen_random_uuid(),
  "customer_id" UUID NOT NULL,
  "state" VARCHAR(12) NOT NULL DEFAULT 'open',
  "placed_at" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "note" TEXT,
  PRIMARY KEY ("tenant_id", "order_id"),
  CONSTRAINT "ck_orders_state" CHECK ("state" IN ('open', 'paid', 'shipped', 'cancelled'))
);

CREATE TABLE "products" (
  "tenant_id" UUID NOT NULL,
  "created_at" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "updated_at" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "product_id" UUID NOT NULL DEFAULT gen_random_uuid(),
  "sku" VARCHAR(40) NOT NULL,
  "title" TEXT NOT NULL,
  "description" TEXT,
  "price" NUMERIC(12, 2) NOT NULL,
  "currency" VARCHAR(3) NOT NULL DEFAULT 'EUR',
  "stock" INTEGER NOT NULL DEFAULT 0,
  "labels" TEXT[] NOT NULL DEFAULT '{}',
  "is_listed" BOOLEAN NOT NULL DEFAULT false,
  PRIMARY KEY ("tenant_id", "product_id"),
  CONSTRAINT "ck_products_currency" CHECK (char_length("currency") = 3),
  CONSTRAINT "ck_products_price" CHECK ("price" >= 0),
  CONSTRAINT "ck_products_stock_2" CHECK ("stock" >= 0)
);

CREATE TABLE "order_lines" (
  "tenant_id" UUID NOT NULL,
  "order_id" UUID NOT NULL,
  "line" SMALLINT NOT NULL,
  "product_id" UUID NOT NULL,
  "quantity" INTEGER NOT NULL,
  "unit_price" NUMERIC(12, 2) NOT NULL,
  PRIMARY KEY ("tenant_id", "order_id", "line"),
  CONSTRAINT "ck_order_lines_line_2" CHECK ("line" > 0),
  CONSTRAINT "ck_order_lines_quantity_2" CHECK ("quantity" > 0)
);

COMMENT ON TABLE "order_lines" IS 'What was ordered: stored with its order in Spanner.';
CREATE INDEX "idx_orders_tenant_id_customer_id_placed_at" ON "orders" ("tenant_id", "customer_id", "placed_at" DESC);
CREATE INDEX "idx_products_tenant_id_title" ON "products" ("tenant_id", "title") INCLUDE ("currency", "price");
CREATE INDEX "idx_order_lines_tenant_id_product_id" ON "order_lines" ("tenant_id", "product_id");
ALTER TABLE "customers" ADD CONSTRAINT "uq_customers_tenant_id_email" UNIQUE ("tenant_id", "email");
ALTER TABLE "products" ADD CONSTRAINT "uq_products_tenant_id_sku" UNIQUE ("tenant_id", "sku");
ALTER TABLE "customers" ADD CONSTRAINT "fk_customers_tenant_id_tenants" FOREIGN KEY ("tenant_id") REFERENCES "tenants" ("tenant_id") ON DELETE CASCADE;
ALTER TABLE "orders" ADD CONSTRAINT "fk_orders_tenant_id_customer_id_customers" FOREIGN KEY ("tenant_id", "customer_id") REFERENCES "customers" ("tenant_id", "customer_id");
ALTER TABLE "orders" ADD CONSTRAINT "fk_orders_tenant_id_tenants" FOREIGN KEY ("tenant_id") REFERENCES "tenants" ("tenant_id") ON DELETE CASCADE;
ALTER TABLE "products" ADD CONSTRAINT "fk_products_tenant_id_tenants" FOREIGN KEY ("tenant_id") REFERENCES "tenants" ("tenant_id") ON DELETE CASCADE;
ALTER TABLE "order_lines" ADD CONSTRAINT "fk_order_lines_tenant_id_order_id_orders" FOREIGN KEY ("tenant_id", "order_id") REFERENCES "orders" ("tenant_id", "order_id") ON DELETE CASCADE;
ALTER TABLE "order_lines" ADD CONSTRAINT "fk_order_lines_tenant_id_product_id_products" FOREIGN KEY ("tenant_id", "product_id") REFERENCES "products" ("tenant_id", "product_id");

-- orm:postgres down
DROP TABLE "order_lines";
DROP TABLE "products";
DROP TABLE "orders";
DROP TABLE "customers";
DROP TABLE "tenants";

-- orm:spanner up
CREATE TABLE tenants (
  tenant_id STRING(36) NOT NULL DEFAULT (GENERATE_UUID()),
  name STRING(MAX) NOT NULL,
  plan STRING(10) NOT NULL DEFAULT ('trial'),
  settings JSON NOT NULL DEFAULT (JSON '{"locale":"en"}'),
  created_at TIMESTAMP NOT NULL DEFAULT (CURRENT_TIMESTAMP()),
  updated_at TIMESTAMP NOT NULL DEFAULT (CURRENT_TIMESTAMP()),
  CONSTRAINT ck_tenants_plan CHECK (plan IN ('trial', 'basic', 'plus'))
) PRIMARY KEY (tenant_id);

CREATE TABLE customers (
  tenant_id STRING(36) NOT NULL,
  created_at TIMESTAMP NOT NULL DEFAULT (CURRENT_TIMESTAMP()),
  updated_at TIMESTAMP NOT NULL DEFAULT (CURRENT_TIMESTAMP()),
  customer_id STRING(36) NOT NULL DEFAULT (GENERATE_UUID()),
  email STRING(MAX) NOT NULL,
  name STRING(MAX)
) PRIMARY KEY (tenant_id, customer_id),
  INTERLEAVE IN PARENT tenants ON DELETE CASCADE;

CREATE UNIQUE INDEX uq_customers_tenant_id_email ON customers (tenant_id, email);

CREATE TABLE orders (
  tenant_id STRING(36) NOT NULL,
  created_at TIMESTAMP NOT NULL DEFAULT (CURRENT_TIMESTAMP()),
  updated_at TIMESTAMP NOT NULL DEFAULT (CURRENT_TIMESTAMP()),
  order_id STRING(36) NOT NULL DEFAULT (GENERATE_UUID()),
  customer_id STRING(36) NOT NULL,
  state STRING(12) NOT NULL DEFAULT ('open'),
  placed_at TIMESTAMP NOT NULL DEFAULT (CURRENT_TIMESTAMP()),
  note STRING(MAX),
  CONSTRAINT ck_orders_state CHECK (state IN ('open', 'paid', 'shipped', 'cancelled'))
) PRIMARY KEY (tenant_id, order_id),
  INTERLEAVE IN PARENT tenants ON DELETE CASCADE;

CREATE INDEX idx_orders_tenant_id_customer_id_placed_at ON orders (tenant_id, customer_id, placed_at DESC);

CREATE TABLE products (
  tenant_id STRING(36) NOT NULL,
  created_at TIMESTAMP NOT NULL DEFAULT (CURRENT_TIMESTAMP()),
  updated_at TIMESTAMP NOT NULL DEFAULT (CURRENT_TIMESTAMP()),
  product_id STRING(36) NOT NULL DEFAULT (GENERATE_UUID()),
  sku STRING(40) NOT NULL,
  title STRING(MAX) NOT NULL,
  description STRING(MAX),
  price NUMERIC NOT NULL,
  currency STRING(3) NOT NULL DEFAULT ('EUR'),
  stock INT64 NOT NULL DEFAULT (0),
  labels ARRAY<STRING(MAX)> NOT NULL DEFAULT ([]),
  is_listed BOOL NOT NULL DEFAULT (FALSE),
  CONSTRAINT ck_products_currency CHECK (CHAR_LENGTH(currency) = 3),
  CONSTRAINT ck_products_price CHECK (price >= NUMERIC '0'),
  CONSTRAINT ck_products_stock CHECK (stock BETWEEN -2147483648 AND 2147483647),
  CONSTRAINT ck_products_stock_2 CHECK (stock >= 0)
) PRIMARY KEY (tenant_id, product_id),
  INTERLEAVE IN PARENT tenants ON DELETE CASCADE;

CREATE INDEX idx_products_tenant_id_title ON products (tenant_id, title) STORING (currency, price);
CREATE UNIQUE INDEX uq_products_tenant_id_sku ON products (tenant_id, sku);

CREATE TABLE order_lines (
  tenant_id STRING(36) NOT NULL,
  order_id STRING(36) NOT NULL,
  line INT64 NOT NULL,
  product_id STRING(36) NOT NULL,
  quantity INT64 NOT NULL,
  unit_price NUMERIC NOT NULL,
  CONSTRAINT ck_order_lines_line CHECK (line BETWEEN -32768 AND 32767),
  CONSTRAINT ck_order_lines_line_2 CHECK (line > 0),
  CONSTRAINT ck_order_lines_quantity CHECK (quantity BETWEEN -2147483648 AND 2147483647),
  CONSTRAINT ck_order_lines_quantity_2 CHECK (quantity > 0)
) PRIMARY KEY (tenant_id, order_id, line),
  INTERLEAVE IN PARENT orders ON DELETE CASCADE;

CREATE INDEX idx_order_lines_tenant_id_product_id ON order_lines (tenant_id, product_id);
ALTER TABLE orders ADD CONSTRAINT fk_orders_tenant_id_customer_id_customers FOREIGN KEY (tenant_id, customer_id) REFERENCES customers (tenant_id, customer_id);
ALTER TABLE order_lines ADD CONSTRAINT fk_order_lines_tenant_id_product_id_products FOREIGN KEY (tenant_id, product_id) REFERENCES products (tenant_id, product_id);

-- orm:spanner down
DROP INDEX idx_order_lines_tenant_id_product_id;
DROP TABLE order_lines;
DROP INDEX idx_products_tenant_id_title;
DROP INDEX uq_products_tenant_id_sku;
DROP TABLE products;
DROP INDEX idx_orders_tenant_id_customer_id_placed_at;
DROP TABLE orders;
DROP INDEX uq_customers_tenant_id_email;
DROP TABLE customers;
DROP TABLE tenants;

-- What the migration does to the model; written by `orm`, not to be edited.
-- orm:change {"add_enum":{"name":"OrderState","storage":{"varchar":12},"values":[{"name":"open","stored":"open"},{"name":"paid","stored":"paid"},{"name":"shipped","stored":"shipped"},{"name":"cancelled","stored":"cancelled"}]}}
-- orm:change {"add_enum":{"name":"Plan","storage":{"varchar":10},"values":[{"name":"trial","stored":"trial"},{"name":"basic","stored":"basic"},{"name":"plus","stored":"plus"}]}}
-- orm:change {"add_table":{"name":"customers","columns":[{"name":"tenant_id","type":{"scalar":"uuid"}},{"name":"created_at","type":{"scalar":{"timestamptz":null}},"default":{"expression":{"call":{"function":"now","arguments":[]}}}},{"name":"updated_at","type":{"scalar":{"timestamptz":null}},"default":{"expression":{"call":{"function":"now","arguments":[]}}},"on_update":{"expression":{"call":{"function":"now","arguments":[]}}}},{"name":"customer_id","type":{"scalar":"uuid"},"default":{"expression":{"call":{"function":"uuid","arguments":[]}}}},{"name":"email","type":{"scalar":"text"}},{"name":"name","type":{"scalar":"text"},"nullable":true}],"primary_key":{"columns":[{"name":"tenant_id"},{"name":"customer_id"}]},"uniques":[{"name":"uq_customers_tenant_id_email","columns":["tenant_id","email"]}],"interleave":{"parent":"tenants","on_delete":"cascade"}}}
-- orm:change {"add_table":{"name":"order_lines","doc":"What was ordered: stored with its order in Spanner.","columns":[{"name":"tenant_id","type":{"scalar":"uuid"}},{"name":"order_id","type":{"scalar":"uuid"}},{"name":"line","type":{"scalar":"smallint"}},{"name":"product_id","type":{"scalar":"uuid"}},{"name":"quantity","type":{"scalar":"integer"}},{"name":"unit_price","type":{"scalar":{"numeric":{"precision":12,"scale":2}}}}],"primary_key":{"columns":[{"name":"tenant_id"},{"name":"order_id"},{"name":"line"}]},"indexes":[{"name":"idx_order_lines_tenant_id_product_id","keys":[{"column":"tenant_id"},{"column":"product_id"}]}],"foreign_keys":[{"name":"fk_order_lines_tenant_id_product_id_products","columns":["tenant_id","product_id"],"references":"products","referenced_columns":["tenant_id","product_id"]}],"checks":[{"name":"ck_order_lines_line_2","expression":{"binary":{"operator":"greater","left":{"column":"line"},"right":{"literal":{"integer":0}}}}},{"name":"ck_order_lines_quantity_2","expression":{"binary":{"operator":"greater","left":{"column":"quantity"},"right":{"literal":{"integer":0}}}}}],"interleave":{"parent":"orders","on_delete":"cascade"}}}
-- orm:change {"add_table":{"name":"orders","columns":[{"name":"tenant_id","type":{"scalar":"uuid"}},{"name":"created_at","type":{"scalar":{"timestamptz":null}},"default":{"expression":{"call":{"function":"now","arguments":[]}}}},{"name":"updated_at","type":{"scalar":{"timestamptz":null}},"default":{"expression":{"call":{"function":"now","arguments":[]}}},"on_update":{"expression":{"call":{"function":"now","arguments":[]}}}},{"name":"order_id","type":{"scalar":"uuid"},"default":{"expression":{"call":{"function":"uuid","arguments":[]}}}},{"name":"customer_id","type":{"scalar":"uuid"}},{"name":"state","type":{"scalar":{"enum":"OrderState"}},"default":{"expression":{"literal":{"string":"open"}}}},{"name":"placed_at","type":{"scalar":{"timestamptz":null}},"default":{"expression":{"call":{"function":"now","arguments":[]}}}},{"name":"note","type":{"scalar":"text"},"nullable":true}],"primary_key":{"columns":[{"name":"tenant_id"},{"name":"order_id"}]},"indexes":[{"name":"idx_orders_tenant_id_customer_id_placed_at","keys":[{"column":"tenant_id"},{"column":"customer_id"},{"column":"placed_at","descending":true}]}],"foreign_keys":[{"name":"fk_orders_tenant_id_customer_id_customers","columns":["tenant_id","customer_id"],"references":"customers","referenced_columns":["tenant_id","customer_id"]}],"interleave":{"parent":"tenants","on_delete":"cascade"}}}
-- orm:change {"add_table":{"name":"products","columns":[{"name":"tenant_id","type":{"scalar":"uuid"}},{"name":"created_at","type":{"scalar":{"timestamptz":null}},"default":{"expression":{"call":{"function":"now","arguments":[]}}}},{"name":"updated_at","type":{"scalar":{"timestamptz":null}},"default":{"expression":{"call":{"function":"now","arguments":[]}}},"on_update":{"expression":{"call":{"function":"now","arguments":[]}}}},{"name":"product_id","type":{"scalar":"uuid"},"default":{"expression":{"call":{"function":"uuid","arguments":[]}}}},{"name":"sku","type":{"scalar":{"varchar":40}}},{"name":"title","type":{"scalar":"text"}},{"name":"description","type":{"scalar":"text"},"nullable":true},{"name":"price","type":{"scalar":{"numeric":{"precision":12,"scale":2}}}},{"name":"currency","type":{"scalar":{"char":3}},"default":{"expression":{"literal":{"string":"EUR"}}}},{"name":"stock","type":{"scalar":"integer"},"default":{"expression":{"literal":{"integer":0}}}},{"name":"labels","type":{"scalar":"text","array":true},"default":{"expression":{"list":[]}}},{"name":"is_listed","type":{"scalar":"boolean"},"default":{"expression":{"literal":{"boolean":false}}}}],"primary_key":{"columns":[{"name":"tenant_id"},{"name":"product_id"}]},"uniques":[{"name":"uq_products_tenant_id_sku","columns":["tenant_id","sku"]}],"indexes":[{"name":"idx_products_tenant_id_title","keys":[{"column":"tenant_id"},{"column":"title"}],"storing":["price","currency"]}],"checks":[{"name":"ck_products_price","expression":{"binary":{"operator":"greater_or_equal","left":{"column":"price"},"right":{"literal":{"integer":0}}}}},{"name":"ck_products_stock_2","expression":{"binary":{"operator":"greater_or_equal","left":{"column":"stock"},"right":{"literal":{"integer":0}}}}}],"interleave":{"parent":"tenants","on_delete":"cascade"}}}
-- orm:change {"add_table":{"name":"tenants","doc":"A merchant. All that belongs to one is stored with its row in Spanner, and begins its key with `tenant_id`.","columns":[{"name":"tenant_id","type":{"scalar":"uuid"},"default":{"expression":{"call":{"function":"uuid","arguments":[]}}}},{"name":"name","type":{"scalar":"text"}},{"name":"plan","type":{"scalar":{"enum":"Plan"}},"default":{"expression":{"literal":{"string":"trial"}}}},{"name":"settings","type":{"scalar":"jsonb"},"default":{"expression":{"literal":{"json":"{\"locale\":\"en\"}"}}}},{"name":"created_at","type":{"scalar":{"timestamptz":null}},"default":{"expression":{"call":{"function":"now","arguments":[]}}}},{"name":"updated_at","type":{"scalar":{"timestamptz":null}},"default":{"expression":{"call":{"function":"now","arguments":[]}}},"on_update":{"expression":{"call":{"function":"now","arguments":[]}}}}],"primary_key":{"columns":[{"name":"tenant_id"}]}}}
