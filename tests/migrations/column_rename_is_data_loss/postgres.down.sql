-- data loss: drops column remark of table items

ALTER TABLE "items" DROP COLUMN "remark";

-- fails when items has rows, which have no value for the column; to keep them, add the column without NOT NULL, fill it, then SET NOT NULL
ALTER TABLE "items" ADD COLUMN "note" TEXT NOT NULL;
