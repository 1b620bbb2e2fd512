ALTER TABLE `audit_events` ADD `client_id` text;--> statement-breakpoint
CREATE INDEX `audit_events_tenant_id_id` ON `audit_events` (`tenant_id`,`id`);