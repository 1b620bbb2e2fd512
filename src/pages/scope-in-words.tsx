import { ForeignText } from "./foreign-text.tsx";

const SCOPE_MAX_LENGTH = 80;

const words: ReadonlyMap<string, string> = new Map([
  ["openid", "Know that it is you"],
  ["profile", "See your name"],
  ["email", "See your e-mail address"],
  ["offline_access", "Stay connected until you end it"],
  ["profile:read", "See your profile and your e-mail address"],
  ["profile:write", "Change your profile"],
]);

/** What a scope allows. One without words of its own is shown as it is written. */
export function ScopeInWords({ scope }: { scope: string }) {
  const known = words.get(scope);
  return known ? <span>{known}</span> : <ForeignText text={scope} maxLength={SCOPE_MAX_LENGTH} />;
}
