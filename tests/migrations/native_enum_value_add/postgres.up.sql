-- no statement of the same transaction can use the value
ALTER TYPE "State" ADD VALUE 'new' BEFORE 'open';

-- no statement of the same transaction can use the value
ALTER TYPE "State" ADD VALUE 'waiting' AFTER 'open';

-- no statement of the same transaction can use the value
ALTER TYPE "State" ADD VALUE 'gone' AFTER 'done';
