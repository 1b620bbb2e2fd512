import type { DeviceGrant } from "../core/device/device-grant.ts";
import type { Requester } from "../core/requester.ts";
import { ForeignText } from "./foreign-text.tsx";

const PLACE_MAX_LENGTH = 80;
const USER_AGENT_MAX_LENGTH = 120;

/**
 * Where and when a grant was asked for: what lets a person notice that it was not them.
 * RFC 8628 §5.4.
 */
export function GrantOrigin({ grant: { requester, startedAt } }: { grant: DeviceGrant }) {
  const facts: [string, string, number][] = [
    ["Place", placeOf(requester), PLACE_MAX_LENGTH],
    ["Network", requester.network || "Unknown", PLACE_MAX_LENGTH],
    ["Address", requester.address, PLACE_MAX_LENGTH],
    ["Device", requester.userAgent || "Unknown", USER_AGENT_MAX_LENGTH],
  ];
  return (
    <dl>
      {facts.map(([term, text, maxLength]) => (
        <>
          <dt>{term}</dt>
          <dd>
            <ForeignText text={text} maxLength={maxLength} />
          </dd>
        </>
      ))}
      <dt>Time</dt>
      <dd>
        <time datetime={startedAt.toISOString()}>{inWords(startedAt)}</time>
      </dd>
    </dl>
  );
}

function placeOf({ city, country }: Requester): string {
  return [city, country && countryName(country)].filter(Boolean).join(", ") || "Unknown";
}

/** Some codes name no country, such as `T1` for Tor: those are shown as they are. */
function countryName(code: string): string {
  const isCountry = /^[A-Z]{2}$/.test(code);
  const name = isCountry && new Intl.DisplayNames("en", { type: "region" }).of(code);
  return name || code;
}

function inWords(moment: Date): string {
  const options = { dateStyle: "long", timeStyle: "short", timeZone: "UTC" } as const;
  return `${new Intl.DateTimeFormat("en-GB", options).format(moment)} UTC`;
}
