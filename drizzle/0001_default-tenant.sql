-- The tenant that paths without a tenant's name belong to: DEFAULT_TENANT_ID in src/core/tenant.ts.
INSERT INTO `tenants` (`id`, `slug`, `name`, `self_registration`, `created_at`)
VALUES ('00000000-0000-7000-8000-000000000000', 'default', 'Default', 1, 0);
