import fc from "fast-check";
import { hostileText, MARK } from "./texts.ts";

export type Headers = Readonly<Record<string, string>>;

const hostileHeader = fc.oneof(
  { weight: 8, arbitrary: hostileText },
  { weight: 1, arbitrary: fc.constantFrom("‹x*16384›", '‹"*8000›', "‹,*8000›", "‹a=b; *2000›") },
);

/** What each header is sent with beside what fits none. */
const WRONG: Readonly<Record<string, readonly string[]>> = {
  accept: ["text/html", "application/json", "*/*", "text/html;q=0", "image/png", `${MARK}/${MARK}`],
  "accept-language": ["de", "de-AT,en;q=0.5", "*", "xx", "de;q=x", "q=1", "‹de,*900›"],
  "access-control-request-method": ["POST", "DELETE"],
  authorization: [
    ...["Bearer", "Bearer ", "Bearer a b", "bearer x", `Bearer ${MARK}`, "Bearer ‹x*9000›"],
    ...[
      "Bearer eyJhbGciOiJub25lIn0.e30.",
      "Basic",
      "Basic ====",
      "Basic Og==",
      "Basic /w==",
      "DPoP x",
    ],
    ...[
      "Bearer plnx_live_",
      "Bearer 1|x",
      "Bearer ‹refreshToken›",
      "Bearer ‹key›",
      "Bearer ‹pageCookie›",
    ],
    ...[
      "Bearer ‹numberedToken›",
      "Bearer ‹idToken›",
      "Bearer ‹oauthToken›",
      "Bearer ‹accessToken›x",
    ],
  ],
  "cf-connecting-ip": [
    "::1",
    "fe80::1%eth0",
    "1.2.3.4, 5.6.7.8",
    "::ffff:1.2.3.4",
    ":",
    "::::::",
    "‹:*500›",
  ],
  "content-encoding": ["gzip", "br", "identity", MARK],
  cookie: [
    ...[
      "latchkey",
      "latchkey=",
      "=",
      "latchkey=%zz",
      "latchkey=x; latchkey=y",
      "__proto__=x",
      "a=‹b*8000›",
    ],
    ...[
      "latchkey=‹pageCookie›x",
      "latchkey=‹accessToken›",
      "planpoint=‹pageCookie›",
      "planpoint=x",
    ],
    ...["planpointRefresh=x", "planpoint=‹planpointToken›", 'latchkey="‹pageCookie›"'],
  ],
  "cf-ipcountry": ["XX", "T1"],
  expect: ["100-continue"],
  "idempotency-key": ["", '"', '"a', '"\\', "a b", "‹k*256›", '"‹k*255›"'],
  "if-match": ["*", '"x"', "W/"],
  "if-modified-since": ["Thu, 01 Jan 1970 00:00:00 GMT", "yesterday"],
  "if-none-match": ["*", '"x"', 'W/"x"', '‹"x",*500›'],
  origin: [
    "null",
    "http://localhost:8787",
    "https://evil.example",
    "file://",
    "http://localhost:8787.evil.example",
  ],
  prefer: [
    "wait",
    "wait=",
    "wait=x",
    'wait="',
    "wait=1e9",
    "wait=-1",
    '‹"*2000›',
    '‹a="b\\",*900›',
  ],
  range: ["bytes=0-0", "bytes=-1", "bytes=0-99999999999999999999"],
  referer: [`https://evil.example/<${MARK}>`],
  "sec-fetch-site": ["cross-site", "same-site", "none", "same-origin", "SAME-ORIGIN", ""],
  "sec-websocket-protocol": [
    "latchkey.device-wait",
    "latchkey.device-wait, x",
    ",",
    "latchkey.device-wait,‹oauthDeviceCode›",
  ],
  upgrade: ["websocket", "WebSocket", "h2c"],
  "user-agent": [
    ...[
      "",
      "Mozilla/5.0",
      "‹(*400›",
      "‹Mozilla/5.0 (*80›",
      `<${MARK}>`,
      "curl/8",
      "Chrome/‹9*300›",
    ],
    ...["Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/x.y Safari/"],
  ],
  "x-forwarded-host": ["evil.example", `<${MARK}>`],
  "x-http-method-override": ["DELETE"],
  "x-lnchr-key": ["lnch_", "‹key›", "‹k*3000›"],
  "x-pionne-client": ["cli", "web", "__proto__"],
  "x-planasonix-api-key": ["plnx_live_", "‹key›", "‹key›x", "plnx_live_‹0*38›"],
  "x-request-id": [MARK],
};

const oneWrong: fc.Arbitrary<Headers> = fc
  .constantFrom(...Object.keys(WRONG))
  .chain((name) =>
    fc
      .oneof(fc.constantFrom(...(WRONG[name] ?? [])), hostileHeader)
      .map((value) => ({ [name]: value })),
  );

/** Mostly none; else up to four headers that say too much, too little or something else. */
export const hostileHeaders: fc.Arbitrary<Headers> = fc.oneof(
  { weight: 5, arbitrary: fc.constant({}) },
  {
    weight: 3,
    arbitrary: fc
      .array(oneWrong, { minLength: 1, maxLength: 4 })
      .map((all) => Object.assign({}, ...all) as Headers),
  },
);
