CREATE TABLE `audit_seals` (
	`tenant_id` text NOT NULL,
	`sequence` integer NOT NULL,
	`events` text,
	`events_digest` text NOT NULL,
	`count` integer NOT NULL,
	`until` integer NOT NULL,
	`sealed_at` integer NOT NULL,
	`digest` text NOT NULL,
	PRIMARY KEY(`tenant_id`, `sequence`)
);
--> statement-breakpoint
CREATE INDEX `audit_seals_until` ON `audit_seals` (`until`) WHERE "audit_seals"."events" IS NOT NULL;--> statement-breakpoint
-- after 0.1.0: no release changes an audit event
CREATE TRIGGER `audit_events_are_not_changed` BEFORE UPDATE ON `audit_events`
BEGIN
  SELECT RAISE(ABORT, 'audit events are never changed');
END;--> statement-breakpoint
-- after 0.1.0: its hourly purge goes on until there is a seal, which its successor makes within a minute
CREATE TRIGGER `audit_events_are_kept` BEFORE DELETE ON `audit_events`
WHEN EXISTS (SELECT 1 FROM `audit_seals`) AND OLD.`at` >= coalesce((SELECT CAST(`mark` AS INTEGER) FROM `marks` WHERE `name` = 'audit-horizon'), 0)
BEGIN
  SELECT RAISE(ABORT, 'audit events are kept for AUDIT_RETENTION_DAYS');
END;--> statement-breakpoint
CREATE TRIGGER `audit_seals_are_not_changed` BEFORE UPDATE ON `audit_seals`
WHEN NEW.`events` IS NOT NULL OR OLD.`tenant_id` <> NEW.`tenant_id` OR OLD.`sequence` <> NEW.`sequence`
  OR OLD.`events_digest` <> NEW.`events_digest` OR OLD.`count` <> NEW.`count`
  OR OLD.`until` <> NEW.`until` OR OLD.`sealed_at` <> NEW.`sealed_at` OR OLD.`digest` <> NEW.`digest`
BEGIN
  SELECT RAISE(ABORT, 'audit seals are never changed');
END;--> statement-breakpoint
CREATE TRIGGER `audit_seals_are_kept` BEFORE DELETE ON `audit_seals`
BEGIN
  SELECT RAISE(ABORT, 'audit seals are kept');
END;
