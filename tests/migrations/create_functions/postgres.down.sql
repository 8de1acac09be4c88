-- data loss: drops table choices with all its rows
-- data loss: drops table contents with all its rows
-- data loss: drops table conversions with all its rows
-- data loss: drops table defaults with all its rows
-- data loss: drops table documents with all its rows
-- data loss: drops table lists with all its rows
-- data loss: drops table moments with all its rows
-- data loss: drops table numbers with all its rows
-- data loss: drops table texts with all its rows

DROP TABLE "texts";

DROP TABLE "numbers";

DROP TABLE "moments";

DROP TABLE "lists";

DROP TABLE "documents";

DROP TABLE "defaults";

DROP TABLE "conversions";

DROP TABLE "contents";

DROP TABLE "choices";
