import * as z from "zod";

/** The token of a mailed link, as it was handed out: opaque here. */
export const mailedToken = z
  .string()
  .min(1)
  .max(2048)
  .refine((value) => value.isWellFormed());
