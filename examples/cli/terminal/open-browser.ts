import { spawn } from "node:child_process";
import { once } from "node:events";

/**
 * Shows an http or https page in the browser of this machine; refuses any other address. No shell reads
 * the address, and nothing in it can become an option: it starts with its scheme.
 */
export async function openBrowser(url: URL): Promise<void> {
  if (url.protocol !== "http:" && url.protocol !== "https:") {
    throw new Error("Only http and https pages are opened.");
  }
  const [program, ...args] = opener(process.platform);
  const child = spawn(program, [...args, url.href], { stdio: "ignore", detached: true });
  await once(child, "spawn");
  child.unref();
}

function opener(platform: NodeJS.Platform): readonly [string, ...string[]] {
  switch (platform) {
    case "darwin":
      return ["open"];
    case "win32":
      return ["rundll32", "url.dll,FileProtocolHandler"];
    default:
      return ["xdg-open"];
  }
}
