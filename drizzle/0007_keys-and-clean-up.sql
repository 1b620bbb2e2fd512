CREATE TABLE `marks` (
	`name` text PRIMARY KEY NOT NULL,
	`mark` text NOT NULL,
	`at` integer NOT NULL
);
--> statement-breakpoint
ALTER TABLE `signing_keys` ADD `withdrawn_at` integer;--> statement-breakpoint
CREATE INDEX `address_proofs_linked_at` ON `address_proofs` (`linked_at`);--> statement-breakpoint
CREATE INDEX `email_changes_requested_at` ON `email_changes` (`requested_at`);--> statement-breakpoint
CREATE INDEX `keys_expires_at` ON `keys` (`expires_at`) WHERE "keys"."expires_at" IS NOT NULL;--> statement-breakpoint
CREATE INDEX `recovery_codes_digest` ON `recovery_codes` (`digest`);--> statement-breakpoint
CREATE INDEX `revoked_tokens_expires_at` ON `revoked_tokens` (`expires_at`);--> statement-breakpoint
CREATE INDEX `second_factors_sealed_secret` ON `second_factors` (`sealed_secret`);