import type { Context as HttpContext } from "hono";
import type { Child } from "hono/jsx";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import * as z from "zod";
import { operations } from "../core/operations.ts";
import type { Context } from "../core/ports.ts";
import { Refused } from "../core/refused.ts";
import type { Caller } from "../core/session/session.ts";
import { type AppEnv, contextOf } from "../http/app-env.ts";
import { DeviceCodeForm } from "./device-code-form.tsx";
import { DeviceConfirmation } from "./device-confirmation.tsx";
import { deviceRefusal } from "./device-refusal.ts";
import { errorPage } from "./error-page.tsx";
import { formPost } from "./form-post.ts";
import { formTokenFor, holdsFormToken } from "./form-token.ts";
import { noteRefusal } from "./note-refusal.ts";
import { type PageHead, page } from "./page.tsx";
import { findPageCaller } from "./page-session.ts";
import { devicePath, signInPath } from "./return-to.ts";
import { seeOther } from "./see-other.ts";
import { SignedInAs } from "./signed-in-as.tsx";
import { terms } from "./terms.ts";
import { textsOf } from "./texts-of.ts";

type Http = HttpContext<AppEnv>;

/** A signed-in person on this page. */
interface Visit {
  http: Http;
  context: Context;
  caller: Caller;
  formToken: string;
}

const userCode = z.string().max(32);
const decision = z.enum(["approve", "deny"]);

/**
 * GET /device: shows what is asking. It never decides, whatever is in the address (RFC 8628 §3.3.1).
 *
 * A link on another site only fills in the form: it could hold wrong codes, and following it would
 * use up the person's guesses.
 */
export async function showDevice(http: Http): Promise<Response> {
  const typed = http.req.query("user_code");
  const visit = await beginVisit(http);
  if (!visit) {
    return seeOther(http, signInPath(devicePath(typed)));
  }
  return typed && !isForeignLink(http) ? confirmation(visit, typed) : codeForm(visit, { typed });
}

/** Browsers say where a link was: typed or scanned is `none`. Programs say nothing. */
function isForeignLink(http: Http): boolean {
  const site = http.req.header("sec-fetch-site") ?? "none";
  return site !== "none" && site !== "same-origin";
}

/**
 * POST /device: with a code alone it shows what is asking, with a decision it decides. Only the
 * latter needs the form's token: the former does no more than a link could.
 */
export const postDevice = formPost(async (http, form) => {
  const typed = form.user_code ?? "";
  const visit = await beginVisit(http);
  if (!visit) {
    return seeOther(http, signInPath(devicePath(typed)));
  }
  const { context, caller } = visit;
  const isOurs = await holdsFormToken(context, caller.session.id, form.csrf);
  if (!isOurs && (form.csrf !== undefined || form.decision !== undefined)) {
    return errorPage(http, new Refused("cross_site"));
  }
  if (form.decision === undefined) {
    return confirmation(visit, typed);
  }
  const decided = decision.safeParse(form.decision).data;
  return decided
    ? decide(visit, typed, decided === "approve")
    : errorPage(http, new Refused("invalid_request"));
});

async function beginVisit(http: Http): Promise<Visit | null> {
  const context = contextOf(http, terms);
  const caller = await findPageCaller(http, context);
  return (
    caller && { http, context, caller, formToken: await formTokenFor(context, caller.session.id) }
  );
}

async function confirmation(visit: Visit, typed: string): Promise<Response> {
  const { http, context, caller, formToken } = visit;
  http.var.log.operation = "describeDeviceGrant";
  if (!userCode.safeParse(typed).success) {
    return noCode(visit);
  }
  const grant = await operations.describeDeviceGrant(context, { caller, userCode: typed });
  if (grant instanceof Refused) {
    return refusedCode(visit, grant);
  }
  const body = <DeviceConfirmation grant={grant} formToken={formToken} />;
  return devicePage(visit, { title: "Confirm a device" }, body);
}

async function decide(visit: Visit, typed: string, approve: boolean): Promise<Response> {
  const { http, context, caller } = visit;
  http.var.log.operation = "decideDeviceGrant";
  if (!userCode.safeParse(typed).success) {
    return noCode(visit);
  }
  const word = { caller, userCode: typed, approve, scopes: null };
  const decided = await operations.decideDeviceGrant(context, word);
  return decided instanceof Refused ? refusedCode(visit, decided) : outcome(visit, decided);
}

function outcome(visit: Visit, { approved }: { approved: boolean }): Promise<Response> {
  const title = approved ? "Device approved" : "Device denied";
  return devicePage(
    visit,
    { title },
    <>
      <h1>{title}</h1>
      <p>
        {approved ? "It is being signed in now. " : "It gets no access to your account. "}
        You can close this page and go back to your device.
      </p>
    </>,
  );
}

function refusedCode(visit: Visit, refused: Parameters<typeof deviceRefusal>[1]) {
  noteRefusal(visit.http, refused);
  const { status, problem } = deviceRefusal(textsOf(visit.http), refused);
  return codeForm(visit, { problem, status });
}

function noCode(visit: Visit): Promise<Response> {
  visit.http.var.log.reason = "invalid_request";
  const problem = "That is not a code. Type the eight letters on your device.";
  return codeForm(visit, { problem, status: 400 });
}

interface CodeForm {
  problem?: string;
  typed?: string | undefined;
  status?: ContentfulStatusCode;
}

function codeForm(visit: Visit, { problem, typed = "", status = 200 }: CodeForm) {
  const title = problem ? "Error: Connect a device" : "Connect a device";
  const { formToken } = visit;
  const body = <DeviceCodeForm formToken={formToken} problem={problem ?? null} typed={typed} />;
  return devicePage(visit, { title, status }, body);
}

function devicePage({ http, caller, formToken }: Visit, head: PageHead, body: Child) {
  return page(
    http,
    head,
    <>
      {body}
      <SignedInAs texts={textsOf(http)} caller={caller} formToken={formToken} />
    </>,
  );
}
