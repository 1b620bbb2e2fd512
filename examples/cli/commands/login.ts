import { defaults } from "../defaults.ts";
import { type DeviceSignIn, fileStorage, memoryStorage, type TokenStorage } from "../latchkey.ts";
import type { Order } from "../order.ts";
import { writeLastIssuer } from "../sign-in/last-issuer.ts";
import { lookUpSignIn, type SignIn } from "../sign-in/look-up-sign-in.ts";
import { openStoppableClient } from "../sign-in/open-client.ts";
import { privateDirectory } from "../sign-in/private-directory.ts";
import { tokenFile } from "../sign-in/token-file.ts";
import type { Surroundings } from "../surroundings.ts";
import { asked } from "../terminal/asked.ts";
import { countDown } from "../terminal/count-down.ts";
import { showGrant } from "../terminal/show-grant.ts";

/** Signs in by device code and keeps the tokens. A sign-in that was there before ends. */
export async function login(order: Order, surroundings: Surroundings): Promise<void> {
  const { directory, out, stop } = surroundings;
  const { issuer, scope, resources: resource } = order;
  // Found wrong now, not after somebody has gone to confirm a code.
  await privateDirectory(directory);
  const { storage, replaced } = replacing(tokenFile(issuer, directory));
  const whose = { issuer, clientId: order.clientId ?? defaults.clientId, storage };
  const client = openStoppableClient(whose, surroundings);
  const device = await asked("starting the sign-in", issuer, () =>
    client.startDevice({ scope, resource }),
  );
  showGrant(device, out);
  if (order.open) {
    await openPage(device, surroundings);
  }
  await counting(device, surroundings, () =>
    asked("the sign-in", issuer, () => device.finished({ signal: stop })),
  );
  const previous = replaced();
  if (previous?.url === issuer) {
    await end(previous, surroundings);
  }
  await writeLastIssuer(directory, issuer);
  out.write(`You are signed in to ${issuer}.\n`);
}

/** Keeps tokens in a file, and remembers those that were there before, also if others may have read them. */
function replacing(path: string): { storage: TokenStorage; replaced: () => SignIn | null } {
  const file = fileStorage(path);
  let previous: SignIn | null = null;
  const storage: TokenStorage = {
    ...file,
    async save(tokens) {
      const found = await lookUpSignIn(path);
      previous = found.kind === "sign-in" ? found.signIn : null;
      await file.save(tokens);
    },
  };
  return { storage, replaced: () => previous };
}

/** A browser that does not open is no reason to stop: the address stands on the screen. */
async function openPage(device: DeviceSignIn, { openBrowser, err }: Surroundings): Promise<void> {
  try {
    await openBrowser(new URL(device.verificationUriComplete));
  } catch {
    err.write("No browser could be opened: open the page by hand.\n");
  }
}

async function counting<Result>(
  device: DeviceSignIn,
  surroundings: Surroundings,
  work: () => Promise<Result>,
): Promise<Result> {
  const end = countDown(device.expiresAt, surroundings);
  try {
    return await work();
  } finally {
    end();
  }
}

/** Nobody could end that session later: its tokens are gone. Should it fail, the new one is good all the same. */
async function end(previous: SignIn, surroundings: Surroundings): Promise<void> {
  const { url: issuer, clientId } = previous;
  const whose = { issuer, clientId, storage: memoryStorage(previous) };
  try {
    await openStoppableClient(whose, surroundings).signOut();
  } catch {
    surroundings.err.write(
      "The session before this one could not be ended and runs out by itself.\n",
    );
  }
}
