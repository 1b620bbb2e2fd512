import type { DeviceGrant } from "../core/device/device-grant.ts";
import { AskedScopes } from "./asked-scopes.tsx";
import { ForeignText } from "./foreign-text.tsx";
import { GrantOrigin } from "./grant-origin.tsx";

const NAME_MAX_LENGTH = 60;

/**
 * Everything a person needs to tell their own device from a stranger's, before they decide.
 * Both answers weigh the same on the page. RFC 8628 §3.3.1, §5.4.
 */
export function DeviceConfirmation({ grant, formToken }: DeviceConfirmationProps) {
  return (
    <>
      <h1>Does your device show this code?</h1>
      <p class="code">{grant.userCode}</p>
      <p>
        <strong>
          <ForeignText text={grant.clientName} maxLength={NAME_MAX_LENGTH} />
        </strong>{" "}
        (<ForeignText text={grant.clientId} maxLength={NAME_MAX_LENGTH} />) wants to use your
        account.
      </p>
      <h2>It asks to</h2>
      <AskedScopes scopes={grant.scopes} resources={grant.resources} />
      <h2>The request came from</h2>
      <GrantOrigin grant={grant} />
      <p>
        <strong>
          Nobody from support will ever ask you for this code. If you did not start this yourself,
          deny.
        </strong>
      </p>
      <form class="choice" method="post" action="/device">
        <input type="hidden" name="csrf" value={formToken} />
        <input type="hidden" name="user_code" value={grant.userCode} />
        <button type="submit" name="decision" value="approve">
          Approve
        </button>
        <button type="submit" name="decision" value="deny">
          Deny
        </button>
      </form>
    </>
  );
}

interface DeviceConfirmationProps {
  grant: DeviceGrant;
  formToken: string;
}
