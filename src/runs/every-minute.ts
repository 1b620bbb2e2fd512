/** The trigger in wrangler.toml that is not the hour's. */
export const EVERY_MINUTE = "* * * * *";
