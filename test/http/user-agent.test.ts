import { describe, expect, it } from "vitest";
import { userAgents } from "../../src/http/user-agent.ts";

const MAC = "Mozilla/5.0 (Macintosh; Intel Mac OS X";
const WEBKIT = "AppleWebKit/537.36 (KHTML, like Gecko)";

describe("a User-Agent header", () => {
  it.each([
    [
      `${MAC} 10_15_7) ${WEBKIT} Chrome/120.0.0.0 Safari/537.36`,
      { browser: "Chrome 120", os: "macOS 10.15", deviceType: "desktop" },
    ],
    [
      `${MAC} 14_1) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.1 Safari/605.1.15`,
      { browser: "Safari 17", os: "macOS 14", deviceType: "desktop" },
    ],
    [
      "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:121.0) Gecko/20100101 Firefox/121.0",
      { browser: "Firefox 121", os: "Windows 10", deviceType: "desktop" },
    ],
    [
      "Mozilla/5.0 (X11; Linux x86_64; rv:121.0) Gecko/20100101 Firefox/121.0",
      { browser: "Firefox 121", os: "Linux", deviceType: "desktop" },
    ],
    [
      "Mozilla/5.0 (iPad; CPU OS 16_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/16.6 Mobile/15E148 Safari/604.1",
      { browser: "Safari 16", os: "iOS 16", deviceType: "tablet" },
    ],
    [
      `Mozilla/5.0 (Linux; Android 14; Pixel 8) ${WEBKIT} Chrome/120.0.6099.144 Mobile Safari/537.36`,
      { browser: "Chrome 120", os: "Android 14", deviceType: "mobile" },
    ],
    [
      `Mozilla/5.0 (Web0S; Linux/SmartTV) ${WEBKIT} Chrome/94.0.4606.128 Safari/537.36 WebAppManager`,
      { browser: "WebOS Browser", os: "WebOS", deviceType: "tv" },
    ],
  ])("%s is told in names that people know", (header, described) => {
    expect(userAgents.describe(header)).toEqual(described);
  });

  it.each([
    null,
    "",
    " ",
    "curl/8.4.0",
    "\u0000 \u{1f600} (((",
    "<script>alert(1)</script>/1.0 x",
    "(".repeat(400),
  ])("%j says nothing, and throws nothing", (header) => {
    expect(userAgents.describe(header)).toEqual({ browser: "", os: "", deviceType: "" });
  });

  it("of a robot names no type of device", () => {
    const robot = "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)";

    expect(userAgents.describe(robot)).toEqual({ browser: "Googlebot 2", os: "", deviceType: "" });
  });
});

describe("the names of browser and system alone", () => {
  it.each([
    [
      "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:121.0) Gecko/20100101 Firefox/121.0",
      { browser: "Firefox", os: "Windows" },
    ],
    [
      `Mozilla/5.0 (Linux; Android 14; Pixel 8) ${WEBKIT} Chrome/120.0.6099.144 Mobile Safari/537.36`,
      { browser: "Chrome", os: "Android" },
    ],
    [null, { browser: "", os: "" }],
    ["", { browser: "", os: "" }],
  ])("%s", (header, names) => {
    expect(userAgents.name(header)).toEqual(names);
  });

  it("are of our own list: a stranger's words are none", () => {
    const words = "Call +43 1 234 to keep your account/1 x";

    expect(userAgents.describe(words).browser).toBe("Call +43 1 234 to keep your account 1");
    expect(userAgents.name(words)).toEqual({ browser: "", os: "" });
    expect(userAgents.name(`${words} (Windows NT 10.0)`)).toEqual({ browser: "", os: "Windows" });
  });
});
