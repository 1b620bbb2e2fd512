import type { PolicyReason } from "../../core/refused.ts";
import type { Texts } from "../../texts/texts.ts";

/** Why whoever is signed in may not see a page, or a part of it, and what they can do. */
export function Barred({ texts, reason }: { texts: Texts; reason: PolicyReason }) {
  const { barred } = texts.account;
  const [path, name] =
    reason === "password_change_required"
      ? ["/account/security/password", barred.changePassword]
      : ["/account/profile", barred.seeProfile];
  return (
    <>
      <p>{barred[reason]}</p>
      <p>
        <a href={path}>{name}</a>
      </p>
    </>
  );
}
