import type { Context } from "../ports.ts";
import type { MailOrder } from "./mail-order.ts";

/** What an order says of whoever asked for it. */
export function askedBy({
  clock,
  requester,
  userAgents,
}: Context): Pick<MailOrder, "language" | "origin"> {
  const { city, country, language, userAgent } = requester;
  return {
    language,
    origin: {
      city: city ?? "",
      country: country ?? "",
      ...userAgents.name(userAgent),
      at: clock.now().getTime(),
    },
  };
}
