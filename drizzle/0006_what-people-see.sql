CREATE TABLE `email_changes` (
	`id` text PRIMARY KEY NOT NULL,
	`tenant_id` text NOT NULL,
	`account_id` text NOT NULL,
	`from_email` text NOT NULL,
	`to_email` text NOT NULL,
	`requested_at` integer NOT NULL,
	`changed_at` integer
);
--> statement-breakpoint
CREATE INDEX `email_changes_account_id` ON `email_changes` (`account_id`);--> statement-breakpoint
CREATE INDEX `email_changes_tenant_id_from_email` ON `email_changes` (`tenant_id`,`from_email`) WHERE "email_changes"."changed_at" IS NOT NULL;--> statement-breakpoint
CREATE TABLE `passkeys` (
	`id` text PRIMARY KEY NOT NULL,
	`tenant_id` text NOT NULL,
	`account_id` text NOT NULL,
	`name` text NOT NULL,
	`credential_id` text NOT NULL,
	`public_key` text NOT NULL,
	`counter` integer NOT NULL,
	`transports` text NOT NULL,
	`is_synced` integer DEFAULT 0 NOT NULL,
	`created_at` integer NOT NULL,
	`last_used_at` integer,
	`spent_on` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `passkeys_credential_id_unique` ON `passkeys` (`credential_id`);--> statement-breakpoint
CREATE INDEX `passkeys_account_id` ON `passkeys` (`account_id`);--> statement-breakpoint
ALTER TABLE `audit_events` ADD `subject` text;--> statement-breakpoint
ALTER TABLE `audit_events` ADD `city` text;--> statement-breakpoint
ALTER TABLE `audit_events` ADD `country` text;--> statement-breakpoint
ALTER TABLE `audit_events` ADD `user_agent` text;--> statement-breakpoint
CREATE INDEX `audit_events_account_id_id` ON `audit_events` (`account_id`,`id`);--> statement-breakpoint
ALTER TABLE `clients` ADD `owner` text;--> statement-breakpoint
ALTER TABLE `clients` ADD `same_place` text;--> statement-breakpoint
ALTER TABLE `sessions` ADD `name` text;--> statement-breakpoint
ALTER TABLE `sessions` ADD `network` text;--> statement-breakpoint
ALTER TABLE `tenants` ADD `brand` text;--> statement-breakpoint
-- People read a tenant's name now. Who renamed the first one keeps that name.
UPDATE `tenants` SET `name` = 'Latchkey' WHERE `id` = '00000000-0000-7000-8000-000000000000' AND `name` = 'Default';
