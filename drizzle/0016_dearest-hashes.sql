ALTER TABLE `tenants` ADD `dearest_hash` integer;--> statement-breakpoint
CREATE INDEX `tenants_dearest_hash` ON `tenants` (`dearest_hash`) WHERE "tenants"."dearest_hash" IS NOT NULL;