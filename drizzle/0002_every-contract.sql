CREATE TABLE `address_proofs` (
	`tenant_id` text NOT NULL,
	`email` text NOT NULL,
	`link_number` integer NOT NULL,
	`linked_at` integer NOT NULL,
	`proved_at` integer,
	PRIMARY KEY(`tenant_id`, `email`)
);
--> statement-breakpoint
CREATE TABLE `audit_events` (
	`id` text PRIMARY KEY NOT NULL,
	`tenant_id` text NOT NULL,
	`event` text NOT NULL,
	`actor_id` text NOT NULL,
	`account_id` text NOT NULL,
	`session_id` text,
	`address` text NOT NULL,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `front_ends` (
	`id` text PRIMARY KEY NOT NULL,
	`tenant_id` text NOT NULL,
	`alias` text NOT NULL,
	`url` text NOT NULL,
	`created_at` integer NOT NULL,
	`changed_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `front_ends_tenant_id_alias` ON `front_ends` (`tenant_id`,`alias`);--> statement-breakpoint
CREATE TABLE `keys` (
	`id` text PRIMARY KEY NOT NULL,
	`tenant_id` text NOT NULL,
	`account_id` text NOT NULL,
	`kind` text NOT NULL,
	`name` text NOT NULL,
	`prefix` text NOT NULL,
	`hash` text NOT NULL,
	`scopes` text NOT NULL,
	`created_at` integer NOT NULL,
	`expires_at` integer,
	`last_used_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `keys_hash_unique` ON `keys` (`hash`);--> statement-breakpoint
CREATE INDEX `keys_tenant_id_kind_account_id` ON `keys` (`tenant_id`,`kind`,`account_id`);--> statement-breakpoint
CREATE TABLE `recovery_codes` (
	`account_id` text NOT NULL,
	`digest` text NOT NULL,
	`spent_on` text,
	PRIMARY KEY(`account_id`, `digest`)
);
--> statement-breakpoint
CREATE TABLE `second_factors` (
	`account_id` text PRIMARY KEY NOT NULL,
	`enrolment_id` text NOT NULL,
	`sealed_secret` text NOT NULL,
	`confirmed_at` integer,
	`last_step` integer DEFAULT 0 NOT NULL,
	`spent_on` text
);
--> statement-breakpoint
DROP INDEX `sessions_account_id`;--> statement-breakpoint
ALTER TABLE `sessions` ADD `number` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `sessions` ADD `client_type` text;--> statement-breakpoint
ALTER TABLE `sessions` ADD `actor_id` text;--> statement-breakpoint
ALTER TABLE `sessions` ADD `user_agent` text;--> statement-breakpoint
ALTER TABLE `sessions` ADD `address` text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE `sessions` ADD `city` text;--> statement-breakpoint
ALTER TABLE `sessions` ADD `country` text;--> statement-breakpoint
ALTER TABLE `sessions` ADD `last_used_at` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
CREATE INDEX `sessions_account_id_number` ON `sessions` (`account_id`,`number`);--> statement-breakpoint
ALTER TABLE `accounts` ADD `given_name` text;--> statement-breakpoint
ALTER TABLE `accounts` ADD `family_name` text;--> statement-breakpoint
ALTER TABLE `accounts` ADD `role` text DEFAULT 'user' NOT NULL;--> statement-breakpoint
ALTER TABLE `accounts` ADD `must_reset_password` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `accounts` ADD `zapier` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `accounts` ADD `trial_ends_at` integer;--> statement-breakpoint
ALTER TABLE `accounts` ADD `profile` text DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE `accounts` ADD `updated_at` integer DEFAULT 0 NOT NULL;