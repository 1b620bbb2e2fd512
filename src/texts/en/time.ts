const plural = (count: number, unit: string) => `${count} ${unit}${count === 1 ? "" : "s"}`;

/** Moments and spans. */
export const time = {
  /** For `Intl`. */
  locale: "en-GB",
  utc: "{time} UTC",
  seconds: (count: number) => plural(count, "second"),
  minutes: (count: number) => plural(count, "minute"),
  hours: (count: number) => plural(count, "hour"),
  days: (count: number) => plural(count, "day"),
  tryAgainIn: "Try again in {span}.",
  tryAgainLater: "Try again later.",
  recover: "Waiting will not help: set a new password by mail.",
};
