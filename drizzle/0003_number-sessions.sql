-- What was there before sessions had numbers and accounts had names in parts and a time of change.
UPDATE `sessions` SET
  `number` = (SELECT count(*) FROM `sessions` AS `earlier`
    WHERE `earlier`.`account_id` = `sessions`.`account_id` AND `earlier`.`id` <= `sessions`.`id`),
  `last_used_at` = coalesce(`refreshed_at`, `created_at`);
--> statement-breakpoint
UPDATE `accounts` SET
  `updated_at` = `created_at`,
  `trial_ends_at` = `created_at` + 30 * 86400000,
  `given_name` = substr(`name` || ' ', 1, instr(`name` || ' ', ' ') - 1),
  `family_name` = ltrim(substr(`name`, instr(`name` || ' ', ' ')));
