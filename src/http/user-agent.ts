import Bowser from "bowser";
import type { UserAgents } from "../core/ports.ts";

const DEVICE_TYPES = ["desktop", "mobile", "tablet", "tv"];
const UNKNOWN = { browser: "", os: "", deviceType: "" };

/** What a `User-Agent` header says. Whatever it holds, nothing is thrown: it is a stranger's text. */
export const userAgents: UserAgents = {
  describe(userAgent) {
    try {
      return userAgent ? parse(userAgent) : UNKNOWN;
    } catch {
      return UNKNOWN;
    }
  },

  name(userAgent) {
    try {
      const { browser, os } = Bowser.parse(userAgent ?? "");
      return {
        browser: listed(Bowser.BROWSER_MAP, browser.name),
        os: listed(Bowser.OS_MAP, os.name),
      };
    } catch {
      return { browser: "", os: "" };
    }
  },
};

function parse(userAgent: string): ReturnType<UserAgents["describe"]> {
  const parser = Bowser.getParser(userAgent);
  const { name: browser, version } = parser.getBrowser();
  const os = parser.getOS();
  const { type = "" } = parser.getPlatform();
  // Windows is known by its name: "NT 10.0" is Windows 10.
  const osVersion = os.name === "Windows" ? os.versionName : os.version;
  return {
    browser: withMajorVersion(browser, version),
    os: withMajorVersion(os.name, osVersion),
    deviceType: DEVICE_TYPES.includes(type) ? type : "",
  };
}

/** Of a program that it does not know, the parser gives the first words as a name. */
function listed(names: Readonly<Record<string, string>>, name = ""): string {
  return Object.values(names).includes(name) ? name : "";
}

/** macOS alone counted in its second number, until 10.15. */
function withMajorVersion(name = "", version = ""): string {
  const major = version.match(name === "macOS" ? /^(10\.)?\d+/ : /^\w+/)?.[0] ?? "";
  return `${name} ${major}`.trim();
}
