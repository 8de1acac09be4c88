CREATE TABLE `order` (
  `group` STRING(36) NOT NULL,
  `select` STRING(MAX),
  `from` INT64,
  index BOOL NOT NULL DEFAULT (FALSE),
  CONSTRAINT ck_order_from CHECK (`from` > 0)
) PRIMARY KEY (`group`);

CREATE INDEX idx_order_select_from ON `order` (`select`, `from` DESC);
